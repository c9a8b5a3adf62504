import { Readable } from 'node:stream';
import type { Evaluation as Shown } from '@bangfu/contracts/evaluation/evaluations';
import * as contract from '@bangfu/contracts/evaluation/returns';
import { type ReadSql, type Transaction, typedSql } from '@bangfu/data/typed-sql';
import { judgeReturns } from '@bangfu/domain/evaluation/intake';
import { demandStep } from '@bangfu/domain/evaluation/plan';
import { requireOtherAccount } from '@bangfu/domain/evaluation/procedure';
import { demand } from '@bangfu/domain/shared/errors';
import type { Caller } from '@bangfu/platform/auth/caller';
import type { JobRun } from '@bangfu/platform/jobs/job';
import type { ListOrder } from '@bangfu/platform/jobs/list-job';
import type { ServiceKit } from '@bangfu/platform/service';
import { z } from 'zod';
import { list, type Tables } from '../../../operations.ts';
import { getVisible, lockEvaluation } from '../../evaluations/evaluation.repository.ts';
import { loadGroups } from '../../evaluations/frame.repository.ts';
import { MAX_UPLOAD_BYTES, openEvaluators, takeUpload } from '../../evaluations/signed-upload.ts';
import { loadSample } from '../../samples/sample.repository.ts';
import { readReturnFile, type ReturnFileRows } from '../read-return-file.ts';
import { getReturnFile, loadReturns, storeProblems, storeReturns } from '../return.repository.ts';

/** What is asked with the file. */
const ReturnsAsked = z.object({ evaluationId: z.uuid() });
type ReturnsAsked = z.output<typeof ReturnsAsked>;

/** What was read of a file of returns, and who signed which workbook in it; null where it came unsigned. */
interface BroughtReturns extends ReturnFileRows {
  readonly signed: Awaited<ReturnType<typeof signedWorkbook>>;
}

/**
 * Receives a file of returns that the evaluator signed; a third account brings it in. Its bytes stay in the file store
 * unchanged, its hash and its signer are recorded, its good rows are kept with it and the others reported by row.
 * Nothing is ever edited; a correction is another return.
 * @throws Refusal 404; DomainError EVALUATION_NOT_DRAWN, RETURNS_BY_FREEZER, RETURNS_BY_SEEDER, FILE_TOO_LARGE,
 *   NOT_A_RETURN_FILE, RETURN_FILE_EMPTY, RETURN_FILE_TWICE and those of openEvaluators
 */
export const uploadReturns = list(contract.uploadReturns, {
  kind: 'returns',
  maxBytes: MAX_UPLOAD_BYTES,
  outcome: contract.ReturnFile,
  asked: ReturnsAsked,
  ask: async ({ read, caller, params: { evaluationId } }) => {
    await requireReceiving(read, caller, evaluationId);
    return { evaluationId };
  },
  read: (path, order, run, kit) => readReturns(kit, path, order, run),
  isEvidence: (kit, sha256) => isReceived(kit, sha256),
  take: async ({ list: brought, order, tx, caller, now, newId, audit }) => {
    const { filed, warnings, signed } = brought;
    const { evaluationId } = order.asked;
    const { name: fileName } = order;
    const { sha256, size } = order.file;
    const { countyCode } = caller;
    // One file after the other: what the second may hold depends on what the first brought.
    await lockEvaluation(tx, evaluationId);
    const evaluation = await getVisible(tx.sql, evaluationId, caller);
    demand(!(await isTwice(tx, evaluationId, sha256, signed?.workbookSha256)), 'RETURN_FILE_TWICE');
    const earlier = (await loadReturns(tx.sql, evaluationId)).map(({ answer }) => answer);
    const groups = await loadGroups(tx.sql, evaluationId);
    const judged = judgeReturns(filed, earlier, await loadSample(tx.sql, evaluationId), evaluation, groups);
    const counts = {
      rows: filed.length,
      accepted: judged.accepted.length,
      refused: filed.length - judged.accepted.length,
      problems: judged.problems.length + warnings.length,
    };
    const fileId = newId();
    await tx.sql
      .insertInto('return_file')
      .values({
        id: fileId,
        evaluation_id: evaluationId,
        county_code: countyCode,
        file_name: fileName,
        sha256,
        size,
        workbook_name: signed?.workbookName,
        workbook_sha256: signed?.workbookSha256,
        signer: signed?.signer,
        signed_at: signed?.signedAt,
        ...counts,
        account_id: caller.id,
        account_name: caller.name,
        received_at: now,
      })
      .execute();
    await storeReturns(tx, { evaluationId, fileId, countyCode }, judged.accepted);
    await storeProblems(tx, { fileId, countyCode }, judged.problems, warnings);
    const { signer = null, workbookSha256: workbook = null } = signed ?? {};
    audit.change('evaluation', evaluationId, null, { fileId, fileName, sha256, size, signer, workbook, ...counts });
    return getReturnFile(tx.sql, evaluationId, fileId);
  },
});

/** Files that were received are kept for ever; what was refused is not. */
async function isReceived(kit: Pick<ServiceKit, 'pool'>, sha256: string): Promise<boolean> {
  const found = await typedSql<Tables>(kit.pool)
    .selectFrom('return_file')
    .select('id')
    .where((eb) => eb.or([eb('sha256', '=', sha256), eb('workbook_sha256', '=', sha256)]))
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

/** Whether an evaluation has the file already; the same workbook signed once more is another file with the same returns. */
async function isTwice(
  { sql }: Transaction<Tables>,
  evaluationId: string,
  sha256: string,
  workbook: string | undefined,
): Promise<boolean> {
  const found = await sql
    .selectFrom('return_file')
    .select('id')
    .where('evaluation_id', '=', evaluationId)
    .where((eb) =>
      eb.or([eb('sha256', '=', sha256), ...(workbook === undefined ? [] : [eb('workbook_sha256', '=', workbook)])]),
    )
    .executeTakeFirst();
  return found !== undefined;
}

async function requireReceiving(read: ReadSql<Tables>, caller: Caller, evaluationId: string): Promise<Shown> {
  const evaluation = await getVisible(read, evaluationId, caller);
  demandStep(evaluation.state, 'receive');
  requireOtherAccount({ freeze: evaluation.frame?.accountId, seed: evaluation.seed?.accountId }, 'receive', caller.id);
  return evaluation;
}

/** Opens and reads a file of returns. */
async function readReturns(
  kit: ServiceKit,
  path: string,
  { asked, file }: Pick<ListOrder<ReturnsAsked>, 'asked' | 'file'>,
  run: Pick<JobRun<unknown>, 'advance' | 'signal' | 'caller'>,
): Promise<BroughtReturns> {
  const evaluation = await requireReceiving(typedSql<Tables>(kit.pool), run.caller, asked.evaluationId);
  const signed = await signedWorkbook(kit, evaluation, file.sha256);
  if (!signed) return { ...(await readReturnFile(path, run)), signed };
  const workbook = signed.workbookSha256;
  try {
    const rows = await kit.files.withPlainCopy(workbook, (plain) => readReturnFile(plain, run));
    return { ...rows, signed };
  } catch (error) {
    if (!(await isReceived(kit, workbook))) await kit.files.delete(workbook);
    throw error;
  }
}

/**
 * The workbook within a signed file, kept in the store for itself. An evaluation that an earlier release drew has no
 * key: its files come unsigned, are kept without a signer and are shown as unsigned.
 */
async function signedWorkbook(kit: Pick<ServiceKit, 'files'>, evaluation: Shown, sha256: string) {
  if (evaluation.signer === null) return null;
  const { statement, fingerprint, payload } = await openEvaluators(kit, evaluation, 'returns', sha256);
  const workbook = await takeUpload(kit, Readable.from([payload]));
  return {
    workbookName: statement.file,
    workbookSha256: workbook.sha256,
    signer: fingerprint,
    signedAt: new Date(statement.signedAt),
  };
}
