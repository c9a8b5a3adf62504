import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fen } from '../shared/money.ts';
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
  startPayment,
  submitDeclaration,
} from './declaration.ts';
import {
  applyReceipt,
  batchLine,
  confirmReceived,
  correctLine,
  effectiveTotal,
  keptIncome,
  type PaymentLine,
  paymentLine,
  unsettledLines,
} from './payment.ts';

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
    expect(closeDeclaration(paying, done).status).toBe('closed');
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

describe('a payment line', () => {
  const line = paymentLine(1, '100001', fen(1000));
  const batched = batchLine(line, 'b1');
  const receipt = { batchId: 'b1', amountFen: fen(1000), reference: 'r1' };
  const paid = applyReceipt(batched, receipt);
  const fix = {
    lineNumber: 2,
    householdNumber: '100001',
    amountFen: fen(1200),
    reason: '更正',
    madeBy: 'a',
    checkedBy: 'b',
  };

  it('is paid once: a repeated receipt changes nothing, another one is refused, a second batch too', () => {
    expect(applyReceipt(paid, receipt)).toBe(paid);
    expect(() => applyReceipt(paid, { ...receipt, reference: 'r2' })).toThrow('LINE_PAID');
    expect(() => applyReceipt(paid, { batchId: 'b1', rejection: '账号错误' })).toThrow('LINE_PAID');
    expect(() => batchLine(paid, 'b2')).toThrow('LINE_NOT_PAYABLE');
    expect(() => batchLine(batched, 'b2')).toThrow('LINE_NOT_PAYABLE');
    expect(() => applyReceipt(batched, { ...receipt, batchId: 'b2' })).toThrow('RECEIPT_OTHER_BATCH');
    expect(() => applyReceipt(batched, { ...receipt, amountFen: fen(999) })).toThrow('RECEIPT_AMOUNT');
  });

  it('given a rejection by the bank, then it is open again and can go into another batch', () => {
    const rejected = applyReceipt(batched, { batchId: 'b1', rejection: '账号错误' });
    expect(rejected).toMatchObject({ state: 'open', rejection: '账号错误' });
    expect(rejected).not.toHaveProperty('batchId');
    expect(batchLine(rejected, 'b2').state).toBe('batched');
  });

  it('given a household that names another sum, then the difference is told', () => {
    expect(confirmReceived(paid, fen(1000)).differs).toBe(false);
    expect(confirmReceived(paid, fen(800))).toMatchObject({ differs: true, line: { confirmedFen: 800 } });
    expect(() => confirmReceived(batched, fen(800))).toThrow('LINE_NOT_PAID');
  });

  it('given a correction of a paid line, then only the difference is paid, or recovered', () => {
    expect(correctLine(paid, fix).replacement).toMatchObject({
      amountFen: 1200,
      payableFen: 200,
      state: 'open',
      replaces: 1,
    });
    const less = correctLine(paid, { ...fix, amountFen: fen(700) });
    expect(less.replacement).toMatchObject({ payableFen: 0, state: 'void' });
    expect(less.reversed).toMatchObject({ replacedBy: 2, recoverableFen: 300 });
    const other = correctLine(paid, { ...fix, householdNumber: '100002', amountFen: fen(1000) });
    expect([other.reversed.recoverableFen, other.replacement.payableFen]).toEqual([1000, 1000]);
    expect(effectiveTotal([less.reversed, less.replacement])).toBe(700);
  });

  it('refuses to correct a line with the bank, a replaced one, alone or without a reason', () => {
    expect(() => correctLine(batched, fix)).toThrow('LINE_IN_BATCH');
    expect(() => correctLine(correctLine(paid, fix).reversed, fix)).toThrow('LINE_REPLACED');
    expect(() => correctLine(paid, { ...fix, checkedBy: 'a' })).toThrow('CORRECTION_SAME_PERSON');
    expect(() => correctLine(paid, { ...fix, reason: '' })).toThrow('DECLARATION_REASON_MISSING');
  });

  it('never pays twice: whatever is corrected and paid, each household ends with what its standing line says', () => {
    const step = fc.record({
      household: fc.nat(1),
      amount: fc.nat(2000),
      payFirst: fc.boolean(),
      rejectFirst: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.nat(2000), fc.array(step, { maxLength: 6 }), (first, steps) => {
        const lines: PaymentLine[] = [paymentLine(1, 'h0', fen(first))];
        const got = new Map<string, number>();
        /** By line: what of its payment is income of its household. */
        const income = new Map<number, number>();
        const pay = (rejectFirst: boolean) => {
          const last = lines.at(-1) as PaymentLine;
          if (last.state !== 'open') return;
          let sent = batchLine(last, 'x');
          if (rejectFirst) sent = batchLine(applyReceipt(sent, { batchId: 'x', rejection: '账号' }), 'x');
          lines[lines.length - 1] = applyReceipt(sent, { batchId: 'x', amountFen: sent.payableFen, reference: 'r' });
          got.set(sent.householdNumber, (got.get(sent.householdNumber) ?? 0) + sent.payableFen);
          income.set(sent.lineNumber, sent.payableFen);
        };
        for (const s of steps) {
          if (s.payFirst) pay(s.rejectFirst);
          const correction = {
            ...fix,
            lineNumber: lines.length + 1,
            householdNumber: `h${s.household}`,
            amountFen: fen(s.amount),
          };
          const { reversed, replacement, keptFen } = correctLine(lines.at(-1) as PaymentLine, correction);
          lines.splice(-1, 1, reversed, replacement);
          const others = lines.findLastIndex(
            (l) => l !== replacement && l.householdNumber !== reversed.householdNumber,
          );
          const payments = lines.slice(others + 1).filter((l) => l.state === 'paid');
          const kept = keptIncome(
            payments.map((l) => l.payableFen),
            keptFen,
          );
          for (const [i, { lineNumber }] of payments.entries()) income.set(lineNumber, kept[i] ?? 0);
        }
        pay(false);
        expect(unsettledLines(lines)).toBe(0);
        for (const l of lines) got.set(l.householdNumber, (got.get(l.householdNumber) ?? 0) - (l.recoverableFen ?? 0));
        const standing = lines.at(-1) as PaymentLine;
        for (const [household, net] of got)
          expect(net).toBe(household === standing.householdNumber ? standing.amountFen : 0);
        expect(effectiveTotal(lines)).toBe(standing.amountFen);
        for (const household of got.keys()) {
          const own = lines.filter((l) => l.householdNumber === household);
          const told = own.reduce((sum, l) => sum + (income.get(l.lineNumber) ?? 0), 0);
          expect(told).toBe(household === standing.householdNumber ? standing.amountFen : 0);
        }
      }),
    );
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
