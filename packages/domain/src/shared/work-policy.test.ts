import { expect, test } from 'vitest';
import { businessDay } from './time.ts';
import { WORK_POLICIES, type WorkDays, workDue } from './work-policy.ts';

const [shipped] = WORK_POLICIES;
const kinds = Object.keys(shipped?.days ?? {}) as (keyof WorkDays)[];

test.each(kinds)('%s has its days, and a later version holds for what begins to wait from its day on', (kind) => {
  const day = businessDay('2026-03-31');
  expect(workDue(kind, day) > day).toBe(true);
  const days = Object.fromEntries(kinds.map((each) => [each, 40])) as unknown as WorkDays;
  const later = { effectiveFrom: businessDay('2026-04-01'), document: '县办〔2026〕1号', days };
  expect(workDue(kind, day, [later, ...WORK_POLICIES])).toBe(workDue(kind, day));
  expect(workDue(kind, businessDay('2026-04-01'), [...WORK_POLICIES, later])).toBe('2026-05-11');
  expect(() => workDue(kind, day, [later])).toThrow('POLICY_NONE');
});
