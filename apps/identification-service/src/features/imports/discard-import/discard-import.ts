import { discardImport, type RosterImport } from '@bangfu/contracts/identification/imports';
import { demand } from '@bangfu/domain/shared/errors';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import type { Identification } from '../../../db/client.ts';
import { dropFile } from '../drop-file.ts';
import { getVisible, shown } from '../import.repository.ts';

/** Puts an import that was not committed aside; its record and report stay, its file goes. */
export async function putAside(service: Identification, actor: Actor, importId: string): Promise<RosterImport> {
  const answer = await runCommand(
    service.transaction,
    service.newId,
    discardImport,
    actor,
    { importId },
    async (tx) => {
      const before = await getVisible(tx, importId, actor.caller);
      const { count } = await tx.rosterImport.updateMany({
        where: { id: importId, state: { in: ['checked', 'failed'] } },
        data: { state: 'discarded', version: { increment: 1 } },
      });
      demand(count === 1, 'IMPORT_NOT_OPEN');
      return {
        answer: shown(await getVisible(tx, importId, actor.caller)),
        audit: [
          {
            action: discardImport.audit ?? '',
            recordType: 'import',
            recordId: importId,
            change: { state: [before.state, 'discarded'] },
          },
        ],
      };
    },
  );
  const { fileSha256 } = await getVisible(service.prisma, importId, actor.caller);
  await dropFile(service, fileSha256);
  return answer;
}
