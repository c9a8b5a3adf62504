import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, businessDay } from '../shared/time.ts';
import { decideAccountChange } from './account-change.ts';
import { policy } from './policy.fixture.ts';
import {
  checkDeclaration,
  closeDeclaration,
  type Declaration,
  draftDeclaration,
  reopenPayment,
  startPayment,
  submitDeclaration,
} from './declaration.ts';
import {
  answerObjection,
  closeNotice,
  NOTICE_STEPS,
  noticeRefusal,
  noticeSummary,
  openNotice,
  raiseObjection,
} from './declaration-notice.ts';
import { lateAlarms } from './late-alarms.ts';

const at = (text: string) => new Date(`${text}:00+08:00`);
const entity = { accountId: 'e1', entityId: 'coop' };
const township = { accountId: 't1' };
const LINES = { lines: 3, computing: false, outdated: false, totalFen: 3000, entityClosed: false };
const drafted = draftDeclaration('coop', businessDay('2026-12-31'), at('2027-01-02T09:00'));
const submitted = submitDeclaration(drafted, entity, LINES, at('2027-01-05T09:00'));
const PASSED = { passed: true, villages: [{ code: 'v1', name: '甲村' }] } as const;
const open = openNotice(checkDeclaration(submitted, township, PASSED), 'v1', policy, at('2027-01-10T09:00'));

describe('a declaration', () => {
  it('is submitted by the entity itself, after the period, with lines', () => {
    expect(() => submitDeclaration(drafted, township, LINES, at('2027-01-05T09:00'))).toThrow('DECLARATION_NOT_OWN');
    expect(() => submitDeclaration(drafted, entity, LINES, at('2026-12-31T23:59'))).toThrow('DECLARATION_TOO_EARLY');
    expect(() => submitDeclaration(drafted, entity, { ...LINES, lines: 0 }, at('2027-01-05T09:00'))).toThrow(
      'DECLARATION_EMPTY',
    );
    expect(() => submitDeclaration(drafted, entity, { ...LINES, totalFen: 0 }, at('2027-01-05T09:00'))).toThrow(
      'DIVIDEND_ZERO',
    );
    expect(() => submitDeclaration(submitted, entity, LINES, at('2027-01-05T09:00'))).toThrow('DECLARATION_STATUS');
  });

  it('is checked by another person, who may return it', () => {
    expect(() => checkDeclaration(submitted, { accountId: 'e1' }, PASSED)).toThrow('DECLARATION_SAME_PERSON');
    expect(() => checkDeclaration(submitted, { accountId: 'e2', entityId: 'coop' }, PASSED)).toThrow(
      'DECLARATION_SAME_PERSON',
    );
    const returned = checkDeclaration(submitted, township, { passed: false, reason: '名单有误' });
    expect(returned).toMatchObject({ status: 'drafted', revision: 2, returnReason: '名单有误' });
    expect(submitDeclaration(returned, entity, LINES, at('2027-01-06T09:00'))).not.toHaveProperty('returnReason');
  });

  it('given seven full days, then the notice closes on the eighth and not before', () => {
    expect(() => closeNotice(open, 'v1', at('2027-01-17T23:59'))).toThrow('NOTICE_RUNNING');
    expect(closeNotice(open, 'v1', at('2027-01-18T00:00')).status).toBe('noticed');
  });

  it('given an objection, then it stops the notice; dismissed, the clock resumes; upheld, it is drafted anew', () => {
    const objected = raiseObjection(open, 'v1', 'o1', at('2027-01-12T10:00'));
    expect(() => closeNotice(objected, 'v1', at('2027-02-18T00:00'))).toThrow('OBJECTION_OPEN');
    const dismissed = answerObjection(objected, 'o1', { upheld: false, text: '经核实无误' }, at('2027-01-13T10:00'));
    expect(() => closeNotice(dismissed, 'v1', at('2027-01-19T23:59'))).toThrow('NOTICE_RUNNING');
    expect(closeNotice(dismissed, 'v1', at('2027-01-20T00:00')).status).toBe('noticed');
    expect(() => answerObjection(dismissed, 'o1', { upheld: true, text: 'x' }, at('2027-01-14T10:00'))).toThrow(
      'OBJECTION_ANSWERED',
    );
    expect(() => answerObjection(open, 'o1', { upheld: true, text: 'x' }, at('2027-01-14T10:00'))).toThrow(
      'OBJECTION_UNKNOWN',
    );
    const upheld = answerObjection(objected, 'o1', { upheld: true, text: '漏列一户' }, at('2027-01-13T10:00'));
    expect(upheld).toMatchObject({ status: 'drafted', revision: 2 });
    expect(upheld.villages).toEqual([]);
  });

  it('is paid only after the notice and closed only when every line is settled', () => {
    expect(() => startPayment(open, 3)).toThrow('DECLARATION_STATUS');
    const paying = startPayment(closeNotice(open, 'v1', at('2027-01-18T00:00')), 3);
    expect(startPayment(paying, 3)).toEqual(paying);
    const done = { unsettled: 0, corrections: 0, differing: 0 };
    expect(closeDeclaration(closeNotice(open, 'v1', at('2027-01-18T00:00')), done).status).toBe('closed');
    expect(() => closeDeclaration(paying, { ...done, unsettled: 1 })).toThrow('DECLARATION_UNSETTLED');
    expect(() => closeDeclaration(paying, { ...done, corrections: 1 })).toThrow('DECLARATION_CORRECTIONS_OPEN');
    expect(() => closeDeclaration(paying, { ...done, differing: 1 })).toThrow('DECLARATION_DIFFERS');
    const closed = closeDeclaration(paying, done);
    expect(closed.status).toBe('closed');
    expect([closed, paying, open].map((each) => reopenPayment(each).status)).toEqual([
      'in-payment',
      'in-payment',
      'on-notice',
    ]);
  });

  it('given two villages, then each has its own notice, and is paid only when both are closed', () => {
    const villages = [
      { code: 'v1', name: '甲村' },
      { code: 'v2', name: '乙村' },
    ];
    const checked = checkDeclaration(submitted, township, { passed: true, villages });
    const first = openNotice(checked, 'v1', policy, at('2027-01-10T09:00'));
    expect(() => openNotice(first, 'v1', policy, at('2027-01-10T10:00'))).toThrow('NOTICE_OPENED');
    expect(() => openNotice(first, 'v3', policy, at('2027-01-10T10:00'))).toThrow('NOTICE_SUPERSEDED');
    expect(() => closeNotice(first, 'v2', at('2027-02-01T00:00'))).toThrow('NOTICE_NOT_POSTED');
    const both = openNotice(first, 'v2', policy, at('2027-01-15T09:00'));
    const objected = raiseObjection(both, 'v2', 'o1', at('2027-01-16T10:00'));
    // What is said against one village does not stop the other.
    const half = closeNotice(objected, 'v1', at('2027-01-18T00:00'));
    expect(half.status).toBe('on-notice');
    expect(() => raiseObjection(half, 'v1', 'o2', at('2027-01-18T01:00'))).toThrow('NOTICE_CLOSED');
    expect(() => startPayment(half, 3)).toThrow('DECLARATION_STATUS');
    expect(() => closeNotice(half, 'v2', at('2027-02-01T00:00'))).toThrow('OBJECTION_OPEN');
    expect(noticeSummary(half, at('2027-01-18T00:00'))).toMatchObject({
      villages: 2,
      opened: 2,
      closed: 1,
      closableFrom: null,
    });
    const answered = answerObjection(half, 'o1', { upheld: false, text: '经核实无误' }, at('2027-01-17T10:00'));
    expect(() => closeNotice(answered, 'v2', at('2027-01-24T23:59'))).toThrow('NOTICE_RUNNING');
    expect(closeNotice(answered, 'v2', at('2027-01-25T00:00')).status).toBe('noticed');
  });

  it('given random villages, days and acts, then what a page offers is what the rule takes, and payment waits for all', () => {
    const act = fc.record({
      village: fc.nat(3),
      step: fc.constantFrom(...NOTICE_STEPS, 'object' as const),
      hours: fc.nat(90),
    });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), fc.array(act, { maxLength: 60 }), (count, acts) => {
        const villages = Array.from({ length: count }, (_, n) => ({ code: `v${n}`, name: `村${n}` }));
        let now = at('2027-01-10T09:00').getTime();
        let state: Declaration = checkDeclaration(submitted, township, { passed: true, villages });
        const closed = new Set<string>();
        acts.forEach(({ village, step, hours }, n) => {
          now += hours * 3_600_000;
          const code = `v${village}`;
          const when = new Date(now);
          const before = state;
          const waiting = before.villages
            .find((v) => v.code === code)
            ?.notice?.objections.find((o) => !o.answeredAt)?.id;
          const take = {
            'open-notice': () => openNotice(before, code, policy, when),
            'close-notice': () => closeNotice(before, code, when),
            'answer-objection': () => answerObjection(before, waiting ?? '', { upheld: false, text: '无误' }, when),
            object: () => raiseObjection(before, code, `o${n}`, when),
          }[step];
          let taken = true;
          try {
            state = take();
          } catch {
            taken = false;
          }
          if (step !== 'object' && villages.some((v) => v.code === code)) {
            expect(noticeRefusal(step, before, code, { policy, now: when }) === null).toBe(taken);
          }
          if (taken && step === 'close-notice') closed.add(code);
          expect(state.status === 'noticed').toBe(closed.size === count);
        });
      }),
      { numRuns: 300 },
    );
  });

  it('raises an alarm when late in every state', () => {
    const facts = { submittedAt: at('2027-01-05T09:00'), checkedAt: at('2027-01-08T09:00'), isSettled: false };
    const alarmsOf = (declaration: Declaration, when: string, more: Partial<typeof facts> = {}) =>
      lateAlarms(declaration, { ...facts, ...more }, policy, at(`${when}T09:00`)).map(({ code, days, villages }) => [
        code,
        days,
        villages.map(({ name }) => name).join(),
      ]);
    const villages = [
      { code: 'v1', name: '甲村' },
      { code: 'v2', name: '乙村' },
    ];
    const checked = checkDeclaration(submitted, township, { passed: true, villages });
    const posted = openNotice(checked, 'v1', policy, at('2027-01-10T09:00'));
    const objected = raiseObjection(posted, 'v1', 'o1', at('2027-01-12T09:00'));
    const noticed = closeNotice(open, 'v1', at('2027-01-18T00:00'));
    const cases: [Declaration, string, string, number, string, Partial<typeof facts>?][] = [
      [drafted, '2027-03-01', 'DECLARATION_OVERDUE', 1, ''],
      [submitted, '2027-01-12', 'CHECK_OVERDUE', 1, ''],
      [checked, '2027-01-11', 'POSTING_OVERDUE', 1, '甲村,乙村'],
      [posted, '2027-01-11', 'POSTING_OVERDUE', 1, '乙村'],
      [objected, '2027-01-19', 'OBJECTION_OVERDUE', 1, '甲村'],
      [open, '2027-01-21', 'NOTICE_OVERDUE', 1, '甲村'],
      [noticed, '2027-02-17', 'PAYMENT_OVERDUE', 1, ''],
      [startPayment(noticed, 1), '2027-02-17', 'PAYMENT_OVERDUE', 1, ''],
      [noticed, '2027-02-24', 'CLOSING_OVERDUE', 1, '', { isSettled: true }],
    ];
    for (const [declaration, onTime, code, days, names, more] of cases) {
      const dayAfter = addDays(businessDay(onTime), 1);
      expect(alarmsOf(declaration, onTime, more).filter(([late]) => late === code)).toEqual([]);
      expect(alarmsOf(declaration, dayAfter, more)).toContainEqual([code, days, names]);
    }
    const done = closeDeclaration(noticed, { unsettled: 0, corrections: 0, differing: 0 });
    expect(alarmsOf(done, '2030-01-01')).toEqual([]);
  });
});

describe('a change of a household’s account', () => {
  const proposed = { state: 'proposed', entityId: 'coop', requestedBy: 't1' } as const;

  it('is decided once, by another person, and never by the entity itself', () => {
    expect(() => decideAccountChange(proposed, township, true)).toThrow('ACCOUNT_CHANGE_SAME_PERSON');
    expect(() => decideAccountChange(proposed, entity, true)).toThrow('ACCOUNT_CHANGE_SAME_PERSON');
    const approved = decideAccountChange(proposed, { accountId: 't2' }, true);
    expect(approved.state).toBe('approved');
    expect(() => decideAccountChange(approved, { accountId: 't2' }, false)).toThrow('ACCOUNT_CHANGE_DECIDED');
  });
});
