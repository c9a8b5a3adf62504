import { call } from '@bangfu/contracts/core/client';
import { findHouseholdKey } from '@bangfu/contracts/identification/households';
import { ROLES } from '@bangfu/domain/shared/roles';
import { openPool } from '@bangfu/data/pool';
import { grant, type TestService, testService } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { buildIdentification } from '../../../app.ts';
import { fillRegister } from '../../../testing/register.ts';

const NUMBER = '21138210100001';
let world: TestService;

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'identification', buildIdentification);
  await fillRegister(world.as('office', grant('county-office')), [
    { number: NUMBER, head: '户主', village: '佐杖子村村民委员会' },
  ]);
}, 60_000);
afterAll(() => world?.stop());

const find = async (query: { number?: string; id?: string }) =>
  (await call(world.gateway, findHouseholdKey, { query })).household;

it('given the gateway, then it finds a household by exactly its number or its id, and by nothing less', async () => {
  const household = await find({ number: NUMBER });
  expect(household?.number).toBe(NUMBER);
  expect(await find({ id: household?.id ?? '' })).toEqual(household);
  for (const query of [{ number: NUMBER.slice(0, -1) }, { number: '2113' }, { number: '%' }, {}]) {
    expect(await find(query), JSON.stringify(query)).toBeNull();
  }
});

it('given any role, then it is closed', async () => {
  for (const role of ROLES) {
    const asked = call(world.as(role, grant(role)), findHouseholdKey, { query: { number: NUMBER } });
    await expect(asked, role).rejects.toMatchObject({ problem: { status: 403 } });
  }
});

it('given many households, then a number is one look into an index', async () => {
  const pool = openPool(world.urls.migrator, 1);
  await pool.query('SET enable_seqscan = off');
  const { rows } = await pool.query<{ 'QUERY PLAN': string }>(
    `EXPLAIN SELECT id, number FROM household WHERE county_code = '211382000000' AND number = '${NUMBER}'`,
  );
  expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('household_county_code_number_key');
  await pool.end();
});
