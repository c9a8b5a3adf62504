import { repeatedKeys, SAME_ID_RULE } from '@bangfu/domain/identification/quality/identity';
import { idCore } from '@bangfu/domain/shared/id-number';
import type { PoolClient } from '@bangfu/service-kit/db/pool';
import type { Cipher } from '@bangfu/service-kit/secrets/cipher';
import type { KeptBreach } from './rule-rows.ts';

interface Subject {
  readonly id: string;
  readonly householdId: string;
  readonly villageCode: string;
  readonly isAsked: boolean;
}

/**
 * The persons of the households asked for who stand on the register twice (rule 1_01_001), whoever the other one
 * belongs to. The register refuses the same number twice, so one of the two is there by a disability certificate.
 * @param condition picks the households `h`; its parameters are numbered from $1
 */
export async function sameIdBreaches(
  client: PoolClient,
  cipher: Cipher,
  county: string,
  condition: string,
  params: readonly unknown[],
): Promise<KeptBreach[]> {
  const find = async <Row>(columns: string, rest: string, more: readonly unknown[] = []) => {
    const { rows } = await client.query<Subject & Row>(
      `SELECT p.id, h.id AS "householdId", h.village_code AS "villageCode", (${condition}) AS "isAsked", ${columns}
       FROM person p JOIN household h ON h.id = p.household_id
       WHERE p.county_code = $${params.length + 1} AND h.status <> 'none' AND ${rest}`,
      [...params, county, ...more],
    );
    return rows;
  };
  const certified = await find<{ idSealed: Buffer }>('p.id_sealed AS "idSealed"', 'p.has_certificate');
  if (certified.length === 0) return [];
  const keyed = certified.map((row) => ({ ...row, key: cipher.index('id', idCore(cipher.open(row.idSealed))) }));
  const numbered = await find<{ key: Buffer }>(
    'p.id_index AS key',
    `NOT p.has_certificate AND p.id_index = ANY ($${params.length + 2}::bytea[])`,
    [keyed.map(({ key }) => key)],
  );
  const all = [...keyed, ...numbered];
  const repeated = new Set(repeatedKeys(all.map(({ id, key }) => [id, key.toString('hex')] as const)));
  return all
    .filter(({ id, isAsked }) => isAsked && repeated.has(id))
    .map(({ id, householdId, villageCode }) => ({ householdId, villageCode, ruleId: SAME_ID_RULE.id, subjectId: id }));
}
