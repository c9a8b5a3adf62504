import type { Role } from '../../shared/roles.ts';
import { heldDuty } from './duties.ts';
import { currentStep } from './evolve.ts';
import type { CasePolicyOf } from './deadline.ts';
import { missingFor } from './missing.ts';
import { PROCEDURES, rolesAt, type Step, type StepId } from './steps.ts';
import type { CaseCommand, CaseState, Impediments } from './types.ts';

/** Somebody who may act in a case: his account and the roles he holds at its village. */
export interface Hand {
  readonly accountId: string;
  readonly roles: readonly Role[];
}

/** A reason not to offer an act: a code of identification/messages with its figures. */
export interface Reason {
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
}

const CORRECTING: readonly CaseCommand['type'][] = ['sendBack', 'withdraw'];

/** The roles in which a command on a case is signed at the step it waits at: the step's own, or those from its level up. */
export function signingRoles(state: CaseState, command: CaseCommand['type']): readonly Role[] {
  const step = currentStep(state);
  if (!step) return [];
  return CORRECTING.includes(command) ? rolesAt(step.level) : step.roles;
}

function whyNotHis(state: CaseState, step: Step, { accountId, roles }: Hand): Reason | null {
  if (!roles.some((role) => step.roles.includes(role))) return { code: 'CASE_ROLE_WRONG', params: { step: step.id } };
  const found = heldDuty(state, accountId, step.duty);
  if (!found) return null;
  const { held, inRegister } = found;
  return {
    code: inRegister ? 'SEPARATION_HOUSEHOLD_ENTERED' : 'SEPARATION_OF_DUTIES',
    params: { duty: step.duty, held },
  };
}

/** What stands against an approval, the gravest first. */
export function impedimentOf({ openDoubts, qualityErrors, unexplainedWarnings }: Impediments): Reason | null {
  if (openDoubts > 0) return { code: 'CASE_DOUBTS_OPEN', params: { count: openDoubts } };
  if (qualityErrors > 0) return { code: 'CASE_QUALITY_ERRORS', params: { count: qualityErrors } };
  if (unexplainedWarnings > 0) return { code: 'CASE_WARNINGS_UNEXPLAINED', params: { count: unexplainedWarnings } };
  return null;
}

/**
 * Why somebody cannot do the next act of a case at an instant; what `decide` would refuse for the state of the case,
 * its signer or the household's data. @returns null when the act is accepted, given its fields
 */
export function whyNot(
  state: CaseState,
  hand: Hand,
  now: Date,
  policyOf: CasePolicyOf,
  impediments: Impediments,
): Reason | null {
  const step = currentStep(state);
  const missing = missingFor(state, now, policyOf);
  if (!step || !missing) return { code: 'CASE_ENDED', params: { status: state.status } };
  const notHis = whyNotHis(state, step, hand);
  if (notHis) return notHis;
  if (missing.need === 'NEED_NOTICE_TIME') return { code: missing.need, params: missing.params };
  return step.act === 'township-approval' || step.act === 'county-approval' ? impedimentOf(impediments) : null;
}

/**
 * Why somebody cannot answer an objection to a case; what `decide` would refuse whatever the answer says.
 * @returns null when an answer is accepted, and one that upholds it once no other waits
 */
export function whyNotAnswer(state: CaseState, hand: Hand): Reason | null {
  const step = currentStep(state);
  if (!step || !state.notice) return { code: 'NOTICE_NOT_OPEN', params: {} };
  return whyNotHis(state, step, hand);
}

/** The acts beside the next one that somebody may do: send back and where to, refuse, withdraw. */
interface Corrections {
  readonly sendBackTo: readonly StepId[];
  readonly mayRefuse: boolean;
  readonly mayWithdraw: boolean;
}

/** What somebody may correct in a case now; `decide` accepts exactly these. */
export function correctionsFor(state: CaseState, hand: Hand): Corrections {
  const step = currentStep(state);
  if (!step) return { sendBackTo: [], mayRefuse: false, mayWithdraw: false };
  const stands = hand.roles.some((role) => rolesAt(step.level).includes(role));
  const answered = (state.notice?.openObjections.length ?? 0) === 0;
  const done = PROCEDURES[state.kind].slice(1).filter(({ id }) => state.doneOn[id]);
  const approves = step.duty !== 'enter' && step.act !== 'announcement';
  return {
    sendBackTo: stands && answered ? done.map(({ id }) => id) : [],
    mayRefuse: approves && whyNotHis(state, step, hand) === null,
    mayWithdraw: stands,
  };
}
