import * as contract from '@bangfu/contracts/identification/imports';
import { query } from '../../../operations.ts';
import { getVisible } from '../import.repository.ts';

/** How many problems there are of each code in each village; without a village last. @throws Refusal 404 */
export const countImportProblems = query(contract.countImportProblems, async ({ read, caller, params }) => {
  await getVisible(read, params.importId, caller);
  const rows = await read
    .selectFrom('import_problem')
    .where('import_id', '=', params.importId)
    .groupBy(['code', 'severity', 'village'])
    .orderBy('code')
    .orderBy('village')
    .select(['code', 'severity', 'village'])
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .execute();
  return { rows };
});
