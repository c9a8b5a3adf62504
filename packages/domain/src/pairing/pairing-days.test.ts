import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { refusalOf } from '../shared/errors.ts';
import { addDays, businessDay } from '../shared/time.ts';
import { demandChangeDay } from './pairing-days.ts';
import { type Visit, visitIssues } from './visit.ts';
import { VISIT_POLICY } from './policy.fixture.ts';

const today = businessDay('2026-03-02');

describe('the days of pairings', () => {
  it('given any day, when a change is dated on it, then far ahead is refused and far back is asked', () => {
    fc.assert(
      fc.property(fc.integer({ min: -40_000, max: 20_000 }), fc.integer({ min: 1, max: 366 }), (n, aheadDays) => {
        const refused = (isSure: boolean) =>
          refusalOf(() => demandChangeDay(addDays(today, n), { today, aheadDays, isSure }))?.code ?? null;
        const late = n > aheadDays ? 'DAY_TOO_LATE' : null;
        expect([refused(false), refused(true)]).toEqual([late ?? (n < -366 ? 'DAY_UNUSUAL' : null), late]);
      }),
    );
  });

  it('given any day of a visit, when it is recorded, then one of too long ago is refused in words', () => {
    const visit: Omit<Visit, 'at'> = {
      noPositionReason: '无信号',
      peopleMet: ['户主'],
      seen: '房屋安全',
      needs: [],
      photos: ['p'],
      acknowledgement: { kind: 'signature', by: '户主' },
    };
    const given = {
      now: new Date(`${today}T04:00:00Z`),
      pairedFrom: businessDay('1990-01-01'),
      policy: VISIT_POLICY,
    };
    fc.assert(
      fc.property(fc.integer({ min: -9000, max: 0 }), (n) => {
        const at = new Date(`${addDays(today, n)}T03:00:00Z`);
        const codes = visitIssues({ ...visit, at }, given).map(({ code }) => code);
        expect(codes).toEqual(n < -92 ? ['VISIT_TOO_OLD'] : []);
      }),
    );
  });
});
