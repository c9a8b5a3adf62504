import { expect, test } from 'vitest';
import { addDays, businessDay, businessDayOf } from '../../shared/time.ts';
import { CASE_KINDS, type CasePolicy } from '../policy/policy.ts';
import { CASES } from '../policy/policy.fixture.ts';
import { dueDay, overdueDays } from './deadline.ts';
import { handle } from './decide.ts';
import { missingFor } from './missing.ts';
import { PROCEDURES } from './steps.ts';
import type { CaseCommand, CaseState } from './types.ts';

const shipped = CASES;
const policyOf = () => shipped;
const shanghai = (text: string) => new Date(`${text}+08:00`);
const village = { accountId: 'v', role: 'village-officer' } as const;
const householdId = '018f0000-0000-7000-8000-000000000001' as CaseState['householdId'];
const opened = (kind: CaseState['kind'], at: Date, policy: CasePolicy = shipped) =>
  handle(null, { type: 'openCase', by: village, caseId: 'c', kind, householdId, on: businessDayOf(at) }, at, policy)
    .state;

test.each(CASE_KINDS.flatMap((kind) => PROCEDURES[kind].slice(1).map(({ id }) => [kind, id] as const)))(
  '%s, %s: the policy sets its days, and it is over when the last of them has ended in Shanghai',
  (kind, id) => {
    const since = shanghai('2026-03-02T23:59:59');
    const state: CaseState = { ...opened(kind, since), deadline: null, pending: [id], since: since.toISOString() };
    const days = shipped.stepDays[kind][id] ?? 0;
    expect(days).toBeGreaterThan(0);
    const due = addDays(businessDay('2026-03-02'), days);
    expect(dueDay(state, policyOf)).toBe(due);
    expect(missingFor(state, shanghai(`${due}T23:59:59.999`), policyOf)).toMatchObject({
      deadline: due,
      overdueDays: 0,
    });
    const after = new Date(shanghai(`${due}T23:59:59.999`).getTime() + 1);
    expect(missingFor(state, after, policyOf)).toMatchObject({ deadline: due, overdueDays: 1 });
  },
);

test('days changed by a later policy hold for steps that become due from its day on', () => {
  const later: CasePolicy = { ...shipped, stepDays: { ...shipped.stepDays, registration: { survey: 4 } } };
  const versions = (day: string) => (day >= '2026-04-01' ? later : shipped);
  const before = opened('registration', shanghai('2026-03-31T23:59:59'));
  const from = opened('registration', shanghai('2026-04-01T00:00:00'));
  expect(dueDay(before, versions)).toBe('2026-04-15');
  expect(dueDay(from, versions)).toBe('2026-04-05');
});

test('a notice: to be put up, then to be taken down after its days, an objection to be answered in between', () => {
  const day = businessDay('2026-03-02');
  const at = (text: string, state: CaseState, command: CaseCommand) =>
    handle(state, command, shanghai(text), shipped).state;
  const ready: CaseState = { ...opened('registration', shanghai('2026-03-02T09:00:00')), pending: ['village-notice'] };
  expect(dueDay(ready, policyOf)).toBe('2026-03-05');
  const hung = at('2026-03-02T10:00:00', ready, { type: 'openNotice', by: village, contentHash: 'h' });
  const closable = addDays(day, 1 + shipped.noticeFullDays.registration.village);
  expect(dueDay(hung, policyOf)).toBe(addDays(closable, shipped.noticeCloseDays));
  const objected = at('2026-03-04T10:00:00', hung, {
    type: 'fileObjection',
    by: { accountId: '', role: 'public' },
    objectionId: 'o',
  });
  expect(dueDay(objected, policyOf)).toBe(addDays(businessDay('2026-03-04'), shipped.objectionAnswerDays));
});

test('the last day of the procedure comes first where it is earlier; an ended case has none', () => {
  const state = opened('monitoring', shanghai('2026-03-02T09:00:00'));
  const late: CaseState = { ...state, since: shanghai('2026-03-17T09:00:00').toISOString() };
  expect(dueDay(late, policyOf)).toBe('2026-03-17');
  expect(dueDay({ ...late, status: 'completed', pending: [] }, policyOf)).toBeNull();
  expect(overdueDays(businessDay('2026-03-17'), businessDay('2026-03-17'))).toBe(0);
});
