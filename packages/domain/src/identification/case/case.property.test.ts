import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, businessDayOf, daysBetween } from '../../shared/time.ts';
import { handle } from './decide.ts';
import { evolve } from './evolve.ts';
import { missingFor } from './missing.ts';
import { PROCEDURES, type StepId } from './steps.ts';
import type { Actor, CaseEvent, CaseState } from './types.ts';
import { forward, HOUR_MS, plays, playMoves, policy, policyOf } from './walks.fixture.ts';

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
      const missing = missingFor(state, now, policyOf);
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
