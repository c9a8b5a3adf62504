import { describe, expect, it } from 'vitest';
import { refusalOf } from '../../shared/errors.ts';
import { addDays, type BusinessDay, businessDay, businessDayOf } from '../../shared/time.ts';
import { CASE_KINDS } from '../policy/policy.ts';
import { CASES } from '../policy/policy.fixture.ts';
import { handle } from './decide.ts';
import { PROCEDURES } from './steps.ts';
import type { CaseState } from './types.ts';

const NOW = new Date('2026-06-01T04:00:00Z');
const today = businessDayOf(NOW);
const { usual, most } = CASES.openedWithinDays;

/** What opening a case of a kind on a day comes to. */
function opening(kind: (typeof CASE_KINDS)[number], on: BusinessDay, isSureOfDays: boolean): string {
  const by = { accountId: 'a', role: PROCEDURES[kind][0]?.roles[0] ?? ('public' as const) };
  const householdId = '018f0000-0000-7000-8000-000000000001' as CaseState['householdId'];
  const command = { type: 'openCase', by, caseId: 'c', kind, householdId, on, isSureOfDays } as const;
  return refusalOf(() => handle(null, command, NOW, CASES))?.code ?? 'opened';
}

describe.each(CASE_KINDS)('given the opening of a case of the kind %s', (kind) => {
  it.each([
    [businessDay('0001-01-01'), 'DAY_TOO_EARLY', 'DAY_TOO_EARLY'],
    [addDays(today, -most - 1), 'DAY_TOO_EARLY', 'DAY_TOO_EARLY'],
    // A slip in the year is asked about; who is sure may say so.
    [addDays(today, -365), 'DAY_UNUSUAL', 'opened'],
    [addDays(today, -usual - 1), 'DAY_UNUSUAL', 'opened'],
    [addDays(today, -usual), 'opened', 'opened'],
    [today, 'opened', 'opened'],
    [addDays(today, 1), 'CASE_DAY_FUTURE', 'CASE_DAY_FUTURE'],
    [businessDay('2062-06-01'), 'CASE_DAY_FUTURE', 'CASE_DAY_FUTURE'],
  ])('when it is entered for %s, then it is %s, and for who is sure %s', (on, asked, sure) => {
    expect([opening(kind, on, false), opening(kind, on, true)]).toEqual([asked, sure]);
  });
});
