import { randomUUID } from 'node:crypto';
import { amount, policy } from '@bangfu/contracts/core/policy';
import { openPool, type Pool } from '@bangfu/data/pool';
import { typedSql } from '@bangfu/data/typed-sql';
import { addDays, type BusinessDay, businessDay } from '@bangfu/domain/shared/time';
import { migratedDatabase } from '@bangfu/testkit/migrated-database';
import '@bangfu/testkit/postgres';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { installPolicies } from './install-policies.ts';
import { policyOn, policyVersions } from './policy-on.ts';
import type { PolicyTables } from './table.ts';

const COUNTY = '211382000000';
const START = businessDay('2025-01-01');
const declare = (key: string, isYearly: boolean) =>
  policy({
    service: 'training',
    key,
    label: { zh: '试行标准', en: 'trial standard' },
    isYearly,
    schema: z.object({
      days: amount('天数', 'days', 'day', { max: 100 }),
      added: amount('新项', 'new', 'day', { max: 9 }).default(5),
    }),
    seeds: [
      { validFrom: '2025-01-01', value: { days: 1, added: 5 }, document: '国家' },
      { validFrom: '2026-01-01', value: { days: 2, added: 5 }, document: '国家' },
      { validFrom: '2025-06-01', regions: ['21', '61'], value: { days: 3, added: 5 }, document: '省' },
    ],
  });

let pool: Pool;
beforeAll(async () => {
  pool = openPool((await migratedDatabase(inject('postgresUrl'), 'training')).app, 2);
});
afterAll(() => pool.end());

interface Own {
  readonly day: number;
  readonly county: string;
  readonly state: 'draft' | 'approved' | 'withdrawn';
}

/** A county's day after day: the last version that began, its own before its province's before the country's. */
function replay(own: readonly (Own & { days: number })[], until: BusinessDay, isYearly: boolean): number | null {
  let county: number | null = null;
  let province: number | null = null;
  let country: number | null = null;
  for (let day = START; day <= until; day = addDays(day, 1)) {
    if (isYearly && day.endsWith('-01-01')) county = province = country = null;
    if (day === '2025-01-01') country = 1;
    if (day === '2026-01-01') country = 2;
    if (day === '2025-06-01') province = 3;
    const begun = own.find(
      (each) => each.county === COUNTY && each.state === 'approved' && addDays(START, each.day) === day,
    );
    if (begun) county = begun.days;
  }
  return county ?? province ?? country;
}

it('property: the version in force on any day is that of a replay over all versions', async () => {
  const read = typedSql<PolicyTables>(pool);
  const version = fc.record<Own>({
    day: fc.integer({ min: 0, max: 700 }),
    county: fc.constantFrom(COUNTY, COUNTY, '610000000000'),
    state: fc.constantFrom('approved', 'approved', 'draft', 'withdrawn'),
  });
  const versions = fc.uniqueArray(version, { selector: ({ day, county }) => `${county}${day}`, maxLength: 10 });
  const daysAsked = fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 3, maxLength: 6 });
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(versions, daysAsked, fc.boolean(), async (drawn, asked, isYearly) => {
      const trial = declare(`trial-${runs++}`, isYearly);
      await installPolicies(pool, [trial]);
      await installPolicies(pool, [trial]);
      const own = drawn.map((each, at) => ({ ...each, days: 10 + at }));
      if (own.length > 0) {
        await read
          .insertInto('policy')
          .values(
            own.map((each) => ({
              id: randomUUID(),
              county_code: each.county,
              key: trial.key,
              valid_from: addDays(START, each.day),
              // Kept before the field `added` was.
              value: JSON.stringify({ days: each.days }),
              document: '县',
              state: each.state,
              drafted_by: 'a',
              drafted_by_name: 'a',
              drafted_at: new Date(),
              approved_by: 'b',
              approved_by_name: 'b',
            })),
          )
          .execute();
      }
      for (const days of asked) {
        const day = addDays(START, days);
        const expected = replay(own, day, isYearly);
        const found = policyOn(read, COUNTY, trial, day);
        if (expected === null)
          await expect(found).rejects.toMatchObject({ code: 'POLICY_YEAR_MISSING', params: { year: day.slice(0, 4) } });
        else expect((await found).value).toEqual({ days: expected, added: 5 });
        expect((await policyVersions(read, COUNTY, trial)).find(day)).toEqual(expected === null ? null : await found);
      }
    }),
    { numRuns: 60 },
  );
}, 60_000);

it('given a day before the first version, then it says that there is none', async () => {
  const trial = declare('trial-none', false);
  await installPolicies(pool, [trial]);
  const found = policyOn(typedSql<PolicyTables>(pool), COUNTY, trial, businessDay('2024-12-31'));
  await expect(found).rejects.toMatchObject({ code: 'POLICY_NONE' });
});

it('when the version in force is looked up, then by its index alone', async () => {
  const client = await pool.connect();
  try {
    await client.query('SET enable_seqscan = off');
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(
      `EXPLAIN SELECT id FROM platform.policy WHERE key = 'x' AND state = 'approved' AND valid_from <= '2026-01-01'`,
    );
    expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('policy_in_force');
  } finally {
    await client.query('RESET enable_seqscan');
    client.release();
  }
});
