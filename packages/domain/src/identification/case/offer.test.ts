import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DomainError } from '../../shared/errors.ts';
import { ROLES, type Role } from '../../shared/roles.ts';
import { businessDayOf } from '../../shared/time.ts';
import { CASE_KINDS } from '../policy/policy.ts';
import { handle } from './decide.ts';
import { currentStep } from './evolve.ts';
import { missingFor } from './missing.ts';
import { correctionsFor, type Hand, signingRoles, whyNot, whyNotAnswer } from './offer.ts';
import { PROCEDURES, type StepId } from './steps.ts';
import type { CaseCommand, CaseState, Impediments } from './types.ts';
import { forward, plays, playMoves, policy, policyOf } from './walks.fixture.ts';

const NONE: Impediments = { openDoubts: 0, qualityErrors: 0, unexplainedWarnings: 0 };

/** The code a command is refused with, or null; signed as the service signs it: in a role that counts, else any. */
function refusal(state: CaseState, hand: Hand, now: Date, command: (by: CaseCommand['by']) => CaseCommand) {
  const [first] = hand.roles;
  if (!first) throw new Error('a hand without a role');
  const type = command({ accountId: '', role: first }).type;
  const role = hand.roles.find((each) => signingRoles(state, type).includes(each)) ?? first;
  try {
    handle(state, command({ accountId: hand.accountId, role }), now, policy);
    return null;
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
}

/** The command that does what a case waits for: the answer, while an objection waits. */
const next = (state: CaseState, now: Date, impediments: Impediments) => (by: CaseCommand['by']) => {
  const objectionId = state.notice?.openObjections[0];
  if (objectionId)
    return { type: 'answerObjection' as const, by, objectionId, outcome: 'dismissed' as const, answer: 'a' };
  const command = forward(state, by, businessDayOf(now));
  return 'impediments' in command ? { ...command, impediments } : command;
};

const hands = fc.record({
  accountId: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'fresh'),
  roles: fc.uniqueArray(fc.constantFrom(...ROLES), { minLength: 1, maxLength: 3 }),
});
const found = fc.record({
  openDoubts: fc.constant(0),
  qualityErrors: fc.constantFrom(0, 0, 2),
  unexplainedWarnings: fc.constantFrom(0, 0, 1),
});
const entered = fc.subarray(['a', 'b', 'c', 'd', 'e']);

test('for any history, hand and instant: what is offered as next, and as a correction, is what is accepted', () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(plays, hands, found, entered, fc.nat({ max: 300 }), ([kind, moves], hand, impediments, by, hours) => {
      const walked = playMoves(kind, moves).state;
      const state: CaseState = { ...walked, enteredBy: by };
      const now = new Date(Date.parse(state.history.at(-1)?.at ?? '') + hours * 3_600_000);
      const offered = whyNot(state, hand, now, policyOf, impediments)?.code ?? null;
      const got = state.status === 'open' ? refusal(state, hand, now, next(state, now, impediments)) : 'CASE_ENDED';
      // The screen counts the time down, the refusal names the day.
      expect(got === 'NOTICE_TOO_EARLY' ? 'NEED_NOTICE_TIME' : got).toBe(offered);
      seen.set(offered ?? 'accepted', (seen.get(offered ?? 'accepted') ?? 0) + 1);

      const { sendBackTo, mayRefuse, mayWithdraw } = correctionsFor(state, hand);
      if (state.status !== 'open') return;
      const objectionId = state.notice?.openObjections[0];
      if (objectionId) expect(whyNotAnswer(state, hand)?.code ?? null).toBe(got);
      const reason = 'r';
      for (const { id } of PROCEDURES[state.kind]) {
        const back = refusal(state, hand, now, (signer) => ({ type: 'sendBack', by: signer, toStep: id, reason }));
        expect([id, back === null]).toEqual([id, sendBackTo.includes(id)]);
      }
      expect(refusal(state, hand, now, (signer) => ({ type: 'refuse', by: signer, reason })) === null).toBe(mayRefuse);
      const withdrawn = refusal(state, hand, now, (signer) => ({ type: 'withdraw', by: signer, reason }));
      // A household withdraws its own case, which no screen of the office offers.
      if (!hand.roles.includes('household')) expect(withdrawn === null).toBe(mayWithdraw);
    }),
    { numRuns: 2500 },
  );
  const codes = ['accepted', 'CASE_ROLE_WRONG', 'SEPARATION_OF_DUTIES', 'NEED_NOTICE_TIME', 'CASE_ENDED'];
  expect([...seen.keys()]).toEqual(expect.arrayContaining([...codes, 'SEPARATION_HOUSEHOLD_ENTERED']));
});

/** A case of each kind at each of its steps, walked there by an account of its own for every duty. */
const atEveryStep = CASE_KINDS.flatMap((kind) =>
  PROCEDURES[kind].slice(1).map(({ id }): [string, StepId, CaseState] => {
    let now = new Date('2026-03-02T01:00:00Z');
    const by = (state: CaseState): CaseCommand['by'] => {
      const step = currentStep(state);
      return { accountId: step?.duty ?? '', role: step?.roles[0] ?? 'public' };
    };
    const householdId = '018f0000-0000-7000-8000-000000000001' as CaseState['householdId'];
    const opening = { accountId: 'enter', role: 'village-officer' as Role };
    const on = businessDayOf(now);
    let { state } = handle(null, { type: 'openCase', by: opening, caseId: 'c', kind, householdId, on }, now, policy);
    while (state.pending[0] !== id) {
      now = missingFor(state, now, policyOf)?.earliest ?? now;
      state = handle(state, forward(state, by(state), businessDayOf(now)), now, policy).state;
    }
    return [kind, id, state];
  }),
);

test.each(atEveryStep)(
  '%s, %s: who imported or entered the household enters, and neither reviews nor approves',
  (_kind, _id, state) => {
    const step = currentStep(state);
    const roles = step?.roles ?? [];
    const now = missingFor(state, new Date(state.since), policyOf)?.earliest ?? new Date(state.since);
    const importer: Hand = { accountId: 'importer', roles };
    const acts = (enteredBy: readonly string[]) => {
      const known = { ...state, enteredBy };
      return [
        refusal(known, importer, now, next(known, now, NONE)),
        whyNot(known, importer, now, policyOf, NONE)?.code ?? null,
      ];
    };
    const kept = step?.duty === 'enter' ? null : 'SEPARATION_HOUSEHOLD_ENTERED';
    expect(acts(['importer'])).toEqual([kept, kept]);
    expect(acts(['someone-else'])).toEqual([null, null]);
    const known = { ...state, enteredBy: ['importer'] };
    expect(missingFor(known, now, policyOf)?.excluded.includes('importer')).toBe(kept !== null);
    expect(correctionsFor(known, importer).mayRefuse).toBe(false);
  },
);
