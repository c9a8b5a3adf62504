import { describe, expect, it } from 'vitest';
import { businessDay } from '../shared/time.ts';
import { decideAccountChange } from './account-change.ts';
import { DEFAULT_INDUSTRY_POLICY as policy } from './contract.ts';
import {
  answerObjection,
  checkDeclaration,
  closeDeclaration,
  closeNotice,
  draftDeclaration,
  lateAlarm,
  openNotice,
  raiseObjection,
  reopenPayment,
  startPayment,
  submitDeclaration,
} from './declaration.ts';

const at = (text: string) => new Date(`${text}:00+08:00`);
const entity = { accountId: 'e1', entityId: 'coop' };
const township = { accountId: 't1' };
const LINES = { lines: 3, computing: false, outdated: false, totalFen: 3000 };
const drafted = draftDeclaration('coop', businessDay('2026-12-31'), at('2027-01-02T09:00'));
const submitted = submitDeclaration(drafted, entity, LINES, at('2027-01-05T09:00'));
const open = openNotice(checkDeclaration(submitted, township, { passed: true }), policy, at('2027-01-10T09:00'));

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
    expect(() => checkDeclaration(submitted, { accountId: 'e1' }, { passed: true })).toThrow('DECLARATION_SAME_PERSON');
    expect(() => checkDeclaration(submitted, { accountId: 'e2', entityId: 'coop' }, { passed: true })).toThrow(
      'DECLARATION_SAME_PERSON',
    );
    const returned = checkDeclaration(submitted, township, { passed: false, reason: '名单有误' });
    expect(returned).toMatchObject({ status: 'drafted', revision: 2, returnReason: '名单有误' });
    expect(submitDeclaration(returned, entity, LINES, at('2027-01-06T09:00'))).not.toHaveProperty('returnReason');
  });

  it('given seven full days, then the notice closes on the eighth and not before', () => {
    expect(() => closeNotice(open, at('2027-01-17T23:59'))).toThrow('NOTICE_RUNNING');
    expect(closeNotice(open, at('2027-01-18T00:00')).status).toBe('noticed');
  });

  it('given an objection, then it stops the notice; dismissed, the clock resumes; upheld, it is drafted anew', () => {
    const objected = raiseObjection(open, 'o1', at('2027-01-12T10:00'));
    expect(() => closeNotice(objected, at('2027-02-18T00:00'))).toThrow('OBJECTION_OPEN');
    const dismissed = answerObjection(objected, 'o1', { upheld: false, text: '经核实无误' }, at('2027-01-13T10:00'));
    expect(() => closeNotice(dismissed, at('2027-01-19T23:59'))).toThrow('NOTICE_RUNNING');
    expect(closeNotice(dismissed, at('2027-01-20T00:00')).status).toBe('noticed');
    expect(() => answerObjection(dismissed, 'o1', { upheld: true, text: 'x' }, at('2027-01-14T10:00'))).toThrow(
      'OBJECTION_ANSWERED',
    );
    expect(() => answerObjection(open, 'o1', { upheld: true, text: 'x' }, at('2027-01-14T10:00'))).toThrow(
      'OBJECTION_UNKNOWN',
    );
    const upheld = answerObjection(objected, 'o1', { upheld: true, text: '漏列一户' }, at('2027-01-13T10:00'));
    expect(upheld).toMatchObject({ status: 'drafted', revision: 2 });
    expect(upheld).not.toHaveProperty('notice');
  });

  it('is paid only after the notice and closed only when every line is settled', () => {
    expect(() => startPayment(open, 3)).toThrow('DECLARATION_STATUS');
    const paying = startPayment(closeNotice(open, at('2027-01-18T00:00')), 3);
    expect(startPayment(paying, 3)).toEqual(paying);
    const done = { unsettled: 0, corrections: 0, differing: 0 };
    expect(closeDeclaration(closeNotice(open, at('2027-01-18T00:00')), done).status).toBe('closed');
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

  it('raises an alarm when late', () => {
    expect(lateAlarm(drafted, businessDay('2027-03-01'), policy)).toBeNull();
    expect(lateAlarm(drafted, businessDay('2027-03-02'), policy)).toEqual({
      code: 'DECLARATION_OVERDUE',
      params: { days: 1 },
    });
    const noticed = closeNotice(open, at('2027-01-18T00:00'));
    expect(lateAlarm(noticed, businessDay('2027-02-17'), policy)).toBeNull();
    expect(lateAlarm(noticed, businessDay('2027-02-18'), policy)).toEqual({
      code: 'PAYMENT_OVERDUE',
      params: { days: 1 },
    });
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
