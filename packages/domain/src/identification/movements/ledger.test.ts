import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, businessDay } from '../../shared/time.ts';
import { demandBalanced, demandMovement, ledgerBetween, MOVEMENT_TERMS, type Movement, stockOn } from './ledger.ts';

const START = businessDay('2023-12-30');
const movement = (change: Partial<Movement> = {}): Movement => ({
  on: businessDay('2024-01-01'),
  villageCode: '211382100001',
  term: 'newly-registered',
  households: 1,
  persons: 3,
  reason: '新识别',
  evidence: 'case-1',
  ...change,
});
const movements = fc.array(
  fc.record({
    on: fc.integer({ min: 0, max: 5 }).map((n) => addDays(START, n)),
    villageCode: fc.constantFrom('211382100001', '211382100002', '211382101001'),
    term: fc.constantFrom(...MOVEMENT_TERMS),
    households: fc.integer({ min: 0, max: 5 }),
    persons: fc.integer({ min: 0, max: 20 }),
    reason: fc.constant('r'),
    evidence: fc.constant('e'),
  }),
  { maxLength: 40 },
);
const offset = fc.integer({ min: -1, max: 6 });

test('for any movements, any two days and any division the ledger balances with the stock counted independently', () => {
  fc.assert(
    fc.property(
      movements,
      offset,
      offset,
      fc.constantFrom('211382', '211382100', '211382100001'),
      (all, a, b, prefix) => {
        const [from, to] = [addDays(START, Math.min(a, b)), addDays(START, Math.max(a, b))];
        const ledger = ledgerBetween(all, prefix, from, to);
        expect(ledger.opening).toEqual(stockOn(all, prefix, from));
        demandBalanced(ledger, stockOn(all, prefix, to));
      },
    ),
  );
});

test('the ledgers of neighbouring periods join, and those of the townships add up to the county', () => {
  fc.assert(
    fc.property(movements, (all) => {
      const [first, middle, last] = [addDays(START, 0), addDays(START, 2), addDays(START, 4)];
      expect(ledgerBetween(all, '211382', first, middle).closing).toEqual(
        ledgerBetween(all, '211382', middle, last).opening,
      );
      const parts = ['211382100', '211382101'].map((prefix) => ledgerBetween(all, prefix, first, last).closing);
      const whole = ledgerBetween(all, '211382', first, last).closing;
      expect(parts.reduce((sum, part) => sum + part.persons, 0)).toBe(whole.persons);
      expect(parts.reduce((sum, part) => sum + part.households, 0)).toBe(whole.households);
    }),
  );
});

test('a birth and a death move persons and leave the household; an exit takes both', () => {
  const all = [
    movement(),
    movement({ on: businessDay('2024-01-02'), term: 'birth', households: 0, persons: 1 }),
    movement({ on: businessDay('2024-01-03'), term: 'death', households: 0, persons: 1 }),
    movement({ on: businessDay('2024-01-04'), term: 'exited', households: 1, persons: 3 }),
  ];
  const ledger = ledgerBetween(all, '211382', businessDay('2024-01-01'), businessDay('2024-01-04'));
  expect(ledger.opening).toEqual({ households: 1, persons: 3 });
  expect(ledger.terms.birth).toEqual({ households: 0, persons: 1 });
  expect(ledger.closing).toEqual({ households: 0, persons: 0 });
});

test('a register that counts otherwise is refused', () => {
  const ledger = ledgerBetween([movement()], '', START, businessDay('2024-01-01'));
  expect(() => demandBalanced(ledger, { households: 1, persons: 4 })).toThrow('LEDGER_UNBALANCED');
  expect(() => demandBalanced(ledger, { households: 1, persons: 3 })).not.toThrow();
});

test.each<[Partial<Movement>, string]>([
  [{ reason: ' ' }, 'MOVEMENT_INCOMPLETE'],
  [{ evidence: '' }, 'MOVEMENT_INCOMPLETE'],
  [{ households: 0, persons: 0 }, 'MOVEMENT_COUNT_INVALID'],
  [{ persons: -1 }, 'MOVEMENT_COUNT_INVALID'],
  [{ term: 'marriage-in' }, 'MOVEMENT_COUNT_INVALID'],
])('a movement with %j is refused: %s', (change, code) => {
  expect(() => demandMovement(movement(change))).toThrow(code);
  expect(() => demandMovement(movement())).not.toThrow();
});
