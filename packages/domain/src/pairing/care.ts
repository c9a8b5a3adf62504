import { addDays, addMonths, type BusinessDay } from '../shared/time.ts';

/** What the policy says of the care after an exit. */
export interface CarePolicy {
  readonly careMonths: number;
  /** The last day of care of the households whose exit day nobody knows; null while none is set. */
  readonly careUntil: string | null;
}

/**
 * The last day on which an exited household is in care: so many months from its own exit day, or the policy's day where
 * the exit lies before the platform and nobody knows its day.
 * @returns null when neither is known: then it is in care, and nothing says until when
 */
export function lastDayOfCare(exitedOn: BusinessDay | null, { careMonths, careUntil }: CarePolicy): BusinessDay | null {
  return exitedOn === null ? (careUntil as BusinessDay | null) : addDays(addMonths(exitedOn, careMonths), -1);
}
