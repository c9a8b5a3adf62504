import { repeatedKeys, SAME_ID_RULE } from '@bangfu/domain/identification/quality/identity';
import { idCore } from '@bangfu/domain/shared/id-number';
import type { PoolClient } from '@bangfu/data/pool';
import type { Cipher } from '@bangfu/platform/secrets/cipher';
import type { KeptBreach } from './rule-rows.ts';
import { PERSON_ID } from '../../db/sealed.ts';

/** Selects every person of the county $1 with what the rule of one number asks of him and his household. */
export const REGISTER_PERSONS = `SELECT p.id AS person_id, h.id AS household_id, h.village_code, h.status, h.monitored_kind,
    p.has_certificate, p.id_sealed, p.id AS sealed_for, p.id_index
  FROM person p JOIN household h ON h.id = p.household_id WHERE p.county_code = $1`;

/** A subject of assistance: registered, exited, returned or monitored (data-quality-rules). */
const IS_SUBJECT = `(s.status <> 'none' OR s.monitored_kind IS NOT NULL)`;

/**
 * The subjects who stand on the register twice (rule 1_01_001), both of each pair. The register refuses the same number
 * twice, so one of the two is there by a disability certificate.
 * @param persons a query in the columns of `REGISTER_PERSONS`; its only parameter is the county, $1
 */
export async function sameIdBreaches(
  client: PoolClient,
  cipher: Cipher,
  persons: string,
  county: string,
): Promise<KeptBreach[]> {
  const find = async <Row>(columns: string, condition: string, more: readonly unknown[] = []) => {
    const { rows } = await client.query<Omit<KeptBreach, 'ruleId' | 'policyId'> & Row>(
      `SELECT s.person_id AS "subjectId", s.household_id AS "householdId", s.village_code AS "villageCode", ${columns}
       FROM (${persons}) s WHERE ${IS_SUBJECT} AND ${condition}`,
      [county, ...more],
    );
    return rows;
  };
  const certified = await find<{ idSealed: Buffer; sealedFor: string }>(
    's.id_sealed AS "idSealed", s.sealed_for::text AS "sealedFor"',
    's.has_certificate',
  );
  if (certified.length === 0) return [];
  const keyed = certified.map(({ idSealed, sealedFor, ...row }) => ({
    ...row,
    key: cipher.index('id', idCore(cipher.open(PERSON_ID, sealedFor, idSealed))),
  }));
  const keys = keyed.map(({ key }) => key);
  const numbered = await find<{ key: Buffer }>(
    's.id_index AS key',
    'NOT s.has_certificate AND s.id_index = ANY ($2::bytea[])',
    [keys],
  );
  const all = [...keyed, ...numbered];
  const repeated = new Set(repeatedKeys(all.map(({ subjectId, key }) => [subjectId, key.toString('hex')] as const)));
  return all
    .filter(({ subjectId }) => repeated.has(subjectId))
    .map(({ householdId, villageCode, subjectId }) => ({
      householdId,
      villageCode,
      ruleId: SAME_ID_RULE.id,
      subjectId,
      policyId: null,
    }));
}
