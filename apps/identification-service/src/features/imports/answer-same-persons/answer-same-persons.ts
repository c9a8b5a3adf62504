import type { BodyOf } from '@bangfu/contracts/core/operation';
import { answerSamePersons as operation, type RosterImport } from '@bangfu/contracts/identification/imports';
import { demand } from '@bangfu/domain/shared/errors';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import { conflict } from '@bangfu/platform/http/refusal';
import { orderJob } from '@bangfu/platform/jobs/job';
import type { Identification } from '../../../db/client.ts';
import { getVisible, shown } from '../import.repository.ts';
import type { RosterJobInput } from '../roster/roster-job.ts';

/**
 * Keeps what the clerk says of persons who may be known under another ID number, and orders the dry run again.
 * @throws DomainError IMPORT_NOT_CHECKED, IMPORT_SAME_UNKNOWN; Refusal 404, 409 when it is no longer at that version
 */
export async function answerSame(
  service: Identification,
  actor: Actor,
  importId: string,
  { version, answers }: BodyOf<typeof operation>,
): Promise<RosterImport> {
  const jobId = service.newId(actor.now);
  const known = { importId, version, answers };
  const answer = await runCommand(service.transaction, service.newId, operation, actor, known, async (tx, sql) => {
    const before = await getVisible(tx, importId, actor.caller);
    demand(before.state === 'checked', 'IMPORT_NOT_CHECKED');
    const { count } = await tx.rosterImport.updateMany({
      where: { id: importId, version, state: 'checked' },
      data: { state: 'checking', jobId, version: { increment: 1 } },
    });
    if (count === 0) throw conflict(shown(before));
    for (const { sheet, row, same } of answers) {
      const offer = await tx.importSamePerson.updateMany({ where: { importId, sheet, row }, data: { same } });
      demand(offer.count === 1, 'IMPORT_SAME_UNKNOWN', { sheet, row });
    }
    const input: RosterJobInput = { importId, commit: false };
    await orderJob(sql, {
      id: jobId,
      kind: 'roster-import',
      title: `导入 ${before.fileName}`,
      caller: actor.caller,
      input,
      now: actor.now,
    });
    const entry = { action: operation.audit ?? '', recordType: 'import', recordId: importId };
    return {
      answer: shown(await getVisible(tx, importId, actor.caller)),
      audit: [{ ...entry, change: { before: null, after: answers } }],
    };
  });
  service.nudgeJobs();
  return answer;
}
