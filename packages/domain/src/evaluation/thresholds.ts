/** Policy data, in basis points: incidence and both rates must lie below, approval at or above. */
export interface RateThresholds {
  readonly compositeBp: number;
  readonly wrongExitBp: number;
  readonly missedBp: number;
  readonly approvalBp: number;
  /** Fewer interviews than these show nothing: of the sample in basis points, and households in each rate. */
  readonly minInterviewedBp: number;
  readonly minHouseholds: number;
}
