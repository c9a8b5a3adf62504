import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fen } from '../../shared/money.ts';
import { demandTypable, INCOME_ITEMS, type IncomeEntry, incomeStatement } from './income.ts';

const surveyed = (item: IncomeEntry['item'], amount: number): IncomeEntry => ({
  item,
  amountFen: fen(amount),
  evidence: 'surveyed',
});

test('net income is wage, business, property and transfer less costs; per head half up to a fen', () => {
  const entries = [
    surveyed('wage', 1_000_000),
    surveyed('business', 200_001),
    surveyed('property', 30_000),
    { item: 'pension', amountFen: fen(120_000), evidence: 'paid', reference: 'p1' } as const,
    { item: 'allowance', amountFen: fen(50_000), evidence: 'paid', reference: 'a1' } as const,
    surveyed('costs', 100_000),
  ];
  expect(incomeStatement(entries, 2)).toEqual({
    wageFen: 1_000_000,
    businessFen: 200_001,
    propertyFen: 30_000,
    transferFen: 170_000,
    costsFen: 100_000,
    netFen: 1_300_001,
    perCapitaFen: 650_001,
  });
});

test('a farm that loses money has a negative net income', () => {
  expect(incomeStatement([surveyed('costs', 101)], 2)).toMatchObject({ netFen: -101, perCapitaFen: -51 });
});

test.each<[IncomeEntry[], number, string]>([
  [[], 0, 'INCOME_NO_MEMBERS'],
  [[surveyed('wage', -1)], 1, 'INCOME_NEGATIVE'],
  [[{ item: 'wage', amountFen: fen(1), evidence: 'declared' }], 1, 'INCOME_EVIDENCE_MISSING'],
  [
    Array(2).fill({ item: 'wage', amountFen: fen(1), evidence: 'declared', reference: 'd1' }),
    1,
    'INCOME_EVIDENCE_TWICE',
  ],
])('refused: %j over %i is %s', (entries, members, code) => {
  expect(() => incomeStatement(entries, members)).toThrow(code);
});

test('what another service sent is never typed in again', () => {
  const entries: IncomeEntry[] = [{ item: 'wage', amountFen: fen(1), evidence: 'declared', reference: 'd1' }];
  expect(() => demandTypable(entries, 'wage')).toThrow('INCOME_ALREADY_EVIDENCED');
  expect(() => demandTypable(entries, 'business')).not.toThrow();
});

test('per head times members is never more than half a fen a head away from the net income', () => {
  const entry = fc.record({
    item: fc.constantFrom(...INCOME_ITEMS),
    amountFen: fc.integer({ min: 0, max: 100_000_000 }).map(fen),
    evidence: fc.constant('surveyed' as const),
  });
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 20 }), fc.integer({ min: 1, max: 15 }), (entries, members) => {
      const s = incomeStatement(entries, members);
      expect(s.netFen).toBe(entries.reduce((sum, e) => sum + (e.item === 'costs' ? -e.amountFen : e.amountFen), 0));
      expect(Math.abs(s.perCapitaFen * members - s.netFen) * 2).toBeLessThanOrEqual(members);
    }),
  );
});
