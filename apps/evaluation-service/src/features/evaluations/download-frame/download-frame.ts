import { downloadFrame as operation } from '@bangfu/contracts/evaluation/evaluations';
import { canonicalFrame } from '@bangfu/domain/evaluation/frame';
import { pgSql } from '@bangfu/data/sql';
import type { Actor } from '@bangfu/platform/db/command';
import { readsOf } from '@bangfu/platform/db/reads';
import { notFound } from '@bangfu/platform/http/refusal';
import type { Response } from 'express';
import type { Evaluation } from '../../../db/client.ts';
import { getVisible } from '../evaluation.repository.ts';
import { loadFrame } from '../frame.repository.ts';
import { noteLook } from '../looks.ts';

/** Sends the canonical text of the frame; its SHA-256 is the published hash. It holds no names. */
export async function downloadFrame(
  service: Evaluation,
  actor: Actor,
  evaluationId: string,
  response: Response,
): Promise<void> {
  const sql = pgSql(readsOf(service, actor.caller));
  const evaluation = await getVisible(sql, evaluationId, actor.caller);
  if (!evaluation.frame) throw notFound();
  await noteLook(service, actor, { action: operation.audit ?? '', evaluationId, sensitive: true });
  response.setHeader('content-type', 'application/json; charset=utf-8');
  response.setHeader('content-disposition', `attachment; filename="frame-${evaluation.frame.hash.slice(0, 12)}.json"`);
  response.end(canonicalFrame(await loadFrame(sql, evaluation)));
}
