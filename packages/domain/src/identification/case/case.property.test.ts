import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DomainError } from '../../shared/errors.ts';
import type { HouseholdId } from '../../shared/id.ts';
import { addDays, type BusinessDay, businessDayOf, daysBetween } from '../../shared/time.ts';
import { CASE_KINDS, type CaseKind, DEFAULT_POLICY } from '../policy/policy.ts';
import { handle } from './decide.ts';
import { currentStep, evolve } from './evolve.ts';
import { missingFor } from './missing.ts';
import { PROCEDURES, type StepId } from './steps.ts';
import type { Actor, CaseCommand, CaseEvent, CaseState } from './types.ts';

const policy = DEFAULT_POLICY.cases;
const START = new Date('2023-12-26T01:00:00Z');
const HOUR_MS = 3_600_000;

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

const forward = (state: CaseState, by: Actor, today: BusinessDay): CaseCommand => {
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
const playMoves = (kind: CaseKind, moves: readonly Move[]): { state: CaseState; refused: readonly string[] } => {
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

const plays = fc.tuple(fc.constantFrom(...CASE_KINDS), fc.array(move, { minLength: 5, maxLength: 80 }));

/** Hours of whole calendar days on which the notice hung, less the hours in which an objection waited; told apart hour by hour. */
const servedHours = (events: readonly CaseEvent[], opened: number, closed: number): number => {
  const first = new Date(events[opened]?.at ?? '');
  const last = new Date(events[closed]?.at ?? '');
  const within = events.slice(opened, closed + 1);
  let served = 0;
  for (let t = first.getTime(); t < last.getTime(); t += HOUR_MS) {
    if (businessDayOf(new Date(t)) === businessDayOf(first)) continue;
    const until = within.filter((e) => Date.parse(e.at) <= t);
    const waiting =
      until.filter((e) => e.type === 'objectionFiled').length -
      until.filter((e) => e.type === 'objectionAnswered').length;
    if (waiting === 0) served += 1;
  }
  return served;
};

test('under any sequence of commands no notice is closed before its full days have run', () => {
  let closings = 0;
  fc.assert(
    fc.property(plays, ([kind, moves]) => {
      const { history } = playMoves(kind, moves).state;
      history.forEach((event, index) => {
        if (event.type !== 'noticeClosed') return;
        closings += 1;
        const opened = history.findLastIndex((e, i) => i < index && e.type === 'noticeOpened' && e.step === event.step);
        const days = policy.noticeFullDays[kind][event.step === 'township-notice' ? 'township' : 'village'];
        expect(servedHours(history, opened, index)).toBeGreaterThanOrEqual(days * 24);
        const from = businessDayOf(new Date(history[opened]?.at ?? ''));
        expect(daysBetween(from, businessDayOf(new Date(event.at)))).toBeGreaterThan(days);
      });
    }),
    { numRuns: 300 },
  );
  expect(closings).toBeGreaterThan(50);
});

test('under any sequence of commands nobody holds two duties: who entered does not review or approve', () => {
  let approvals = 0;
  fc.assert(
    fc.property(plays, ([kind, moves]) => {
      const { history, duties } = playMoves(kind, moves).state;
      const holders = (duty: string) =>
        new Set(history.flatMap((e) => ('duty' in e && e.duty === duty ? [e.by.accountId] : [])));
      const [entered, reviewed, approved] = [holders('enter'), holders('review'), holders('approve')] as const;
      expect([...entered].sort()).toEqual([...duties.enter].sort());
      const everyone = new Set([...entered, ...reviewed, ...approved]);
      expect(everyone.size).toBe(entered.size + reviewed.size + approved.size);
      approvals += approved.size;
    }),
    { numRuns: 300 },
  );
  expect(approvals).toBeGreaterThan(20);
});

test('under any sequence of commands a completed case has done every step, the last time in an order that skips none', () => {
  let completed = 0;
  fc.assert(
    fc.property(plays, ([kind, moves]) => {
      const { state } = playMoves(kind, moves);
      if (state.status !== 'completed') return;
      completed += 1;
      const lastDone = (id: StepId) => state.history.findLastIndex((e) => 'on' in e && e.step === id);
      const ids = PROCEDURES[kind].map((step) => step.id).filter((id) => id !== 'verification');
      expect(lastDone('verification')).toBeGreaterThan(0);
      const order = ids.map(lastDone);
      expect(order.every((index) => index >= 0)).toBe(true);
      expect(order).toEqual(order.toSorted((a, b) => a - b));
    }),
    { numRuns: 300 },
  );
  expect(completed).toBeGreaterThan(5);
});

test('the history rebuilds the case, and what is missing can be done at its earliest by a free hand of the role', () => {
  fc.assert(
    fc.property(plays, ([kind, moves]) => {
      const { state } = playMoves(kind, moves);
      expect(state.history.reduce<CaseState | null>(evolve, null)).toEqual(state);
      const now = new Date(Date.parse(state.history.at(-1)?.at ?? ''));
      const missing = missingFor(state, now, policy);
      if (!missing?.earliest) return;
      const [role] = missing.roles;
      if (!role) throw new Error('a step without a role');
      const when = missing.earliest;
      const today = businessDayOf(when);
      const by: Actor = { accountId: 'fresh', role };
      expect(handle(state, forward(state, by, today), when, policy).events).toHaveLength(1);
      if (missing.need !== 'NEED_NOTICE_TIME') return;
      const early = new Date(when.getTime() - 1);
      expect(() => handle(state, forward(state, by, addDays(today, -1)), early, policy)).toThrow('NOTICE_TOO_EARLY');
      expect(missing.excluded).not.toContain('fresh');
    }),
    { numRuns: 300 },
  );
});
