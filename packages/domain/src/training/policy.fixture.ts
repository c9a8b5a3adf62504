import type { CertificatePolicy, LearnerPolicy } from './policy.ts';

/** Working age 16 to 60 for men and 55 for women, attendance 80 %, pass mark 60. */
export const policy: LearnerPolicy & CertificatePolicy = {
  minAge: 16,
  maxAge: { male: 60, female: 55 },
  minAttendanceBp: 8000,
  passMark: 60,
};
