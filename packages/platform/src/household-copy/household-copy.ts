/** A household as the other services know it. */
export interface HouseholdCopy {
  readonly id: string;
  readonly countyCode: string;
  readonly number: string;
  readonly villageCode: string;
  readonly villageName: string;
  readonly townshipName: string;
  readonly headName: string;
  readonly status: 'none' | 'registered' | 'exited' | 'returned';
  /** Watched against poverty with its risk not cleared, whatever its status. */
  readonly monitored: boolean;
  readonly category: string | null;
  readonly mainCause: string | null;
  readonly perCapitaIncomeFen: number | null;
  readonly memberCount: number;
  readonly members: readonly MemberCopy[];
}

/** A member on the wire: name and what set-based rules need, nothing sensitive. */
export interface MemberCopy {
  readonly personId: string;
  readonly name: string;
  readonly relation: string;
  readonly sex: 'male' | 'female' | null;
  readonly birthDate: string | null;
  readonly labour: string | null;
  readonly school: string | null;
  readonly health: readonly string[];
}
