import * as contract from '@bangfu/contracts/identification/imports';
import { command } from '../../../operations.ts';
import { getVisible, giveToJob } from '../import.repository.ts';
import { rosterJob } from '../roster/roster-job.ts';

/** Orders the commit of an import that was checked. @throws DomainError IMPORT_NOT_CHECKED; Refusal 404, 409 */
export const commitImport = command(contract.commitImport, async ({ params, body, tx, caller, audit, orderWork }) => {
  const { id, fileName } = await getVisible(tx.sql, params.importId, caller);
  const jobId = await orderWork(rosterJob.order(`入库 ${fileName}`, { importId: id, commit: true }));
  const after = await giveToJob(tx, caller, { id, version: body.version }, { state: 'committing', jobId });
  audit.entry('import', id, { state: ['checked', 'committing'] });
  return after;
});
