import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Fen, fen } from '../shared/money.ts';
import { addDays, type BusinessDay, businessDay } from '../shared/time.ts';
import { computeDividend } from './dividend.ts';
import { type ContractDays, demandDaysWithin, dividendPeriods, findPeriod, heldDays } from './dividend-period.ts';

const FIRST = businessDay('2000-01-01');
const anyDay = fc.nat(12_000).map((count) => addDays(FIRST, count));
const anyContract: fc.Arbitrary<ContractDays> = fc
  .record({
    from: anyDay,
    length: fc.nat(3000),
    dividendYear: fc.constantFrom('calendar' as const, 'contract' as const),
  })
  .map(({ from, length, dividendYear }) => ({ from, to: addDays(from, length), dividendYear }));

/** Every day from one to another, told off one by one. */
function* tellOff(from: BusinessDay, to: BusinessDay): Generator<BusinessDay> {
  for (let day = from; day <= to; day = addDays(day, 1)) yield day;
}

describe('the dividend years of a contract', () => {
  it('given calendar years, then each is the part of the year in which the contract runs', () => {
    const contract = {
      from: businessDay('2023-07-01'),
      to: businessDay('2025-03-31'),
      dividendYear: 'calendar',
    } as const;
    expect(dividendPeriods(contract)).toEqual([
      { from: '2023-07-01', to: '2023-12-31', year: 2023, yearDays: 365 },
      { from: '2024-01-01', to: '2024-12-31', year: 2024, yearDays: 366 },
      { from: '2025-01-01', to: '2025-03-31', year: 2025, yearDays: 365 },
    ]);
  });

  it('given a contract from September to August, then a dividend year is twelve months of it', () => {
    const contract = {
      from: businessDay('2023-09-01'),
      to: businessDay('2025-10-31'),
      dividendYear: 'contract',
    } as const;
    expect(dividendPeriods(contract)).toEqual([
      { from: '2023-09-01', to: '2024-08-31', year: 2024, yearDays: 366 },
      { from: '2024-09-01', to: '2025-08-31', year: 2025, yearDays: 365 },
      { from: '2025-09-01', to: '2025-10-31', year: 2025, yearDays: 365 },
    ]);
    expect(findPeriod(contract, 2025)?.from).toBe('2024-09-01');
    expect(findPeriod(contract, 2025, '2025-09-01')?.to).toBe('2025-10-31');
    expect(findPeriod(contract, 2026)).toBeUndefined();
  });

  it('given a contract from 29 February, then no day is lost in the years that have none', () => {
    const contract = {
      from: businessDay('2024-02-29'),
      to: businessDay('2028-12-31'),
      dividendYear: 'contract',
    } as const;
    expect(dividendPeriods(contract).map(({ from, yearDays }) => [from, yearDays])).toEqual([
      ['2024-02-29', 366],
      ['2025-03-01', 365],
      ['2026-03-01', 365],
      ['2027-03-01', 365],
      ['2028-02-29', 366],
    ]);
  });

  it('given any contract, then every day of it is in exactly one, and none is longer than its year', () => {
    fc.assert(
      fc.property(anyContract, (contract) => {
        const periods = dividendPeriods(contract);
        const days = periods.flatMap(({ from, to }) => [...tellOff(from, to)]);
        expect(days).toEqual([...tellOff(contract.from, contract.to)]);
        for (const period of periods) {
          expect([365, 366]).toContain(period.yearDays);
          expect(heldDays(period, period)).toBeLessThanOrEqual(period.yearDays);
          expect(findPeriod(contract, period.year, period.from)).toEqual(period);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('a household’s own days', () => {
  it('lie within the contract', () => {
    const contract = { from: businessDay('2025-01-01'), to: businessDay('2025-12-31') };
    const days = (from: string, to: string) => () =>
      demandDaysWithin({ from: businessDay(from), to: businessDay(to) }, contract);
    expect(days('2025-01-01', '2025-12-31')).not.toThrow();
    expect(days('2024-12-31', '2025-12-31')).toThrow('HOUSEHOLD_DAYS_OUTSIDE');
    expect(days('2025-01-01', '2026-01-01')).toThrow('HOUSEHOLD_DAYS_OUTSIDE');
    expect(days('2025-03-02', '2025-03-01')).toThrow('HOUSEHOLD_DAYS_REVERSED');
  });

  it('given a whole dividend year, leap or not, then the guarantee is the whole rate', () => {
    for (const year of [2023, 2024]) {
      const contract = {
        from: businessDay('2022-01-01'),
        to: businessDay('2026-12-31'),
        dividendYear: 'calendar',
      } as const;
      const period = findPeriod(contract, year);
      if (!period) throw new Error('no such year');
      const member = {
        householdId: 'a',
        householdNumber: '1',
        stakeFen: fen(1_000_000),
        heldDays: heldDays(contract, period),
      };
      const terms = { kind: 'share', guaranteedBp: 800, profitShareBp: 0 } as const;
      expect(computeDividend(terms, [member], { days: period.yearDays, distributableFen: fen(0) }).totalFen).toBe(
        80_000,
      );
    }
  });

  it('given random contracts, then each guarantee is what a recount day by day comes to, and no fen is lost', () => {
    const household = fc.record({
      stake: fc.integer({ min: 1, max: 1_000_000_000 }),
      a: fc.nat(3000),
      b: fc.nat(3000),
    });
    fc.assert(
      fc.property(
        anyContract,
        fc.array(household, { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 10_000 }),
        (contract, list, rate) => {
          const members = list.map(({ stake, a, b }, n) => {
            const clip = (count: number) => {
              const day = addDays(contract.from, count);
              return day > contract.to ? contract.to : day;
            };
            const [from, to] = [clip(Math.min(a, b)), clip(Math.max(a, b))];
            return { householdId: `h${n}`, householdNumber: String(100 + n), stake, from, to };
          });
          for (const period of dividendPeriods(contract)) {
            const held = members.map((m) => ({ ...m, stakeFen: fen(m.stake), heldDays: heldDays(m, period) }));
            const sheet = computeDividend({ kind: 'share', guaranteedBp: rate, profitShareBp: 0 }, held, {
              days: period.yearDays,
              distributableFen: fen(0),
            });
            // The recount tells off the days and knows nothing of the other rules.
            let sum = 0n;
            const yearDays = BigInt(period.yearDays);
            const exact = members.map((m) => {
              let days = 0n;
              for (const day of tellOff(period.from, period.to)) if (day >= m.from && day <= m.to) days += 1n;
              const parts = BigInt(m.stake) * BigInt(rate) * days;
              sum += parts;
              return parts;
            });
            const scale = 10_000n * yearDays;
            const total = (2n * sum + scale) / (2n * scale);
            expect(BigInt(sheet.totalFen)).toBe(total);
            let paid = 0n;
            sheet.lines.forEach((line, i) => {
              const floor = (exact[i] ?? 0n) / scale;
              expect(BigInt(line.guaranteedFen)).toBe(floor);
              expect([floor, floor + 1n]).toContain(BigInt(line.amountFen));
              paid += BigInt(line.amountFen satisfies Fen);
            });
            expect(paid).toBe(total);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
