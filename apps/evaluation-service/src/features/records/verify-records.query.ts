import { createHash } from 'node:crypto';
import type { Verification } from '@bangfu/contracts/core/every-service';
import type { Evaluation as Shown } from '@bangfu/contracts/evaluation/evaluations';
import type { ReturnFile } from '@bangfu/contracts/evaluation/returns';
import { pgSql } from '@bangfu/events/sql';
import { canonicalHash } from '@bangfu/service-kit/audit/hash';
import type { z } from 'zod';
import type { Evaluation } from '../../db/client.ts';
import { findEvery } from '../evaluations/evaluation.repository.ts';
import { readReturnFile } from '../returns/read-return-file.ts';
import { findReturnFiles, type KeptReturn, loadReturns } from '../returns/return.repository.ts';
import { compareSample } from '../samples/verify-sample/verify-sample.query.ts';

type Findings = z.output<typeof Verification>;
type Broken = Findings['broken'][number];

/**
 * Hashes every frame, draws every sample and reads every sealed file of returns again, and names what no longer agrees:
 * with its published hash, or a kept return with its row in the file. Counts the records checked.
 */
export async function verifyEvaluationRecords(service: Evaluation): Promise<Findings> {
  const sql = pgSql(service.readPool);
  const broken: Broken[] = [];
  let checked = 0;
  for (const evaluation of await findEvery(sql)) {
    if (!evaluation.frame) continue;
    checked += 1;
    const { frame, sample } = await compareSample(sql, evaluation);
    if (!frame.holds) broken.push({ what: 'frame changed', id: evaluation.id, at: evaluation.frame.frozenAt });
    if (evaluation.sample) {
      checked += 1;
      if (!sample.holds) broken.push({ what: 'sample changed', id: evaluation.id, at: evaluation.sample.drawnAt });
    }
    const kept = Map.groupBy(await loadReturns(sql, evaluation.id), ({ fileId }) => fileId);
    for (const file of await findReturnFiles(sql, evaluation.id, { before: null, limit: null })) {
      checked += 1 + (kept.get(file.id)?.length ?? 0);
      broken.push(...(await verifyFile(service, evaluation, file, kept.get(file.id) ?? [])));
    }
  }
  return { checked, unsealed: 0, broken };
}

async function verifyFile(
  service: Evaluation,
  evaluation: Shown,
  file: ReturnFile,
  kept: readonly KeptReturn[],
): Promise<Broken[]> {
  const at = file.receivedAt;
  const id = `${evaluation.id}/${file.id}`;
  if ((await hashOf(service, file.sha256)) !== file.sha256) return [{ what: 'return file changed', id, at }];
  const filed = await service.files.withPlainCopy(file.sha256, readReturnFile);
  const byRow = new Map(filed.map(({ row, answer }) => [row, canonicalHash(answer)]));
  const wrong = kept.filter(({ row, answer }) => !byRow.get(row)?.equals(canonicalHash(answer)));
  const lost = file.accepted - kept.length;
  return [
    ...wrong.map(({ row, answer }) => ({ what: 'return changed', id: `${id}/${row} ${answer.returnId}`, at })),
    ...(lost === 0 ? [] : [{ what: lost > 0 ? 'return missing' : 'return added', id, at }]),
  ];
}

/** The hash of a stored file's bytes as they are now; null when they are lost or were altered. */
async function hashOf(service: Evaluation, sha256: string): Promise<string | null> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of await service.files.read(sha256)) hash.update(chunk as Buffer);
    return hash.digest('hex');
  } catch (error) {
    service.log.warn({ err: error, sha256 }, 'a sealed file of returns cannot be read');
    return null;
  }
}
