import type { Readable } from 'node:stream';
import { type ReturnFile, uploadReturns as operation } from '@bangfu/contracts/evaluation/returns';
import { judgeReturns } from '@bangfu/domain/evaluation/intake';
import { demandStep } from '@bangfu/domain/evaluation/plan';
import { demand } from '@bangfu/domain/shared/errors';
import { pgSql } from '@bangfu/events/sql';
import { type Actor, runCommand } from '@bangfu/service-kit/db/command';
import type { Evaluation } from '../../../db/client.ts';
import { getVisible } from '../../evaluations/evaluation.repository.ts';
import { loadSample } from '../../samples/sample.repository.ts';
import { readReturnFile } from '../read-return-file.ts';
import { getReturnFile, loadReturns, storeProblems, storeReturns } from '../return.repository.ts';

/** A sample's returns with room; more is a mistake or an attack. */
const LARGEST_UPLOAD = 50 * 1024 * 1024;

/**
 * Takes a sealed file of returns: its bytes go to the file store unchanged, its hash is recorded, its good rows are
 * kept beside it and the others reported by row. Nothing is ever edited; a correction is another return.
 * @throws DomainError EVALUATION_NOT_DRAWN, RETURN_FILE_TWICE, NOT_A_RETURN_FILE, RETURN_FILE_EMPTY, FILE_TOO_LARGE
 */
export async function uploadReturns(
  service: Evaluation,
  actor: Actor,
  evaluationId: string,
  fileName: string,
  upload: Readable,
): Promise<ReturnFile> {
  const { caller, now } = actor;
  const evaluation = await getVisible(pgSql(service.pool), evaluationId, caller);
  demandStep(evaluation.state, 'receive');
  const { sha256, size } = await service.files.put(upload, LARGEST_UPLOAD);
  const filed = await service.files.withPlainCopy(sha256, readReturnFile);
  const fileId = service.newId(now);
  const input = { evaluationId, fileName, sha256 };
  return runCommand(service.transaction, service.newId, operation, actor, input, async (tx, sql) => {
    // One file after the other: what the second may hold depends on what the first brought.
    await sql.query('SELECT 1 AS locked FROM evaluation WHERE id = $1::uuid FOR UPDATE', [evaluationId]);
    const twice = await tx.returnFile.findUnique({ where: { evaluationId_sha256: { evaluationId, sha256 } } });
    demand(twice === null, 'RETURN_FILE_TWICE');
    const earlier = (await loadReturns(sql, evaluationId)).map(({ answer }) => answer);
    const judged = judgeReturns(filed, earlier, await loadSample(sql, evaluationId), evaluation);
    const counts = {
      rows: filed.length,
      accepted: judged.accepted.length,
      refused: filed.length - judged.accepted.length,
      problems: judged.problems.length,
    };
    const { countyCode } = caller;
    await tx.returnFile.create({
      data: {
        id: fileId,
        evaluationId,
        countyCode,
        fileName,
        sha256,
        size,
        ...counts,
        accountId: caller.id,
        accountName: caller.name,
        receivedAt: now,
      },
    });
    await storeReturns(sql, { evaluationId, fileId, countyCode }, judged.accepted);
    await storeProblems(sql, { fileId, countyCode }, judged.problems);
    const change = { after: { fileId, fileName, sha256, size, ...counts } };
    return {
      answer: await getReturnFile(sql, evaluationId, fileId),
      audit: [{ action: operation.audit ?? '', recordType: 'evaluation', recordId: evaluationId, change }],
    };
  });
}
