import type { QueryOf } from '@bangfu/contracts/core/operation';
import * as contract from '@bangfu/contracts/evaluation/evaluations';
import { StratumCode } from '@bangfu/contracts/evaluation/plan';
import { inRegions } from '@bangfu/data/scope';
import { orderOf } from '@bangfu/data/typed-order';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { maskName } from '@bangfu/domain/shared/person-name';
import { regionPrefixes } from '@bangfu/platform/auth/caller';
import { pageOfList } from '@bangfu/platform/http/typed-page';
import { query, type Tables } from '../../../operations.ts';
import { getVisible } from '../evaluation.repository.ts';
import { noteEvaluator, seesNames } from '../looks.ts';

const frame = (read: ReadSql<Tables>) =>
  read
    .selectFrom('frame_row')
    .select([
      'household_number as householdNumber',
      'village_code as villageCode',
      'township_name as townshipName',
      'village_name as villageName',
      'head_name as headName',
      'stratum',
      'persons',
    ]);

const ORDER = orderOf<QueryOf<typeof contract.listFrame>>()(frame, ({ text, person, stage, number }) => ({
  columns: {
    householdNumber: text('household_number'),
    headName: person('head_name'),
    villageName: text('village_code'),
    stratum: stage('stratum', StratumCode.options),
    persons: number('persons'),
  },
  own: [text('household_number')],
}));

/** The frozen frame within the caller's region, by household number. */
export const listFrame = query(contract.listFrame, async (call) => {
  const { read, caller, query: asked } = call;
  const { evaluationId } = call.params;
  const { stratum } = asked;
  await getVisible(read, evaluationId, caller);
  await noteEvaluator(call, contract.listFrame, evaluationId, asked);
  const seen = frame(read)
    .where('evaluation_id', '=', evaluationId)
    .where((eb) => inRegions(eb.ref('village_code'), regionPrefixes(caller)));
  const rows = stratum ? seen.where('stratum', '=', stratum) : seen;
  const page = await pageOfList(rows, ORDER, asked, !seesNames(call));
  if (seesNames(call)) return page;
  return { ...page, rows: page.rows.map((row) => ({ ...row, headName: maskName(row.headName) })) };
});
