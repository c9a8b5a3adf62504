import type { Discrepancy } from '@bangfu/contracts/evaluation/discrepancies';
import { inRegions } from '@bangfu/data/scope';
import { comparedItems, type ItemPair } from '@bangfu/domain/evaluation/discrepancy';
import { maskName } from '@bangfu/domain/shared/person-name';
import { isUncorrected } from '../../db/uncorrected.ts';
import type { QueryCall } from '@bangfu/platform/operation/operation';
import type { Tables } from '../../operations.ts';
import { getVisible } from '../evaluations/evaluation.repository.ts';
import { evaluatorPrefixes, samplePrefixes, seesNames } from '../evaluations/looks.ts';

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
export async function compareReturns(
  call: Pick<QueryCall<unknown, Tables>, 'read' | 'caller' | 'now'>,
  evaluationId: string,
): Promise<Compared> {
  const { read, caller } = call;
  const evaluation = await getVisible(read, evaluationId, caller);
  const prefixes = samplePrefixes(call, evaluation);
  const isOpen = seesNames(call) || evaluatorPrefixes(caller, evaluationId).length > 0;
  const rows = await read
    .selectFrom('household_return as r')
    .innerJoin('frame_row as f', (join) =>
      join.onRef('f.evaluation_id', '=', 'r.evaluation_id').onRef('f.household_number', '=', 'r.household_number'),
    )
    .leftJoin('frame_register as g', (join) =>
      join.onRef('g.evaluation_id', '=', 'f.evaluation_id').onRef('g.household_number', '=', 'f.household_number'),
    )
    .select([
      'f.household_number as householdNumber',
      'f.township_name as townshipName',
      'f.village_name as villageName',
      'f.village_code as villageCode',
      'f.head_name as headName',
      'f.stratum',
      'f.persons',
      'g.per_capita_income_fen as perCapitaIncomeFen',
      'r.answer',
    ])
    .where('r.evaluation_id', '=', evaluationId)
    .where((eb) => inRegions(eb.ref('f.village_code'), prefixes))
    .where((eb) => isUncorrected(eb))
    .orderBy('f.household_number')
    .execute();
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
