import { demand, type Refusal, refusalOf } from '../shared/errors.ts';
import { type BusinessDay, businessDayOf } from '../shared/time.ts';
import { demandHeld, demandIssue, demandResults, demandUncertified } from './certificate.ts';
import { demandPlace, demandPresent, demandWithdrawal } from './enrolment.ts';
import type { CertificatePolicy } from './policy.ts';
import { demandSlips } from './satisfaction.ts';
import { demandNoCertificates, demandNotCancelled, demandNotOver } from './schedule.ts';

/** What can be done with each record of training. */
export const COURSE_STEPS = ['change'] as const;
export const PROVIDER_STEPS = ['change'] as const;
export const CLASS_STEPS = ['enrol', 'add-session', 'results', 'slips'] as const;
export const SESSION_STEPS = ['attendance', 'cancel'] as const;
export const LEARNER_STEPS = ['withdraw', 'mark', 'certificate'] as const;
export const ROLL_STEPS = ['mark'] as const;
export const PARTICIPATION_STEPS = ['rate'] as const;
export const CERTIFICATE_STEPS = ['withdraw'] as const;

/** What the steps of a class, its sessions and its learners look at. */
export interface ClassFacts {
  readonly begins: BusinessDay;
  readonly ends: BusinessDay;
  readonly capacity: number;
  /** The day of the last session that was not cancelled, else the last day of the class. */
  readonly lastSession: BusinessDay;
  /** Learners who have not left, and those of them without a certificate. */
  readonly learners: number;
  readonly uncertified: number;
  /** Valid certificates. */
  readonly certificates: number;
}

/** Why a step of a class would be refused to an account, whatever is typed; null when it would succeed. */
export function classRefusal(
  step: (typeof CLASS_STEPS)[number],
  group: ClassFacts,
  by: Parameters<typeof demandSlips>[1],
  today: BusinessDay,
): Refusal | null {
  const rules: Record<typeof step, () => void> = {
    enrol: () => demandPlace(group, today),
    'add-session': () => {
      demandNotOver(group, today);
      demandNoCertificates(group);
    },
    results: () => demandResults(group, today),
    slips: () => demandSlips(group, by, today),
  };
  return refusalOf(rules[step]);
}

interface SessionFacts {
  readonly day: BusinessDay;
  readonly cancelled: boolean;
}

/** Why a step of a session would be refused; null when it would succeed. */
export function sessionRefusal(
  step: (typeof SESSION_STEPS)[number],
  session: SessionFacts,
  group: ClassFacts,
  today: BusinessDay,
): Refusal | null {
  const rules: Record<typeof step, () => void> = {
    cancel: () => cancelSession(session, group),
    attendance: () => {
      demandHeld(session, today);
      demand(group.learners > 0, 'CLASS_NO_LEARNERS');
      demand(group.uncertified > 0, 'CLASS_ALL_CERTIFIED');
    },
  };
  return refusalOf(rules[step]);
}

/** Demands that a session can be cancelled. @throws DomainError SESSION_CANCELLED, CLASS_HAS_CERTIFICATES */
export function cancelSession(session: SessionFacts, group: Pick<ClassFacts, 'certificates'>): void {
  demandNotCancelled(session);
  demandNoCertificates(group);
}

/** Why a learner's mark in a session would be refused; null when it would succeed. */
export function rollRefusal(
  session: SessionFacts,
  learner: { readonly name: string; readonly hasCertificate: boolean },
  today: BusinessDay,
): Refusal | null {
  return refusalOf(() => {
    demandHeld(session, today);
    demandUncertified(learner);
  });
}

/** A learner of a class as the steps see them. */
export interface LearnerFacts {
  readonly name: string;
  readonly withdrawn: boolean;
  readonly held: number;
  readonly attended: number;
  /** Marks on sheets of attendance, whatever they say. */
  readonly marks: number;
  readonly mark?: number;
  readonly markedBy: string | null;
  readonly hasCertificate: boolean;
  /** The number of a valid certificate of the same course, from another class. */
  readonly courseCertificate: string | null;
}

/** Why a step of a learner would be refused to an account now; null when it would succeed. */
export function learnerRefusal(
  step: (typeof LEARNER_STEPS)[number],
  learner: LearnerFacts,
  group: ClassFacts,
  { accountId, policy, now }: { readonly accountId: string; readonly policy: CertificatePolicy; readonly now: Date },
): Refusal | null {
  const today = businessDayOf(now);
  const rules: Record<typeof step, () => unknown> = {
    withdraw: () => demandWithdrawal(learner),
    mark: () => {
      demandResults(group, today);
      demandPresent(learner);
      demandUncertified(learner);
    },
    certificate: () => demandIssue(learner, accountId, group.lastSession, now, policy),
  };
  return refusalOf(rules[step]);
}
