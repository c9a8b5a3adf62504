import { createHash } from 'node:crypto';
import type { Verification } from '@bangfu/contracts/core/every-service';
import type { Evaluation as Shown } from '@bangfu/contracts/evaluation/evaluations';
import type { ReturnFile } from '@bangfu/contracts/evaluation/returns';
import { canonicalHash } from '@bangfu/platform/audit/hash';
import type { z } from 'zod';
import type { ServiceKit } from '@bangfu/platform/service';
import { readOnly } from '../../operations.ts';
import { DomainError } from '@bangfu/domain/shared/errors';
import { UNWATCHED } from '@bangfu/platform/jobs/list-job';
import { openEvaluators } from '../evaluations/signed-upload.ts';
import { registerHash } from '../evaluations/frame.repository.ts';
import { findEvery } from '../evaluations/evaluation.repository.ts';
import { readReturnFile } from '../returns/read-return-file.ts';
import { type KeptReturn, loadReturnFiles, loadReturns } from '../returns/return.repository.ts';
import { compareSample } from '../samples/compare-sample.ts';

type Findings = z.output<typeof Verification>;
type Broken = Findings['broken'][number];

/**
 * Hashes every frame, draws every sample and reads every sealed file of returns again, and names what no longer agrees:
 * with its published hash, or a kept return with its row in the file. Counts the records checked.
 */
export async function verifyRecords(kit: ServiceKit): Promise<Findings> {
  const read = readOnly(kit);
  const broken: Broken[] = [];
  let checked = 0;
  for (const evaluation of await findEvery(read)) {
    if (!evaluation.frame) continue;
    checked += 1;
    const { frame, sample } = await compareSample(read, evaluation);
    const register = await registerHash(read, evaluation.id);
    if (register !== evaluation.frame.registerHash)
      broken.push({ what: 'register values changed', id: evaluation.id, at: evaluation.frame.frozenAt });
    if (!frame.holds) broken.push({ what: 'frame changed', id: evaluation.id, at: evaluation.frame.frozenAt });
    if (evaluation.sample) {
      checked += 1;
      if (!sample.holds) broken.push({ what: 'sample changed', id: evaluation.id, at: evaluation.sample.drawnAt });
    }
    const kept = Map.groupBy(await loadReturns(read, evaluation.id), ({ fileId }) => fileId);
    for (const file of await loadReturnFiles(read, evaluation.id)) {
      checked += 1 + (kept.get(file.id)?.length ?? 0);
      broken.push(...(await verifyFile(kit, evaluation, file, kept.get(file.id) ?? [])));
    }
  }
  return { checked, unsealed: 0, broken };
}

async function verifyFile(
  kit: ServiceKit,
  evaluation: Shown,
  file: ReturnFile,
  kept: readonly KeptReturn[],
): Promise<Broken[]> {
  const at = file.receivedAt;
  const id = `${evaluation.id}/${file.id}`;
  if ((await hashOf(kit, file.sha256)) !== file.sha256) return [{ what: 'return file changed', id, at }];
  const signed = file.signed ? await isSigned(kit, evaluation, file) : true;
  if (!signed) return [{ what: 'signature does not hold', id, at }];
  const workbook = file.signed?.sha256 ?? file.sha256;
  if ((await hashOf(kit, workbook)) !== workbook) return [{ what: 'return file changed', id, at }];
  const { filed } = await kit.files.withPlainCopy(workbook, (path) => readReturnFile(path, UNWATCHED));
  const byRow = new Map(filed.map(({ row, answer }) => [row, canonicalHash(answer)]));
  const wrong = kept.filter(({ row, answer }) => !byRow.get(row)?.equals(canonicalHash(answer)));
  const lost = file.accepted - kept.length;
  return [
    ...wrong.map(({ row }) => ({ what: 'return changed', id: `${id}/${row}`, at })),
    ...(lost === 0 ? [] : [{ what: lost > 0 ? 'return missing' : 'return added', id, at }]),
  ];
}

/** Whether the signature of a file still holds, by the registered key and over the workbook that was read. */
async function isSigned(kit: ServiceKit, evaluation: Shown, { sha256, signed }: ReturnFile): Promise<boolean> {
  try {
    const { statement } = await openEvaluators(kit, evaluation, 'returns', sha256);
    return statement.sha256 === signed?.sha256;
  } catch (error) {
    if (error instanceof DomainError) return false;
    throw error;
  }
}

/** The hash of a stored file's bytes as they are now; null when they are lost or were altered. */
async function hashOf(kit: ServiceKit, sha256: string): Promise<string | null> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of await kit.files.read(sha256)) hash.update(chunk as Buffer);
    return hash.digest('hex');
  } catch (error) {
    kit.log.warn({ err: error, sha256 }, 'a sealed file of returns cannot be read');
    return null;
  }
}
