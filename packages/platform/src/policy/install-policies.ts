import { createHash } from 'node:crypto';
import type { Policy } from '@bangfu/contracts/core/policy';
import type { Pool } from '@bangfu/data/pool';
import { typedSql } from '@bangfu/data/typed-sql';
import { systemCaller } from '../auth/system-caller.ts';
import type { PolicyTables } from './table.ts';

/** The id of a shipped version: the same in every database, so that what was decided by it is found again. */
export function shippedId(key: string, region: string, validFrom: string): string {
  const hex = createHash('sha256').update(`bangfu policy ${key} ${region} ${validFrom}`).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}

/**
 * Brings the shipped versions of a service's policies into its table. One that is there stays as it is: what was decided
 * by it was decided by that value; another figure is shipped as a version of a later day.
 */
export async function installPolicies(pool: Pool, policies: readonly Policy[]): Promise<void> {
  const system = systemCaller('', 'policies');
  const rows = policies.flatMap(({ key, seeds }) =>
    seeds.flatMap(({ validFrom, regions = [''], value, document, paragraph = '' }) =>
      regions.map((region) => ({
        id: shippedId(key, region, validFrom),
        county_code: null,
        region,
        key,
        valid_from: validFrom,
        value: JSON.stringify(value),
        document,
        paragraph,
        state: 'approved' as const,
        drafted_by: system.id,
        drafted_by_name: system.name,
        drafted_at: `${validFrom}T00:00:00+08:00`,
        approved_by: system.id,
        approved_by_name: system.name,
        approved_at: `${validFrom}T00:00:00+08:00`,
      })),
    ),
  );
  if (rows.length === 0) return;
  await typedSql<PolicyTables>(pool)
    .insertInto('policy')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
