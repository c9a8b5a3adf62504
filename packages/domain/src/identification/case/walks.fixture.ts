import fc from 'fast-check';
import { DomainError } from '../../shared/errors.ts';
import type { HouseholdId } from '../../shared/id.ts';
import { type BusinessDay, businessDayOf } from '../../shared/time.ts';
import { CASE_KINDS, type CaseKind } from '../policy/policy.ts';
import { CASES } from '../policy/policy.fixture.ts';
import { handle } from './decide.ts';
import { currentStep } from './evolve.ts';
import type { StepId } from './steps.ts';
import type { Actor, CaseCommand, CaseState } from './types.ts';

export const policy = CASES;
export const policyOf = () => policy;
const START = new Date('2023-12-26T01:00:00Z');
export const HOUR_MS = 3_600_000;

/** What a move tries: usually the command the case waits for, sometimes an objection, a correction or a wrong one. */
interface Move {
  readonly hours: number;
  readonly dice: number;
  readonly account: string;
  readonly flag: boolean;
}

const move: fc.Arbitrary<Move> = fc.record({
  hours: fc.oneof(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 100, max: 250 })),
  dice: fc.integer({ min: 0, max: 19 }),
  account: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  flag: fc.boolean(),
});

/** The command the case waits for, rightly filled in. */
export const forward = (state: CaseState, by: Actor, today: BusinessDay): CaseCommand => {
  const impediments = { openDoubts: 0, qualityErrors: 0, unexplainedWarnings: 0 };
  switch (currentStep(state)?.act) {
    case 'survey':
      return { type: 'recordSurvey', by, on: today };
    case 'application':
      return { type: 'submitApplication', by, on: today, authorised: true };
    case 'appraisal': {
      const votes = { entitled: 30, present: 20, inFavour: 14, against: 6, abstained: 0, recused: 0 };
      return { type: 'recordAppraisal', by, appraisal: { heldOn: today, ...votes, minutes: 'm', photos: [] } };
    }
    case 'notice':
      return state.notice ? { type: 'closeNotice', by } : { type: 'openNotice', by, contentHash: 'h' };
    case 'verification':
      return { type: 'recordVerification', by, on: today, qualifies: true, openDoubts: 0 };
    case 'pre-exit':
      return { type: 'approvePreExit', by };
    case 'help':
      return { type: 'recordHelp', by, on: today };
    case 'acceptance':
      return { type: 'recordAcceptance', by, on: today, accepted: true, signature: 's' };
    case 'township-approval':
      return { type: 'approveTownship', by, impediments };
    case 'county-approval':
      return { type: 'approveCounty', by, impediments };
    default:
      return { type: 'announce', by, on: today, documentNumber: 'd' };
  }
};

const commandOf = (state: CaseState, { dice, account, flag }: Move, today: BusinessDay): CaseCommand => {
  const step = currentStep(state);
  const accountId = dice % 4 === 3 ? account : (step?.duty ?? account);
  const by: Actor = { accountId, role: step?.roles[0] ?? 'village-officer' };
  const open = state.notice?.openObjections[0];
  if (dice < 3)
    return { type: 'fileObjection', by: { accountId: '', role: 'public' }, objectionId: `o${state.history.length}` };
  if (open && dice < 12) {
    return {
      type: 'answerObjection',
      by,
      objectionId: open,
      outcome: flag && dice < 5 ? 'upheld' : 'dismissed',
      answer: 'a',
    };
  }
  if (dice === 3) {
    const done = Object.keys(state.doneOn) as StepId[];
    const toStep = done[state.history.length % done.length] ?? 'survey';
    return { type: 'sendBack', by: { ...by, role: 'county-leader' }, toStep, reason: 'r' };
  }
  if (dice === 4)
    return { type: 'approveCounty', by, impediments: { openDoubts: 0, qualityErrors: 0, unexplainedWarnings: 0 } };
  if (dice === 5) return { type: 'closeNotice', by };
  return forward(state, by, today);
};

/** Plays moves against the machine; refusals leave the case as it is. */
export const playMoves = (kind: CaseKind, moves: readonly Move[]): { state: CaseState; refused: readonly string[] } => {
  let now = START;
  const householdId = '018f0000-0000-7000-8000-000000000001' as HouseholdId;
  const by: Actor = { accountId: 'a', role: 'village-officer' };
  let { state } = handle(
    null,
    { type: 'openCase', by, caseId: 'c', kind, householdId, on: businessDayOf(now) },
    now,
    policy,
  );
  const refused: string[] = [];
  for (const each of moves) {
    now = new Date(now.getTime() + each.hours * HOUR_MS);
    try {
      state = handle(state, commandOf(state, each, businessDayOf(now)), now, policy).state;
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      refused.push(error.code);
    }
  }
  return { state, refused };
};

/** Random walks through the procedures, of every kind. */
export const plays = fc.tuple(fc.constantFrom(...CASE_KINDS), fc.array(move, { minLength: 5, maxLength: 80 }));
