import type { Discrepancy } from '@bangfu/contracts/evaluation/discrepancies';
import { comparedItems, type ItemPair, type RegisteredValues } from '@bangfu/domain/evaluation/discrepancy';
import type { HouseholdReturn } from '@bangfu/domain/evaluation/return';
import { maskName } from '@bangfu/domain/shared/person-name';
import { pgSql } from '@bangfu/data/sql';
import type { Actor } from '@bangfu/platform/db/command';
import { readsOf } from '@bangfu/platform/db/reads';
import { likeAny } from '@bangfu/data/scope';
import type { Evaluation } from '../../db/client.ts';
import { getVisible } from '../evaluations/evaluation.repository.ts';
import { evaluatorPrefixes, samplePrefixes, seesNames } from '../evaluations/looks.ts';

type Place = Pick<Discrepancy, 'householdNumber' | 'townshipName' | 'villageName' | 'headName'>;

interface Row extends Place, RegisteredValues {
  readonly villageCode: string;
  readonly answer: HouseholdReturn;
}

/** A difference with the code of its village, by which the list is sorted. */
export type Difference = Discrepancy & { readonly villageCode: string };

/** What was compared of an evaluation's returns, and where they differ, by household number and item. */
export interface Compared {
  readonly name: string;
  readonly pairs: readonly ItemPair[];
  readonly differences: readonly Difference[];
}

/**
 * Compares the returns that are in with the register as it was frozen, within the places in which the caller may see
 * the sample. Names are masked for auditors.
 * @throws Refusal 404 @throws DomainError SAMPLE_CLOSED
 */
export async function compareReturns(service: Evaluation, actor: Actor, evaluationId: string): Promise<Compared> {
  const sql = pgSql(readsOf(service, actor.caller));
  const evaluation = await getVisible(sql, evaluationId, actor.caller);
  const prefixes = samplePrefixes(actor, evaluation);
  const isOpen = seesNames(actor) || evaluatorPrefixes(actor.caller, evaluationId).length > 0;
  const rows = await sql.query<Row>(
    `SELECT f.household_number AS "householdNumber", f.township_name AS "townshipName", f.village_name AS "villageName", f.village_code AS "villageCode",
       f.head_name AS "headName", f.stratum, f.persons, g.per_capita_income_fen::float8 AS "perCapitaIncomeFen", r.answer
     FROM household_return r
     JOIN frame_row f ON f.evaluation_id = r.evaluation_id AND f.household_number = r.household_number
     LEFT JOIN frame_register g ON g.evaluation_id = f.evaluation_id AND g.household_number = f.household_number
     WHERE r.evaluation_id = $1::uuid AND f.village_code LIKE ANY ($2::text[]) AND NOT EXISTS (
       SELECT 1 FROM household_return c WHERE c.evaluation_id = r.evaluation_id AND c.corrects = r.return_id)
     ORDER BY f.household_number`,
    [evaluationId, likeAny(prefixes)],
  );
  const compared = rows.map((row) => ({ row, items: comparedItems(row.answer, row) }));
  return {
    name: evaluation.name,
    pairs: compared.flatMap(({ items }) => items),
    differences: compared.flatMap(({ row, items }) =>
      items
        .filter(({ registered, found }) => registered !== found)
        .map((pair) => ({
          householdNumber: row.householdNumber,
          townshipName: row.townshipName,
          villageName: row.villageName,
          villageCode: row.villageCode,
          headName: isOpen ? row.headName : maskName(row.headName),
          ...pair,
        })),
    ),
  };
}
