import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { refusalOf } from '../shared/errors.ts';
import { addDays, addMonths, businessDay } from '../shared/time.ts';
import { lastDayOfCare } from './care.ts';
import { endPairing, type PairingChain } from './pairing.ts';

const day = businessDay;
const days = fc.integer({ min: 0, max: 6000 }).map((n) => addDays(day('2014-01-01'), n));

describe('the care after an exit', () => {
  it('counts months of the calendar, to the last of a shorter one', () => {
    expect(addMonths(day('2026-11-20'), 36)).toBe('2029-11-20');
    expect(addMonths(day('2026-01-31'), 1)).toBe('2026-02-28');
    expect(addMonths(day('2028-01-31'), 1)).toBe('2028-02-29');
    expect(addMonths(day('2026-12-15'), 1)).toBe('2027-01-15');
    expect(addMonths(day('2026-01-15'), -1)).toBe('2025-12-15');
    fc.assert(
      fc.property(days, fc.integer({ min: 0, max: 240 }), (from, count) => {
        const to = addMonths(from, count);
        const months = (text: string) => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7));
        expect(months(to) - months(from)).toBe(count);
        expect(to.slice(8) <= from.slice(8)).toBe(true);
        // The same day, or the last one of its month.
        expect(to.slice(8) === from.slice(8) || addDays(to, 1).slice(8) === '01').toBe(true);
      }),
    );
  });

  it('given any exit day and policy, then a pairing ends from the day after the care on, counted from the own exit', () => {
    fc.assert(
      fc.property(
        fc.option(days),
        fc.integer({ min: 0, max: 60 }),
        fc.option(days),
        days,
        (exitedOn, careMonths, careUntil, on) => {
          const chain: PairingChain = { householdId: 'h', links: [{ helperId: 'a', from: day('2010-01-01') }] };
          const last = lastDayOfCare(exitedOn, { careMonths, careUntil });
          const household = { status: 'exited', careUntil: last } as const;
          const code = refusalOf(() => endPairing(chain, household, { on, today: on, reason: '期满' }))?.code ?? null;
          const free = exitedOn === null ? careUntil && addDays(careUntil, 1) : addMonths(exitedOn, careMonths);
          expect(code).toBe(free === null ? 'EXIT_DAY_UNKNOWN' : on >= free ? null : 'PAIRING_IN_CARE');
        },
      ),
    );
  });

  it('is 36 months where the policy says nothing', () => {
    expect(lastDayOfCare(day('2026-11-20'), { careMonths: 36, careUntil: '2025-12-31' })).toBe('2029-11-19');
  });
});
