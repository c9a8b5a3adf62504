import type { AnswerInputOf } from '@bangfu/contracts/core/operation';
import type { Evaluation as Shown } from '@bangfu/contracts/evaluation/evaluations';
import { verifySample as operation } from '@bangfu/contracts/evaluation/samples';
import { drawSample } from '@bangfu/domain/evaluation/sampler';
import { demand, DomainError } from '@bangfu/domain/shared/errors';
import { pgSql, type Sql } from '@bangfu/data/sql';
import { sha256 } from '@bangfu/platform/audit/hash';
import type { Actor } from '@bangfu/platform/db/command';
import { readsOf } from '@bangfu/platform/db/reads';
import type { Evaluation } from '../../../db/client.ts';
import { getVisible } from '../../evaluations/evaluation.repository.ts';
import { frameHash, loadFrame } from '../../evaluations/frame.repository.ts';
import { noteLook } from '../../evaluations/looks.ts';
import { asTables, loadTables, sampleHash } from '../sample.repository.ts';

/** Hashes the frame and draws the sample again, for one evaluation. @throws DomainError EVALUATION_NOT_DRAWN */
export async function verifySample(
  service: Evaluation,
  actor: Actor,
  evaluationId: string,
): Promise<AnswerInputOf<typeof operation>> {
  const sql = pgSql(readsOf(service, actor.caller));
  const evaluation = await getVisible(sql, evaluationId, actor.caller);
  await noteLook(service, actor, { action: 'evaluation.sample.verified', evaluationId, sensitive: false });
  demand(evaluation.sample, 'EVALUATION_NOT_DRAWN');
  return { checkedAt: actor.now.toISOString(), ...(await compareSample(sql, evaluation)) };
}

/** What a frame or a sample that no rule accepts any more hashes to. */
const UNREADABLE = 'unreadable';

/** The published hashes of a drawn evaluation against what its rows and its seed give now. */
export async function compareSample(sql: Sql, evaluation: Shown) {
  const { frame: frozen, seed, sample } = evaluation;
  const frame = await orUnreadable(() => loadFrame(sql, evaluation));
  const computed = frame === null ? UNREADABLE : frameHash(frame);
  const drawn = await orUnreadable(async () =>
    frame && seed ? drawSample(frame, evaluation.design, seed.text, sha256) : null,
  );
  const drawnAgain = drawn === null ? UNREADABLE : sampleHash(evaluation, asTables(drawn));
  const stored = sampleHash(evaluation, await loadTables(sql, evaluation.id));
  const published = { frame: frozen?.hash ?? '', sample: sample?.hash ?? '' };
  return {
    frame: { published: published.frame, computed, holds: computed === published.frame },
    sample: {
      published: published.sample,
      drawnAgain,
      stored,
      holds: drawnAgain === published.sample && stored === published.sample,
    },
  };
}

/** Rows that were tampered with may break the domain's rules; that is a finding, not a fault. */
async function orUnreadable<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}
