/** Policy data of training; rates are basis points. */
export interface TrainingPolicy {
  readonly minAge: number;
  readonly maxAge: { readonly male: number; readonly female: number };
  /** Attended sessions ÷ held sessions needed for the certificate. */
  readonly minAttendanceBp: number;
  /** Points of 100 needed in the assessment. */
  readonly passMark: number;
}

/** The shipped default: working age 16 to 60 for men and 55 for women, attendance 80 %, pass mark 60. */
export const DEFAULT_TRAINING_POLICY: TrainingPolicy = {
  minAge: 16,
  maxAge: { male: 60, female: 55 },
  minAttendanceBp: 8000,
  passMark: 60,
};
