import { expect, test } from 'vitest';
import { versionOn } from './policy.ts';
import { businessDay, type BusinessDay } from './time.ts';
import { workDue } from './work-policy.ts';

const version = (validFrom: string, days: number) => ({
  validFrom: businessDay(validFrom),
  countyCode: null,
  region: '',
  value: { 'plan-to-approve': days },
});
const versions = [version('2026-04-01', 40), version('2010-01-01', 7)];
const deadlines = {
  on(day: BusinessDay) {
    const found = versionOn(versions, { county: '360734', day, isYearly: false });
    if (!found) throw new Error('none');
    return found;
  },
};

test('a later version is for what begins to wait from its day on', () => {
  expect(workDue(deadlines, 'plan-to-approve', businessDay('2026-03-31'))).toBe('2026-04-07');
  expect(workDue(deadlines, 'plan-to-approve', businessDay('2026-04-01'))).toBe('2026-05-11');
  expect(() => workDue(deadlines, 'plan-to-approve', businessDay('2009-12-31'))).toThrow('none');
});
