import { demand } from '../shared/errors.ts';
import type { BusinessDay } from '../shared/time.ts';
import { demandPresent } from './enrolment.ts';

/** A class's mean is told from so many answers on: fewer would tell who gave which. */
const LEAST_ANSWERS = 3;

/** What the participants of a class said of it. */
export interface Satisfaction {
  readonly answers: number;
  /** Hundredths of a point of five, half up; null with too few answers. */
  readonly meanHundredths: number | null;
}

/** The figure of a class from its participants' answers, 1 to 5 each. */
export function satisfactionOf({ answers, sum }: { readonly answers: number; readonly sum: number }): Satisfaction {
  return { answers, meanHundredths: answers < LEAST_ANSWERS ? null : Math.round((sum * 100) / answers) };
}

/**
 * Demands that a participant can say how satisfied they are: from the last session's day on, once, and only who came.
 * @throws DomainError ENROLMENT_MISSING, CLASS_NOT_OVER, RATING_NOT_ATTENDED, RATING_GIVEN
 */
export function demandRating(
  participant: { readonly withdrawn: boolean; readonly attended: number; readonly rated: boolean },
  lastSession: BusinessDay,
  today: BusinessDay,
): void {
  demandPresent(participant);
  demand(!participant.rated, 'RATING_GIVEN');
  demand(today >= lastSession, 'CLASS_NOT_OVER', { day: lastSession });
  demand(participant.attended > 0, 'RATING_NOT_ATTENDED');
}

/** Whoever keeps a class is judged by the answers, so they give none. @throws DomainError RATING_OF_KEEPER */
export function demandNotKeeper(by: { readonly keepsClass: boolean }): void {
  demand(!by.keepsClass, 'RATING_OF_KEEPER');
}

/**
 * Demands that an account can print the participants' slips with their codes. Whoever keeps the class is judged by
 * the answers, so they never hold the codes.
 * @throws DomainError SLIP_OF_KEEPER, SLIP_NO_LEARNERS, CLASS_NOT_BEGUN
 */
export function demandSlips(
  group: { readonly begins: BusinessDay },
  printer: { readonly keepsClass: boolean; readonly ownLearners: number },
  today: BusinessDay,
): void {
  demand(!printer.keepsClass, 'SLIP_OF_KEEPER');
  demand(printer.ownLearners > 0, 'SLIP_NO_LEARNERS');
  demand(today >= group.begins, 'CLASS_NOT_BEGUN', { day: group.begins });
}
