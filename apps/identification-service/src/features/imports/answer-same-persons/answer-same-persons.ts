import * as contract from '@bangfu/contracts/identification/imports';
import { demand } from '@bangfu/domain/shared/errors';
import { command } from '../../../operations.ts';
import { getVisible, giveToJob } from '../import.repository.ts';
import { rosterJob } from '../roster/roster-job.ts';

/**
 * Keeps what the clerk says of persons who may be known under another ID number, and orders the dry run again.
 * @throws DomainError IMPORT_NOT_CHECKED, IMPORT_SAME_UNKNOWN; Refusal 404, 409 when it is no longer at that version
 */
export const answerSamePersons = command(
  contract.answerSamePersons,
  async ({ params, body, tx, caller, audit, orderWork }) => {
    const { version, answers } = body;
    const { id, fileName } = await getVisible(tx.sql, params.importId, caller);
    const jobId = await orderWork(rosterJob.order(`导入 ${fileName}`, { importId: id, commit: false }));
    const after = await giveToJob(tx, caller, { id, version }, { state: 'checking', jobId });
    for (const { sheet, row, same } of answers) {
      const { numUpdatedRows } = await tx.sql
        .updateTable('import_same_person')
        .set({ same })
        .where('import_id', '=', id)
        .where('sheet', '=', sheet)
        .where('row', '=', row)
        .executeTakeFirst();
      demand(numUpdatedRows === 1n, 'IMPORT_SAME_UNKNOWN', { sheet, row });
    }
    audit.entry('import', id, { before: null, after: answers });
    return after;
  },
);
