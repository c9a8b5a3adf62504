import * as contract from '@bangfu/contracts/evaluation/evaluations';
import { command } from '../../../operations.ts';
import { getVisible } from '../evaluation.repository.ts';
import { planColumns } from '../plan-columns.ts';

/** Plans an evaluation of regions within the caller's scope. @throws those of planColumns */
export const createEvaluation = command(contract.createEvaluation, async ({ body, tx, caller, now, newId, audit }) => {
  const id = newId();
  await tx.sql
    .insertInto('evaluation')
    .values({
      id,
      county_code: caller.countyCode,
      ...planColumns(body, caller),
      state: 'draft',
      account_id: caller.id,
      account_name: caller.name,
      created_at: now,
    })
    .execute();
  audit.change('evaluation', id, null, body);
  return getVisible(tx.sql, id, caller);
});
