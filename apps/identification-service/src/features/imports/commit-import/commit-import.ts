import { commitImport, type RosterImport } from '@bangfu/contracts/identification/imports';
import { demand } from '@bangfu/domain/shared/errors';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import { conflict } from '@bangfu/platform/http/refusal';
import { orderJob } from '@bangfu/platform/jobs/job';
import type { Identification } from '../../../db/client.ts';
import { getVisible, shown } from '../import.repository.ts';
import type { RosterJobInput } from '../roster/roster-job.ts';

/** Orders the commit of an import that was checked. @throws Refusal 409 when it is no longer at that version */
export async function orderCommit(
  service: Identification,
  actor: Actor,
  importId: string,
  version: number,
): Promise<RosterImport> {
  const jobId = service.newId(actor.now);
  const answer = await runCommand(
    service.transaction,
    service.newId,
    commitImport,
    actor,
    { importId, version },
    async (tx, sql) => {
      const before = await getVisible(tx, importId, actor.caller);
      demand(before.state === 'checked', 'IMPORT_NOT_CHECKED');
      const { count } = await tx.rosterImport.updateMany({
        where: { id: importId, version, state: 'checked' },
        data: { state: 'committing', jobId, version: { increment: 1 } },
      });
      if (count === 0) throw conflict(shown(before));
      const input: RosterJobInput = { importId, commit: true };
      await orderJob(sql, {
        id: jobId,
        kind: 'roster-import',
        title: `入库 ${before.fileName}`,
        caller: actor.caller,
        input,
        now: actor.now,
      });
      return {
        answer: shown(await getVisible(tx, importId, actor.caller)),
        audit: [
          {
            action: commitImport.audit ?? '',
            recordType: 'import',
            recordId: importId,
            change: { state: ['checked', 'committing'] },
          },
        ],
      };
    },
  );
  service.nudgeJobs();
  return answer;
}
