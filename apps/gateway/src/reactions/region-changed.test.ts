import { randomUUID } from 'node:crypto';
import { isWithin, regionCode } from '@bangfu/domain/shared/region';
import type { Grant } from '@bangfu/domain/shared/roles';
import { type RegionChanged, regionChanged } from '@bangfu/events/catalog/identification';
import { until } from '@bangfu/platform/testing/test-service';
import { wrongRegionColumns } from '@bangfu/platform/testing/region-columns';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { REGION_COLUMNS } from '../region-columns.ts';
import { region, seedAccount, startPlatformOfGrants } from '../testing/accounts.ts';
import { COUNTY, type TestPlatform } from '../testing/platform.ts';

const FIRST = '522325101000';
const SECOND = '522325102000';
/** The villages before the change, and their codes after it: the second township was merged into the first. */
const BECOMES = { '522325101204': '522325101204', '522325101205': '522325101205', '522325102001': '522325101001' };
const OTHER = '522325109001';

const evaluation = (...regions: string[]): Grant => ({
  role: 'evaluator',
  scope: { kind: 'evaluation', id: randomUUID(), regions, services: ['pairing'] },
  until: '2099-01-01T00:00:00.000Z',
});
const GRANTS: Readonly<Record<string, readonly Grant[]>> = {
  office: [region('county-office', COUNTY)],
  first: [region('township-officer', FIRST)],
  second: [region('township-leader', SECOND)],
  both: [region('township-officer', FIRST), region('township-officer', SECOND)],
  village: [region('village-officer', '522325102001')],
  other: [region('village-officer', OTHER)],
  evaluator: [evaluation(SECOND, OTHER)],
  helper: [{ role: 'helper', scope: { kind: 'helper', id: randomUUID() } }],
};

let platform: TestPlatform;
const people = new Map<string, Awaited<ReturnType<typeof seedAccount>>>();

beforeAll(async () => {
  ({ platform } = await startPlatformOfGrants());
  for (const [name, grants] of Object.entries(GRANTS)) people.set(name, await seedAccount(platform, name, grants));
});
afterAll(() => platform?.stop());

const line = (from: string, to: string, name: string) => ({
  from,
  to,
  id: randomUUID(),
  level: from.endsWith('000') ? 'township' : 'village',
  name,
  parentCode: from.endsWith('000') ? COUNTY : FIRST,
  townshipName: from.endsWith('000') ? null : '新镇',
});
const MERGE: RegionChanged = {
  changeId: randomUUID(),
  kind: 'merge',
  on: '2026-06-01',
  document: '民政〔2026〕1号',
  codes: [
    line(FIRST, FIRST, '新镇'),
    line(SECOND, FIRST, '新镇'),
    ...Object.entries(BECOMES).map(([from, to]) => line(from, to, to)),
  ],
  households: [],
};

/** The scopes of an account's grants, as its session says them. */
const scopesOf = async (name: string): Promise<Grant['scope'][]> => {
  const { body } = (await people.get(name)?.browser.call('GET', '/api/session')) ?? {};
  return ((body?.['grants'] ?? []) as Grant[]).map(({ scope }) => scope);
};
const codesOf = async (name: string): Promise<string[]> =>
  (await scopesOf(name))
    .flatMap((scope) => (scope.kind === 'region' ? [scope.code] : scope.kind === 'evaluation' ? scope.regions : []))
    .sort();
const holds = (codes: readonly string[], village: string) => codes.some((code) => isWithin(village, regionCode(code)));

test('each of its columns of divisions either follows their changes or keeps what was written', async () => {
  const { options } = platform.gateway.gateway.pool;
  expect(await wrongRegionColumns(options.connectionString ?? '', REGION_COLUMNS)).toEqual([]);
});

describe('given grants in two townships that are merged', () => {
  test('when it comes, then each holds exactly the villages it had, its key too, and the copy has the new divisions', async () => {
    const before = new Map<string, string[]>();
    for (const name of people.keys()) before.set(name, await codesOf(name));
    const office = people.get('office')?.browser;
    const counted = await office?.call('POST', '/api/grants/region-changes', {
      codes: MERGE.codes.map(({ from, to, level }) => ({ from, to, level })),
    });
    expect(counted?.body).toEqual({ grants: 6, ended: 0 });
    const given = { role: 'township-officer', scope: { kind: 'region', code: FIRST } };
    const made = await people.get('first')?.browser.call('POST', '/api/session/keys', { name: 'k', grants: [given] });
    expect(made?.status).toBe(201);

    await platform.publish(regionChanged.type, { ...MERGE });
    await until('the grants have followed', async () => (await codesOf('village')).join() === '522325101001');
    const villages = [...Object.entries(BECOMES), [OTHER, OTHER] as const];
    for (const [name, codes] of before) {
      const after = await codesOf(name);
      const had = villages.filter(([village]) => holds(codes, village));
      expect([name, ...villages.filter(([, village]) => holds(after, village))]).toEqual([name, ...had]);
    }
    expect(await codesOf('first')).toEqual(['522325101204', '522325101205']);
    expect(await codesOf('evaluator')).toEqual(['522325101001', OTHER]);
    expect(await codesOf('office')).toEqual([COUNTY]);

    const { sql } = platform.gateway.gateway;
    const [key] = await sql.selectFrom('api_key').select('grants').execute();
    expect(key?.grants?.map(({ scope }) => scope)).toEqual(await scopesOf('first'));
    const copy = await sql.selectFrom('region').orderBy('code').select(['code', 'name']).execute();
    expect(copy).toEqual([
      { code: FIRST, name: '新镇' },
      ...Object.values(BECOMES)
        .sort()
        .map((code) => ({ code, name: code })),
    ]);
    const { rows } = await platform.gateway.gateway.pool.query(
      `SELECT account_name FROM platform.audit_entry WHERE action = 'gateway.grants.followed'`,
    );
    expect(rows).toHaveLength(6);
  });
});
