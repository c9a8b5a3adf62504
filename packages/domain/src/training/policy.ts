/** Policy data: who may be enrolled. */
export interface LearnerPolicy {
  readonly minAge: number;
  readonly maxAge: { readonly male: number; readonly female: number };
}

/** Policy data: what a certificate takes. */
export interface CertificatePolicy {
  /** Attended sessions ÷ held sessions, in basis points. */
  readonly minAttendanceBp: number;
  /** Points of 100 needed in the assessment. */
  readonly passMark: number;
}
