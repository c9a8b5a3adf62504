import * as contract from '@bangfu/contracts/identification/imports';
import { demand } from '@bangfu/domain/shared/errors';
import { command, readOwn } from '../../../operations.ts';
import { dropFile } from '../drop-file.ts';
import { getVisible, shown } from '../import.repository.ts';

/** Puts an import that was not committed aside; its record and report stay, its file goes. @throws DomainError IMPORT_NOT_OPEN; Refusal 404 */
export const discardImport = command(
  contract.discardImport,
  async ({ params: { importId }, tx, caller, audit }) => {
    const before = await getVisible(tx.sql, importId, caller);
    const { numUpdatedRows } = await tx.sql
      .updateTable('roster_import')
      .set((eb) => ({ state: 'discarded', version: eb('version', '+', 1) }))
      .where('id', '=', importId)
      .where('state', 'in', ['checked', 'failed'])
      .executeTakeFirst();
    demand(numUpdatedRows === 1n, 'IMPORT_NOT_OPEN');
    audit.entry('import', importId, { state: [before.state, 'discarded'] });
    return shown(await getVisible(tx.sql, importId, caller));
  },
  {
    async afterwards({ kit, params }) {
      const { sha256 } = await readOwn(kit)
        .selectFrom('roster_import')
        .where('id', '=', params.importId)
        .select('file_sha256 as sha256')
        .executeTakeFirstOrThrow();
      await dropFile(kit, sha256);
    },
  },
);
