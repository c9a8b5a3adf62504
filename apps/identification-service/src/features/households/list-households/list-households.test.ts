import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { HouseholdFilter } from '@bangfu/contracts/identification/households';
import type { Caller } from '@bangfu/platform/auth/caller';
import { openPool, type Pool } from '@bangfu/data/pool';
import { typedSql } from '@bangfu/data/typed-sql';
import { encodeCursor } from '@bangfu/platform/http/page';
import { pageQuery } from '@bangfu/platform/http/typed-page';
import { firstIndexKey, makeCipher } from '@bangfu/platform/secrets/cipher';
import { readDataKeys } from '@bangfu/platform/secrets/data-keys';
import { grant, type TestService, testService } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildIdentification } from '../../../app.ts';
import { fillRegister } from '../../../testing/register.ts';
import type { Tables } from '../../../operations.ts';
import { askedHouseholds, HOUSEHOLD_ORDER } from './list-households.ts';

const HOUSEHOLDS = 4000;
const TOWNSHIP = '211382101000';
const REGIONS = new URL('../../../../../../packages/testkit/fixtures/regions/211382.csv', import.meta.url);
/** The villages of the township, among which the households lie as they do in a county. */
const VILLAGES = readFileSync(REGIONS, 'utf8')
  .split('\n')
  .map((line) => line.trim().split(','))
  .filter(([, level, , parent]) => level === 'village' && parent === TOWNSHIP)
  .map(([, , name]) => name ?? '');

let world: TestService;
let database: Pool;

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'identification', buildIdentification);
  const households = Array.from({ length: HOUSEHOLDS }, (_, i) => ({
    number: `211382101${String(i + 1).padStart(5, '0')}`,
    head: `户主${i + 1}`,
    village: VILLAGES[i % VILLAGES.length] ?? '',
  }));
  await fillRegister(world.as('office', grant('county-office')), households);
  database = openPool(world.urls.migrator, 1);
  await database.query(
    `INSERT INTO quality_breach (household_id, rule_id, subject_id, county_code, village_code, policy_id)
     SELECT h.id, r.rule, h.id, h.county_code, h.village_code,
       (SELECT p.id FROM platform.policy p WHERE p.key = 'quality-rules' ORDER BY p.valid_from DESC LIMIT 1)
     FROM household h, (VALUES ('5_15_015', 2), ('2_01_001', 20)) r (rule, each)
     WHERE h.number::bigint % r.each = 0`,
  );
  await database.query('ANALYZE household, person, quality_breach');
}, 60_000);
afterAll(async () => {
  await database.end();
  await world.stop();
});

interface Plan {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly Plans?: readonly Plan[];
}
const scanned = (plan: Plan): string[] => [
  ...(plan['Node Type'] === 'Seq Scan' && plan['Relation Name'] ? [plan['Relation Name']] : []),
  ...(plan.Plans ?? []).flatMap(scanned),
];

/** The tables PostgreSQL would read from end to end to answer. */
async function readWhole(text: string, values: readonly unknown[]): Promise<string[]> {
  const { rows } = await database.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(`EXPLAIN (FORMAT JSON) ${text}`, [
    ...values,
  ]);
  const [plan] = rows[0]?.['QUERY PLAN'] ?? [];
  if (!plan) throw new Error('no plan');
  // The divisions are a few hundred rows: reading them whole is right.
  return scanned(plan.Plan).filter((table) => table !== 'region');
}

describe('given a register of some thousands of households', () => {
  const caller = (code?: string): Caller => {
    const usable = [grant('county-office', code)];
    const account = { id: 'office', name: 'office', countyCode: '211382000000', grants: usable };
    return { ...account, usable, address: '', requestId: '' };
  };
  const keys = readDataKeys(randomBytes(32).toString('base64'));
  const cipher = makeCipher({
    database: 'identification',
    keys,
    indexKey: firstIndexKey(keys.current),
    opensFirstForm: false,
  });

  it.each([
    ['the plain list', {}],
    ['a name', { search: '户主399' }],
    ['a number', { search: '2113821010399' }],
    ['the end of an ID number', { search: '1234' }],
    ['a rule', { rule: '2_01_001' }],
  ])(
    'when an officer of the county or of a township asks for %s, then no table is read whole',
    async (_what, asked) => {
      for (const code of [undefined, TOWNSHIP]) {
        const filter = HouseholdFilter.parse(asked);
        const list = askedHouseholds(typedSql<Tables>(database), caller(code), filter, cipher);
        const deep = encodeCursor(undefined, ['21138210102000', '00000000-0000-7000-8000-000000000000']);
        for (const cursor of [undefined, deep]) {
          const page = pageQuery(list, HOUSEHOLD_ORDER, { limit: 50, cursor }).compile();
          expect(await readWhole(page.sql, page.parameters)).toEqual([]);
        }
      }
    },
  );
});
