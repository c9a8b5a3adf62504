import { Readable } from 'node:stream';
import type { JobOrdered } from '@bangfu/contracts/core/list-job';
import { ReturnFile, uploadReturns as operation } from '@bangfu/contracts/evaluation/returns';
import type { Evaluation as Shown } from '@bangfu/contracts/evaluation/evaluations';
import { judgeReturns } from '@bangfu/domain/evaluation/intake';
import { demandStep } from '@bangfu/domain/evaluation/plan';
import { requireOtherAccount } from '@bangfu/domain/evaluation/procedure';
import { demand } from '@bangfu/domain/shared/errors';
import { pgSql } from '@bangfu/data/sql';
import type { Caller } from '@bangfu/platform/auth/caller';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import type { JobHandler, JobRun } from '@bangfu/platform/jobs/job';
import { comingTo, type IsEvidence, listJob, type ListOrder, orderList } from '@bangfu/platform/jobs/list-job';
import type { Evaluation } from '../../../db/client.ts';
import { loadGroups } from '../../evaluations/frame.repository.ts';
import { getVisible } from '../../evaluations/evaluation.repository.ts';
import { MAX_UPLOAD_BYTES, openEvaluators, takeUpload } from '../../evaluations/signed-upload.ts';
import { loadSample } from '../../samples/sample.repository.ts';
import { readReturnFile, type ReturnFileRows } from '../read-return-file.ts';
import { getReturnFile, loadReturns, storeProblems, storeReturns } from '../return.repository.ts';

/** The kind of its job. */
export const RETURNS = 'returns';

/** What is asked with the file. */
export interface ReturnsAsked {
  readonly evaluationId: string;
}

/** What was read of a file of returns, and who signed which workbook in it; null where it came unsigned. */
interface BroughtReturns extends ReturnFileRows {
  readonly signed: Awaited<ReturnType<typeof signedWorkbook>>;
}

/** Files that were received are kept for ever; what was refused is not. */
const isReceived =
  (service: Evaluation): IsEvidence =>
  async (sha256) => {
    const { rowCount } = await service.pool.query(
      'SELECT 1 FROM return_file WHERE sha256 = $1 OR workbook_sha256 = $1 LIMIT 1',
      [sha256],
    );
    return (rowCount ?? 0) > 0;
  };

/**
 * Orders that a file of returns is received. A third account brings it in.
 * @throws Refusal 404; DomainError EVALUATION_NOT_DRAWN, RETURNS_BY_FREEZER, RETURNS_BY_SEEDER, FILE_TOO_LARGE
 */
export async function uploadReturns(
  service: Evaluation,
  actor: Actor,
  evaluationId: string,
  name: string,
  upload: Readable,
): Promise<JobOrdered> {
  await requireReceiving(service, actor.caller, evaluationId);
  return orderList<ReturnsAsked>(service, operation, actor, upload, {
    kind: RETURNS,
    name,
    asked: { evaluationId },
    maxBytes: MAX_UPLOAD_BYTES,
    isEvidence: isReceived(service),
  });
}

/** The job of a file of returns. */
export const returnsJob = (service: Evaluation): JobHandler =>
  listJob<ReturnsAsked, BroughtReturns, ReturnFile>(service, {
    read: (path, order, run) => readReturns(service, run.caller, path, order, run),
    take: (actor, brought, order) => receiveReturns(service, actor, brought, order),
    isEvidence: isReceived(service),
  });

async function requireReceiving(service: Evaluation, caller: Caller, evaluationId: string): Promise<Shown> {
  const evaluation = await getVisible(pgSql(service.pool), evaluationId, caller);
  demandStep(evaluation.state, 'receive');
  requireOtherAccount({ freeze: evaluation.frame?.accountId, seed: evaluation.seed?.accountId }, 'receive', caller.id);
  return evaluation;
}

/**
 * Opens and reads a file of returns.
 * @throws DomainError NOT_A_RETURN_FILE, RETURN_FILE_EMPTY and those of openEvaluators and uploadReturns
 */
export async function readReturns(
  service: Evaluation,
  caller: Caller,
  path: string,
  { asked, file }: Pick<ListOrder<ReturnsAsked>, 'asked' | 'file'>,
  run: Pick<JobRun<unknown>, 'advance' | 'signal'>,
): Promise<BroughtReturns> {
  const evaluation = await requireReceiving(service, caller, asked.evaluationId);
  const signed = await signedWorkbook(service, evaluation, file.sha256);
  if (!signed) return { ...(await readReturnFile(path, run)), signed };
  const workbook = signed.workbookSha256;
  try {
    const rows = await service.files.withPlainCopy(workbook, (plain) => readReturnFile(plain, run));
    return { ...rows, signed };
  } catch (error) {
    if (!(await isReceived(service)(workbook))) await service.files.delete(workbook);
    throw error;
  }
}

/**
 * Receives a file of returns that the evaluator signed: its bytes stay in the file store unchanged, its hash and its
 * signer are recorded, its good rows are kept beside it and the others reported by row. Nothing is ever edited; a
 * correction is another return.
 * @throws DomainError RETURN_FILE_TWICE
 */
export async function receiveReturns(
  service: Evaluation,
  actor: Actor,
  { filed, warnings, signed }: BroughtReturns,
  { asked: { evaluationId }, name: fileName, file: { sha256, size } }: ListOrder<ReturnsAsked>,
): Promise<ReturnFile> {
  const { caller, now } = actor;
  const evaluation = await getVisible(pgSql(service.pool), evaluationId, caller);
  const fileId = service.newId(now);
  const input = { evaluationId, fileName, sha256 };
  return runCommand(
    service.transaction,
    service.newId,
    comingTo(operation, ReturnFile),
    actor,
    input,
    async (tx, sql) => {
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
    },
  );
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
