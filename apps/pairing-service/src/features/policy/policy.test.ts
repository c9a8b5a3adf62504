import { call, type Connection } from '@bangfu/contracts/core/client';
import { callJob } from '@bangfu/contracts/core/list-job';
import type { AnswerOf } from '@bangfu/contracts/core/operation';
import { CadreImportReport, importCadres } from '@bangfu/contracts/pairing/cadres';
import {
  changePairingPolicy,
  discardPairingPolicy,
  draftPairingPolicy,
  enforcePairingPolicy,
  getPairingPolicy,
  listPairingPolicies,
  type PolicyContent,
  withdrawPairingPolicy,
} from '@bangfu/contracts/pairing/policy';
import { POLICY_STATES, POLICY_STEPS } from '@bangfu/domain/pairing/policy-steps';
import { addDays, businessDay } from '@bangfu/domain/shared/time';
import { OfferLog } from '@bangfu/platform/testing/offers';
import { grant, type TestService, testService } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildPairing } from '../../app.ts';
import { refused } from '../../testing/refused.ts';
import { feedRegions } from '../../testing/register.ts';
import { setPolicy } from '../../testing/policy.ts';

const TODAY = businessDay('2026-03-02');

let world: TestService;
let office: Connection;
let leader: Connection;
let other: Connection;
let content: PolicyContent;

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'pairing', buildPairing);
  world.setNow(new Date('2026-03-02T02:00:00Z'));
  office = world.as('office', grant('county-office'));
  leader = world.as('leader', grant('county-leader'));
  other = world.as('other-leader', grant('county-leader'));
  await feedRegions(world.urls.app);
  const body = Buffer.from('单位,姓名,职级\n水利局,水一,正职\n');
  await callJob(office, importCadres, CadreImportReport, { query: { name: '名单.csv', commit: 'true' }, body });
  ({ content } = await call(office, getPairingPolicy, {}));
});
afterAll(() => world.stop());

const withQuotas = (quota: (of: number) => number): PolicyContent => ({
  ...content,
  ranks: content.ranks.map((rule) => ({ ...rule, quota: quota(rule.quota) })),
});
const draft = (validFrom: string, more: { content?: PolicyContent; sureOfDays?: boolean } = {}, as = office) =>
  call(as, draftPairingPolicy, { body: { validFrom, document: '凌扶发〔2026〕7号', content, ...more } });
const at = ({ id, version }: { id: string; version: number }) => ({ params: { policyId: id }, body: { version } });
const rowOf = async (as: Connection, id: string) => {
  const row = (await call(as, listPairingPolicies, { query: { limit: 500 } })).rows.find((each) => each.id === id);
  if (!row) throw new Error(`no version ${id}`);
  return row;
};

describe('a draft of the policy', () => {
  it.each([
    ['0001-01-01', true, 'INVALID_INPUT'],
    ['9999-01-01', true, 'INVALID_INPUT'],
    ['2013-12-31', true, 'DAY_TOO_EARLY'],
    ['2014-01-01', false, 'DAY_UNUSUAL'],
    ['2014-01-01', true, null],
    [addDays(TODAY, -367), false, 'DAY_UNUSUAL'],
    [addDays(TODAY, -366), false, null],
    [addDays(TODAY, 366), false, null],
    [addDays(TODAY, 367), true, 'DAY_TOO_LATE'],
    ['2062-03-02', true, 'DAY_TOO_LATE'],
  ])('given the day %s, sure %s, then the answer is %s', async (day, sureOfDays, code) => {
    expect(await refused(draft(day, { sureOfDays }))).toBe(code);
  });

  it('given quotas of 0 for all ranks, then it is refused: nobody could help anybody', async () => {
    expect(await refused(draft('2026-04-01', { content: withQuotas(() => 0) }))).toBe('POLICY_NO_QUOTA');
    const [rank] = content.ranks;
    const twice = { ...content, ranks: [...content.ranks, ...(rank ? [rank] : [])] };
    expect(await refused(draft('2026-04-01', { content: twice }))).toBe('RANK_TWICE');
  });

  it('given one person who wrote at it, when he puts it in force, then he is refused and another is not', async () => {
    const both = world.as('both', grant('county-office'), grant('county-leader'));
    const made = await draft('2026-04-01');
    expect(await refused(call(office, enforcePairingPolicy, at(made)))).toBe('NOT_GRANTED');
    const changed = await call(both, changePairingPolicy, {
      params: { policyId: made.id },
      body: { validFrom: '2026-04-02', document: '凌扶发〔2026〕8号', content, version: made.version },
    });
    expect(await refused(call(both, enforcePairingPolicy, at(changed)))).toBe('POLICY_OWN');
    expect(await refused(call(leader, enforcePairingPolicy, at(made)))).toBe('CHANGED_MEANWHILE');
    expect(await call(leader, enforcePairingPolicy, at(changed))).toMatchObject({
      state: 'in-force',
      enforcerName: 'leader',
      validFrom: '2026-04-02',
    });
  });
});

describe('a policy in force', () => {
  const quotaOn = async (day: string) => {
    world.setNow(new Date(`${day}T02:00:00Z`));
    const found = await call(office, getPairingPolicy, {});
    world.setNow(new Date('2026-03-02T02:00:00Z'));
    return found.content.ranks[0]?.quota;
  };

  it('given a slip, when a version of the same day is put in force, then it replaces the first, and both are kept', async () => {
    const body = { validFrom: '2026-05-01', document: '办法' };
    const slip = await setPolicy(world, { ...body, content: withQuotas((quota) => quota * 10) });
    const right = await setPolicy(world, { ...body, content: withQuotas((quota) => quota + 1) });
    expect(right).toMatchObject({ state: 'in-force', supersedes: slip.id });
    expect(await rowOf(office, slip.id)).toMatchObject({ state: 'superseded', closerName: 'enforcer' });
    expect([await quotaOn('2026-04-30'), await quotaOn('2026-05-01')]).toEqual([5, 6]);
    // The same of one that holds already.
    const today = { validFrom: TODAY, document: '办法' };
    await setPolicy(world, { ...today, content: withQuotas(() => 9) });
    await setPolicy(world, { ...today, content: withQuotas(() => 8) });
    expect(await quotaOn(TODAY)).toBe(8);
    await setPolicy(world, { ...today, content });
  });

  it('given one for a day to come, when a second person takes it back, then it never holds', async () => {
    const made = await setPolicy(world, { validFrom: '2026-06-01', document: '办法', content: withQuotas(() => 7) });
    expect(await quotaOn('2026-06-01')).toBe(7);
    const body = { version: made.version, reason: '年份写错' };
    const params = { policyId: made.id };
    const enforcer = world.as('enforcer', grant('county-leader'));
    expect(await refused(call(enforcer, withdrawPairingPolicy, { params, body }))).toBe('POLICY_ENFORCER_WITHDRAWS');
    expect(await call(other, withdrawPairingPolicy, { params, body })).toMatchObject({
      state: 'withdrawn',
      closerName: 'other-leader',
      closeReason: '年份写错',
    });
    expect(await quotaOn('2026-06-01')).toBe(6);
    world.setNow(new Date('2026-06-02T02:00:00Z'));
    const [begun] = (await call(office, listPairingPolicies, { query: { limit: 500 } })).rows.filter(
      ({ state }) => state === 'in-force',
    );
    const late = { params: { policyId: begun?.id ?? '' }, body: { ...body, version: begun?.version ?? 1 } };
    expect(await refused(call(other, withdrawPairingPolicy, late))).toBe('POLICY_BEGUN');
    world.setNow(new Date('2026-03-02T02:00:00Z'));
  });

  it('keeps one version of a day in force whatever is written to the table', async () => {
    const client = new pg.Client({ connectionString: world.urls.app });
    await client.connect();
    try {
      const copy = `INSERT INTO pairing_policy (id, county_code, valid_from, document, content, state, account_id, account_name)
        SELECT uuidv7(), county_code, valid_from, document, content, 'in-force', account_id, account_name
        FROM pairing_policy WHERE state = 'in-force' LIMIT 1`;
      await expect(client.query(copy)).rejects.toThrow(/pairing_policy_in_force/);
    } finally {
      await client.end();
    }
  });
});

describe('given versions in every state', () => {
  type Row = AnswerOf<typeof listPairingPolicies>['rows'][number];
  const take = (as: Connection, step: Row['steps'][number]['step'], row: Row) => {
    switch (step) {
      case 'change': {
        const { validFrom, document } = row;
        const body = { validFrom, document, content: row.content, version: row.version, sureOfDays: true };
        return call(as, changePairingPolicy, { params: { policyId: row.id }, body });
      }
      case 'enforce':
        return call(as, enforcePairingPolicy, at(row));
      case 'withdraw':
        return call(as, withdrawPairingPolicy, { ...at(row), body: { version: row.version, reason: '写错' } });
      case 'discard':
        return call(as, discardPairingPolicy, at(row));
    }
  };

  it('when everybody tries every step, then what the list offers is what the service accepts', async () => {
    const both = world.as('both', grant('county-office'), grant('county-leader'));
    const readers = { auditor: world.as('auditor', grant('auditor')), office, both, leader, other };
    const discarded = await draft('2026-07-01');
    await call(leader, discardPairingPolicy, at(discarded));
    const late = await draft(addDays(TODAY, 366));
    const ahead = await draft('2026-08-01');
    await call(leader, enforcePairingPolicy, at(ahead));
    const again = await draft('2026-08-01', {}, both);
    await draft('2026-09-01');
    const log = new OfferLog();
    const { rows } = await call(office, listPairingPolicies, { query: { limit: 500 } });
    expect(rows.map(({ id }) => id)).toEqual(expect.arrayContaining([late.id, ahead.id, again.id]));
    const everybody = Object.entries(readers);
    for (const [n, { id, state, validFrom }] of rows.entries()) {
      // Who comes first ends a draft: each of them does once.
      const first = n % everybody.length;
      const inTurn = Object.fromEntries([...everybody.slice(first), ...everybody.slice(0, first)]);
      await log.tryAll({ readers: inTurn, name: `${state} ${validFrom}`, read: (as) => rowOf(as, id), take });
    }
    expect(log.wrong).toEqual([]);
    expect([...log.taken].sort()).toEqual([...POLICY_STEPS].sort());
    expect([...log.closed].sort()).toEqual([...POLICY_STEPS].sort());
    const after = await call(office, listPairingPolicies, { query: { limit: 500 } });
    expect(new Set(after.rows.map(({ state }) => state))).toEqual(new Set(POLICY_STATES.filter((s) => s !== 'draft')));
  });
});
