import { demand } from '../shared/errors.ts';
import type { Sex } from '../shared/id-number.ts';
import { ageOn, type BusinessDay } from '../shared/time.ts';
import type { CertificatePolicy, LearnerPolicy } from './policy.ts';

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

/** Another class a person has a place in, and what came of it. */
export interface OtherClass {
  readonly courseId: string;
  readonly begins: BusinessDay;
  readonly ends: BusinessDay;
  /** Sessions held and attended. */
  readonly held: number;
  readonly attended: number;
  /** Points of 100. */
  readonly mark?: number;
  readonly hasCertificate: boolean;
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
  policy: LearnerPolicy,
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

/**
 * Demands that a class still takes learners on a day.
 * @throws DomainError CLASS_BEGUN, CLASS_FULL
 */
export function demandPlace(
  group: { readonly begins: BusinessDay; readonly capacity: number; readonly learners: number },
  on: BusinessDay,
): void {
  demand(on <= group.begins, 'CLASS_BEGUN', { day: group.begins });
  demand(group.learners < group.capacity, 'CLASS_FULL', { capacity: group.capacity });
}

/** Demands that a learner has not left the class. @throws DomainError ENROLMENT_MISSING */
export function demandPresent(learner: { readonly withdrawn: boolean }): void {
  demand(!learner.withdrawn, 'ENROLMENT_MISSING');
}

/**
 * Whether a person has a course already or is about to: a certificate, a class that is not over, or one that was
 * attended and passed. Who failed or did not come takes it again.
 */
function hasCourse(other: OtherClass, on: BusinessDay, policy: CertificatePolicy): boolean {
  const isRunning = on <= other.ends;
  const isPassed = hasAttendedEnough(other, policy) && other.mark !== undefined && other.mark >= policy.passMark;
  return other.hasCertificate || isRunning || isPassed;
}

/** Whether someone came to enough of the sessions held for a certificate. */
export function hasAttendedEnough(
  { held, attended }: { readonly held: number; readonly attended: number },
  policy: CertificatePolicy,
): boolean {
  return held > 0 && attended * 10_000 >= policy.minAttendanceBp * held;
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
    readonly policy: LearnerPolicy & CertificatePolicy;
    readonly others: readonly OtherClass[];
  },
): TrainingClass {
  const [reason] = ineligible(learner, group.begins, given.policy);
  if (reason) demand(false, reason.code, reason.params);
  demand(!present(group).some((e) => e.personId === learner.personId), 'ENROLMENT_TWICE');
  demandPlace({ ...group, learners: present(group).length }, given.on);
  demand(!given.others.some((o) => o.begins <= group.ends && group.begins <= o.ends), 'CLASS_OVERLAPS');
  const taken = given.others.some((o) => o.courseId === group.courseId && hasCourse(o, given.on, given.policy));
  demand(!taken, 'COURSE_TAKEN');
  return { ...group, enrolled: [...group.enrolled, { personId: learner.personId, on: given.on }] };
}

/** Demands that a place can be given back: the learner has it and stands on no sheet. @throws DomainError ENROLMENT_MISSING, ENROLMENT_HAS_ATTENDANCE */
export function demandWithdrawal(learner: { readonly withdrawn: boolean; readonly marks: number }): void {
  demandPresent(learner);
  demand(learner.marks === 0, 'ENROLMENT_HAS_ATTENDANCE');
}
