import { demand } from '../shared/errors.ts';
import type { Sex } from '../shared/id-number.ts';
import { ageOn, type BusinessDay } from '../shared/time.ts';
import type { TrainingPolicy } from './policy.ts';

/** What the rules must know of a person who wants to learn. */
export interface Learner {
  readonly personId: string;
  readonly birthDate: BusinessDay;
  readonly sex: Sex;
  readonly householdStatus: 'registered-poor' | 'returned' | 'exited' | 'monitored' | 'general';
  readonly labour: 'skilled' | 'ordinary' | 'weak' | 'none';
}

export interface TrainingClass {
  readonly courseId: string;
  readonly begins: BusinessDay;
  readonly ends: BusinessDay;
  readonly capacity: number;
  readonly enrolled: readonly Enrolment[];
}

/** A person's place in a class; one who withdrew leaves the place to others. */
export interface Enrolment {
  readonly personId: string;
  readonly on: BusinessDay;
  readonly withdrawnOn?: BusinessDay;
}

export type IneligibleCode = 'LEARNER_NOT_TARGET' | 'LEARNER_TOO_YOUNG' | 'LEARNER_TOO_OLD' | 'LEARNER_NO_LABOUR';

/** Why a person may not take part in training paid by the county; empty when he or she may (domain §9). */
export function ineligible(
  learner: Learner,
  day: BusinessDay,
  policy: TrainingPolicy,
): { readonly code: IneligibleCode; readonly params: Readonly<Record<string, number>> }[] {
  const age = ageOn(learner.birthDate, day);
  const oldest = policy.maxAge[learner.sex];
  return [
    ...(learner.householdStatus === 'general' ? [{ code: 'LEARNER_NOT_TARGET' as const, params: {} }] : []),
    ...(age < policy.minAge ? [{ code: 'LEARNER_TOO_YOUNG' as const, params: { age, limit: policy.minAge } }] : []),
    ...(age > oldest ? [{ code: 'LEARNER_TOO_OLD' as const, params: { age, limit: oldest } }] : []),
    ...(learner.labour === 'none' ? [{ code: 'LEARNER_NO_LABOUR' as const, params: {} }] : []),
  ];
}

const present = (group: TrainingClass) => group.enrolled.filter((e) => e.withdrawnOn === undefined);

/** Places left in a class. */
export function placesLeft(group: TrainingClass): number {
  return group.capacity - present(group).length;
}

/**
 * Enrols a person before the class begins; age counts on its first day. `others` are classes the person is enrolled in.
 * @throws DomainError the learner's own code when ineligible, ENROLMENT_TWICE, CLASS_FULL, CLASS_BEGUN, CLASS_OVERLAPS,
 * COURSE_TAKEN.
 */
export function enrol(
  group: TrainingClass,
  learner: Learner,
  given: {
    readonly on: BusinessDay;
    readonly policy: TrainingPolicy;
    readonly others: readonly Pick<TrainingClass, 'courseId' | 'begins' | 'ends'>[];
  },
): TrainingClass {
  const [reason] = ineligible(learner, group.begins, given.policy);
  if (reason) demand(false, reason.code, reason.params);
  demand(!present(group).some((e) => e.personId === learner.personId), 'ENROLMENT_TWICE');
  demand(given.on <= group.begins, 'CLASS_BEGUN', { day: group.begins });
  demand(placesLeft(group) > 0, 'CLASS_FULL', { capacity: group.capacity });
  demand(!given.others.some((o) => o.begins <= group.ends && group.begins <= o.ends), 'CLASS_OVERLAPS');
  demand(!given.others.some((o) => o.courseId === group.courseId), 'COURSE_TAKEN');
  return { ...group, enrolled: [...group.enrolled, { personId: learner.personId, on: given.on }] };
}

/** Gives a place back. @throws DomainError ENROLMENT_MISSING. */
export function withdraw(group: TrainingClass, personId: string, on: BusinessDay): TrainingClass {
  const enrolment = present(group).find((e) => e.personId === personId);
  demand(enrolment, 'ENROLMENT_MISSING');
  return { ...group, enrolled: group.enrolled.map((e) => (e === enrolment ? { ...e, withdrawnOn: on } : e)) };
}
