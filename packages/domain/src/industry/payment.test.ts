import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOST_FOR_A_CONTRACT, MOST_FOR_A_HOUSEHOLD } from '../shared/bounds.ts';
import { fen } from '../shared/money.ts';
import { businessDay } from '../shared/time.ts';
import { policy } from './policy.fixture.ts';
import {
  beyondOffices,
  type CorrectionCase,
  correctedLines,
  demandConfirmable,
  demandCorrectable,
  demandDecidable,
  standingWord,
} from './line-steps.ts';
import {
  balance,
  type BankAnswer,
  type BankPayment,
  judgeReceipt,
  keptIncome,
  type PaymentLine,
  replacements,
  type SentLine,
} from './payment.ts';

const line: PaymentLine = {
  lineNumber: 1,
  householdNumber: '100001',
  amountFen: fen(1000),
  payableFen: fen(1000),
  state: 'open',
};
const batched: PaymentLine = { ...line, state: 'batched', batchId: 'b1' };
const paid: PaymentLine = { ...batched, state: 'paid' };
const sent: SentLine = { amountFen: fen(1000), payments: [] };
const payment: BankPayment = {
  id: 'p1',
  amountFen: fen(1000),
  reference: 'r1',
  paidOn: businessDay('2026-02-01'),
  isReturned: false,
};
const success = { kind: 'paid', amountFen: fen(1000), reference: 'r1' } as const;
const sentPaid: SentLine = { ...sent, payments: [payment] };
const sentReturned: SentLine = { ...sent, payments: [{ ...payment, isReturned: true }] };

describe('what the bank says of a line', () => {
  it('given a payment, then it is taken once, in its own batch, with the sum that was sent', () => {
    expect(judgeReceipt(batched, 'b1', sent, success)).toEqual({ kind: 'paid' });
    expect(judgeReceipt(paid, 'b1', sentPaid, success)).toEqual({ kind: 'unchanged' });
    expect(() => judgeReceipt(paid, 'b1', sentPaid, { ...success, reference: 'r2' })).toThrow('LINE_PAID');
    expect(() => judgeReceipt(batched, 'b2', undefined, success)).toThrow('RECEIPT_OTHER_BATCH');
    expect(() => judgeReceipt(batched, 'b2', { ...sent, rejection: '账号' }, success)).toThrow('RECEIPT_OTHER_BATCH');
    expect(() => judgeReceipt(batched, 'b1', sent, { ...success, amountFen: fen(999) })).toThrow('RECEIPT_AMOUNT');
    expect(() => judgeReceipt(paid, 'b1', sentPaid, { kind: 'failed' })).toThrow('LINE_PAID');
  });

  it('given that the bank pays after all what it rejected or returned, then it is taken while nobody sent it anew', () => {
    expect(judgeReceipt(line, 'b1', { ...sent, rejection: '账号' }, success)).toEqual({ kind: 'paid' });
    expect(judgeReceipt(line, 'b1', sentReturned, { ...success, reference: 'r2' })).toEqual({ kind: 'paid' });
    const other = { ...line, payableFen: fen(400) };
    expect(() => judgeReceipt(other, 'b1', { ...sent, rejection: '账号' }, success)).toThrow('RECEIPT_OTHER_BATCH');
    expect(() => judgeReceipt({ ...line, replacedBy: 2 }, 'b1', sentReturned, { ...success, reference: 'r2' })).toThrow(
      'LINE_REPLACED',
    );
  });

  it('given a return, then it takes back a payment that was made, once, whatever became of the line', () => {
    for (const kind of ['returned', 'given-back'] as const) {
      const returned = { kind: 'returned', payment };
      expect(judgeReceipt(paid, 'b1', sentPaid, { kind })).toEqual(returned);
      expect(judgeReceipt({ ...paid, replacedBy: 2 }, 'b1', sentPaid, { kind, amountFen: fen(1000) })).toEqual(
        returned,
      );
      for (const now of [line, { ...batched, batchId: 'b2' }, { ...paid, batchId: 'b2' }]) {
        expect(judgeReceipt(now, 'b1', sentReturned, { kind })).toEqual({ kind: 'unchanged' });
      }
      expect(() => judgeReceipt(paid, 'b1', sentPaid, { kind, amountFen: fen(1) })).toThrow('RECEIPT_AMOUNT');
    }
    expect(() => judgeReceipt(batched, 'b1', sent, { kind: 'returned' })).toThrow('RECEIPT_RETURN_UNPAID');
    expect(() => judgeReceipt(line, 'b1', undefined, { kind: 'returned' })).toThrow('RECEIPT_RETURN_UNPAID');
    expect(judgeReceipt(batched, 'b1', sent, { kind: 'given-back' })).toEqual({ kind: 'rejected' });
  });

  it('given any files in any order, then each brought again changes nothing, and one payment at most stands', () => {
    const answer: fc.Arbitrary<BankAnswer> = fc.oneof(
      fc.constantFrom('r1', 'r2', 'r3').map((reference) => ({ ...success, reference })),
      fc.constantFrom({ kind: 'failed' } as const, { kind: 'given-back' } as const, { kind: 'returned' } as const),
      fc.constantFrom('r1', 'r2').map((reference) => ({ kind: 'returned', reference }) as const),
    );
    const step = fc.record({ batch: fc.constantFrom('b1', 'b2', 'b3'), answer, sendFirst: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        let now: PaymentLine = line;
        const batches = new Map<string, SentLine>();
        const tell = (batch: string, said: BankAnswer): string => {
          const of = batches.get(batch);
          let effect: ReturnType<typeof judgeReceipt>;
          try {
            effect = judgeReceipt(now, batch, of, said);
          } catch {
            return 'refused';
          }
          if (effect.kind === 'unchanged' || !of) return effect.kind;
          if (effect.kind === 'paid' && said.kind === 'paid') {
            batches.set(batch, {
              ...of,
              payments: [...of.payments, { ...payment, id: said.reference, reference: said.reference }],
            });
            now = { ...now, state: 'paid', batchId: batch };
          } else if (effect.kind === 'rejected') {
            batches.set(batch, { ...of, rejection: '账号' });
            now = line;
          } else if (effect.kind === 'returned') {
            const { id } = effect.payment;
            batches.set(batch, {
              ...of,
              payments: of.payments.map((p) => (p.id === id ? { ...p, isReturned: true } : p)),
            });
            now = line;
          }
          return effect.kind;
        };
        for (const { batch, answer: said, sendFirst } of steps) {
          if (sendFirst && now.state === 'open' && !batches.has(batch)) {
            batches.set(batch, sent);
            now = { ...line, state: 'batched', batchId: batch };
          }
          const first = tell(batch, said);
          if (first !== 'refused') expect(tell(batch, said)).toBe('unchanged');
          const all = [...batches.values()].flatMap(({ payments }) => payments);
          expect(all.filter(({ isReturned }) => !isReturned).length).toBe(now.state === 'paid' ? 1 : 0);
        }
      }),
    );
  });
});

describe('the balance of a household', () => {
  const amount = fc.nat(5000);

  it('pays what it lacks or claims what it has beyond, never both, and its income is what it may keep', () => {
    fc.assert(
      fc.property(amount, amount, amount, (entitledFen, hadFen, claimedFen) => {
        const { payableFen, claimChangeFen, incomeFen } = balance({ entitledFen, hadFen, claimedFen });
        const claimed = claimedFen + claimChangeFen;
        expect(Math.min(payableFen, claimed)).toBe(0);
        expect(hadFen + payableFen - claimed).toBe(entitledFen);
        expect(incomeFen).toBe(hadFen - claimed);
      }),
    );
    expect(() => balance({ entitledFen: 0, hadFen: -1, claimedFen: 0 })).toThrow('RECEIPT_RETURN_COLLECTED');
  });

  it('leaves parts of the payments that add up to what is kept, the oldest first', () => {
    expect(keptIncome([fen(60), fen(20)], fen(70))).toEqual([60, 10]);
    expect(keptIncome([fen(60), fen(20)], fen(0))).toEqual([0, 0]);
  });
});

describe('a correction', () => {
  const household = { householdNumber: '100001', isOfContract: true, otherCorrectionOpen: false };
  const given: CorrectionCase = {
    state: 'proposed',
    madeBy: 'a',
    status: 'in-payment',
    line: paid,
    household,
    amountFen: fen(1200),
    leftFen: fen(0),
    totalFen: 5000,
  };
  const office = { id: 'b', isLeader: false };
  const decide = (change: Partial<CorrectionCase>, decider = office) =>
    demandDecidable({ ...given, ...change }, decider, 'approve', policy);

  it('moves an amount to a household of the contract, with a line or without, and leaves what is said', () => {
    const other: PaymentLine = { ...line, lineNumber: 2, householdNumber: '100002', amountFen: fen(300) };
    const toOther = { householdNumber: '100002', amountFen: fen(1000), leftFen: fen(0) };
    expect(replacements(paid, other, toOther)).toEqual([
      { householdNumber: '100002', amountFen: 1300, postedFen: 1300, replaces: 2 },
    ]);
    expect(replacements(paid, undefined, { ...toOther, amountFen: fen(600), leftFen: fen(400) })).toEqual([
      { householdNumber: '100001', amountFen: 400, postedFen: 400, replaces: 1 },
      { householdNumber: '100002', amountFen: 600, postedFen: 600, replaces: 1 },
    ]);
    expect(() => replacements(paid, { ...other, state: 'batched' }, toOther)).toThrow('LINE_IN_BATCH');
    expect(() => replacements(paid, other, { ...toOther, amountFen: fen(0) })).toThrow('CORRECTION_MOVES_NOTHING');
  });

  it('never posts more than was posted, so that corrections one after another reach no further than one', () => {
    const household3 = fc.constantFrom('h0', 'h1', 'h2');
    const step = fc.record({
      from: household3,
      to: household3,
      amount: fc.integer({ min: 1, max: 900 }),
      left: fc.nat(900),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const lines = new Map(
          ['h0', 'h1', 'h2'].map((h, i) => [h, { ...line, lineNumber: i + 1, householdNumber: h }]),
        );
        let number = 3;
        for (const { from, to, amount, left } of steps) {
          const own = lines.get(from);
          if (!own) continue;
          const other = to === from ? undefined : lines.get(to);
          const leftFen = fen(to === from ? 0 : left);
          const fresh = replacements(own, other, { householdNumber: to, amountFen: fen(amount), leftFen });
          lines.delete(from);
          lines.delete(to);
          for (const { householdNumber, amountFen, postedFen } of fresh) {
            number += 1;
            lines.set(householdNumber, { ...line, lineNumber: number, householdNumber, amountFen, postedFen });
          }
          const posted = [...lines.values()].reduce((sum, l) => sum + (l.postedFen ?? l.amountFen), 0);
          expect(posted).toBe(3000);
        }
      }),
    );
  });

  it('beyond the policy is the county leader’s, who may not propose it either', () => {
    expect(() => decide({ amountFen: fen(1200) })).not.toThrow();
    expect(() => decide({ amountFen: fen(1201) })).toThrow('CORRECTION_HIGHER_HAND');
    expect(() => decide({ amountFen: fen(1201) }, { id: 'l', isLeader: true })).not.toThrow();
    expect(() => decide({ amountFen: fen(1201) }, { id: 'a', isLeader: true })).toThrow('CORRECTION_SAME_PERSON');
    expect(() =>
      decide({ line: { ...paid, amountFen: fen(1200), postedFen: fen(1000) }, amountFen: fen(1201) }),
    ).toThrow('CORRECTION_HIGHER_HAND');
    const large = { ...paid, amountFen: fen(90_000_000) };
    const fresh = (amountFen: number) =>
      replacements(large, undefined, { householdNumber: '100001', amountFen: fen(amountFen), leftFen: fen(0) });
    expect([91_000_000, 91_000_001].map((sum) => beyondOffices(fresh(sum), policy) !== undefined)).toEqual([
      false,
      true,
    ]);
  });

  it('stays within what a line and a declaration can be, whoever decides', () => {
    const leader = { id: 'l', isLeader: true };
    const tries: [Partial<CorrectionCase>, boolean][] = [
      [{ amountFen: fen(MOST_FOR_A_HOUSEHOLD) }, true],
      [{ amountFen: fen(MOST_FOR_A_HOUSEHOLD + 1) }, false],
      [{ amountFen: fen(2 ** 53 - 1) }, false],
      [{ amountFen: fen(1001), totalFen: MOST_FOR_A_CONTRACT - 1 }, true],
      [{ amountFen: fen(1002), totalFen: MOST_FOR_A_CONTRACT - 1 }, false],
    ];
    for (const [change, holds] of tries) {
      const act = expect(() => decide(change, leader));
      if (holds) act.not.toThrow();
      else act.toThrow('SUM_TOO_LARGE');
    }
  });

  it('meets a line that is with the bank, replaced or waits already, a stranger, and a closed declaration', () => {
    expect(() => decide({ line: batched })).toThrow('LINE_IN_BATCH');
    expect(() => decide({ line: { ...paid, replacedBy: 2 } })).toThrow('LINE_REPLACED');
    expect(() => decide({ status: 'closed' })).toThrow('DECLARATION_CLOSED');
    expect(() => decide({ state: 'approved' })).toThrow('CORRECTION_DECIDED');
    const stranger = { ...household, householdNumber: '100009', isOfContract: false };
    expect(() => correctedLines({ ...given, household: stranger })).toThrow('LIST_HOUSEHOLD_UNKNOWN');
    const waiting = { ...household, householdNumber: '100002', otherLine: line, otherCorrectionOpen: true };
    expect(() => correctedLines({ ...given, household: waiting })).toThrow('CORRECTION_OPEN');
    expect(() => demandCorrectable(paid, { status: 'in-payment', correctionOpen: true })).toThrow('CORRECTION_OPEN');
    expect(() => demandCorrectable(paid, { status: 'closed', correctionOpen: false })).toThrow('DECLARATION_CLOSED');
  });
});

describe('what a household says it received', () => {
  const other = { isHousehold: false, pays: false };

  it('is taken from the household or who has no hand in paying, of a paid line, while the declaration is open', () => {
    expect(() => demandConfirmable(paid, { status: 'in-payment', witness: other })).not.toThrow();
    expect(() =>
      demandConfirmable(paid, { status: 'in-payment', witness: { isHousehold: true, pays: true } }),
    ).not.toThrow();
    expect(() => demandConfirmable(paid, { status: 'in-payment', witness: { ...other, pays: true } })).toThrow(
      'WITNESS_PAYS',
    );
    expect(() => demandConfirmable(line, { status: 'in-payment', witness: other })).toThrow('LINE_NOT_PAID');
    expect(() => demandConfirmable(paid, { status: 'closed', witness: other })).toThrow('DECLARATION_CLOSED');
  });

  it('stands over what was taken down for it, whichever came later', () => {
    const words = fc.array(fc.record({ isHousehold: fc.boolean(), receivedFen: fc.nat() }));
    fc.assert(
      fc.property(words, (all) => {
        const own = all.filter(({ isHousehold }) => isHousehold);
        expect(standingWord(all)).toBe((own.length > 0 ? own : all).at(-1));
      }),
    );
  });
});
