import { Readable } from 'node:stream';
import { type ReturnFile, uploadReturns as operation } from '@bangfu/contracts/evaluation/returns';
import type { Evaluation as Shown } from '@bangfu/contracts/evaluation/evaluations';
import { judgeReturns } from '@bangfu/domain/evaluation/intake';
import { demandStep } from '@bangfu/domain/evaluation/plan';
import { requireOtherAccount } from '@bangfu/domain/evaluation/procedure';
import { demand } from '@bangfu/domain/shared/errors';
import { pgSql } from '@bangfu/events/sql';
import { type Actor, runCommand } from '@bangfu/service-kit/db/command';
import type { Evaluation } from '../../../db/client.ts';
import { loadGroups } from '../../evaluations/frame.repository.ts';
import { getVisible } from '../../evaluations/evaluation.repository.ts';
import { openEvaluators, takeUpload } from '../../evaluations/signed-upload.ts';
import { loadSample } from '../../samples/sample.repository.ts';
import { readReturnFile } from '../read-return-file.ts';
import { getReturnFile, loadReturns, storeProblems, storeReturns } from '../return.repository.ts';

/**
 * Takes a file of returns that the evaluator signed: its bytes go to the file store unchanged, its hash and its signer
 * are recorded, its good rows are kept beside it and the others reported by row. A third account brings it in. Nothing
 * is ever edited; a correction is another return.
 * @throws DomainError EVALUATION_NOT_DRAWN, RETURNS_BY_FREEZER, RETURNS_BY_SEEDER, RETURN_FILE_TWICE,
 *   NOT_A_RETURN_FILE, RETURN_FILE_EMPTY, FILE_TOO_LARGE and those of openEvaluators
 */
export async function uploadReturns(
  service: Evaluation,
  actor: Actor,
  evaluationId: string,
  fileName: string,
  upload: Readable,
): Promise<ReturnFile> {
  const { caller, now } = actor;
  const { sha256, size } = await takeUpload(service, upload);
  const evaluation = await getVisible(pgSql(service.pool), evaluationId, caller);
  demandStep(evaluation.state, 'receive');
  requireOtherAccount({ freeze: evaluation.frame?.accountId, seed: evaluation.seed?.accountId }, 'receive', caller.id);
  const signed = await signedWorkbook(service, evaluation, sha256);
  const { filed, warnings } = await service.files.withPlainCopy(signed?.workbookSha256 ?? sha256, readReturnFile);
  const fileId = service.newId(now);
  const input = { evaluationId, fileName, sha256 };
  return runCommand(service.transaction, service.newId, operation, actor, input, async (tx, sql) => {
    // One file after the other: what the second may hold depends on what the first brought.
    await sql.query('SELECT 1 AS locked FROM evaluation WHERE id = $1::uuid FOR UPDATE', [evaluationId]);
    // The same workbook signed once more is another file with the same returns.
    const same = [{ sha256 }, ...(signed ? [{ workbookSha256: signed.workbookSha256 }] : [])];
    const twice = await tx.returnFile.findFirst({ where: { evaluationId, OR: same } });
    demand(twice === null, 'RETURN_FILE_TWICE');
    const earlier = (await loadReturns(sql, evaluationId)).map(({ answer }) => answer);
    const groups = await loadGroups(sql, evaluationId);
    const judged = judgeReturns(filed, earlier, await loadSample(sql, evaluationId), evaluation, groups);
    const counts = {
      rows: filed.length,
      accepted: judged.accepted.length,
      refused: filed.length - judged.accepted.length,
      problems: judged.problems.length + warnings.length,
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
        ...signed,
        ...counts,
        accountId: caller.id,
        accountName: caller.name,
        receivedAt: now,
      },
    });
    await storeReturns(sql, { evaluationId, fileId, countyCode }, judged.accepted);
    await storeProblems(sql, { fileId, countyCode }, judged.problems, warnings);
    const { signer = null, workbookSha256 = null } = signed ?? {};
    const change = { after: { fileId, fileName, sha256, size, signer, workbook: workbookSha256, ...counts } };
    return {
      answer: await getReturnFile(sql, evaluationId, fileId),
      audit: [{ action: operation.audit ?? '', recordType: 'evaluation', recordId: evaluationId, change }],
    };
  });
}

/**
 * The workbook within a signed file, kept in the store for itself. An evaluation that an earlier release drew has no
 * key: its files come unsigned, are kept without a signer and are shown as unsigned.
 */
async function signedWorkbook(service: Evaluation, evaluation: Shown, sha256: string) {
  if (evaluation.signer === null) return null;
  const { statement, fingerprint, payload } = await openEvaluators(service, evaluation, 'returns', sha256);
  const workbook = await takeUpload(service, Readable.from([payload]));
  return {
    workbookName: statement.file,
    workbookSha256: workbook.sha256,
    signer: fingerprint,
    signedAt: new Date(statement.signedAt),
  };
}
