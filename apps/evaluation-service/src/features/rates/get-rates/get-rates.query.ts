import type { RateResult } from '@bangfu/contracts/evaluation/rates';
import { pgSql } from '@bangfu/data/sql';
import type { Actor } from '@bangfu/platform/db/command';
import { readsOf } from '@bangfu/platform/db/reads';
import { notFound } from '@bangfu/platform/http/refusal';
import type { Evaluation } from '../../../db/client.ts';
import { getVisible } from '../../evaluations/evaluation.repository.ts';
import { noteLook } from '../../evaluations/looks.ts';
import { readStoredResult } from '../stored-result.ts';

/** The latest result of an evaluation. @throws Refusal 404 when nothing was computed yet */
export async function getRates(service: Evaluation, actor: Actor, evaluationId: string): Promise<RateResult> {
  const reads = readsOf(service, actor.caller);
  await getVisible(pgSql(reads), evaluationId, actor.caller);
  await noteLook(service, actor, { action: 'evaluation.rates.read', evaluationId, sensitive: false });
  const { rows } = await reads.query<{ result: unknown }>(
    'SELECT result FROM rate_result WHERE evaluation_id = $1::uuid ORDER BY id DESC LIMIT 1',
    [evaluationId],
  );
  if (!rows[0]) throw notFound();
  return readStoredResult(rows[0].result);
}
