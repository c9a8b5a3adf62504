import type { Evaluation as Shown } from '@bangfu/contracts/evaluation/evaluations';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { drawSample } from '@bangfu/domain/evaluation/sampler';
import { DomainError } from '@bangfu/domain/shared/errors';
import { sha256 } from '@bangfu/platform/audit/hash';
import type { Tables } from '../../operations.ts';
import { frameHash, loadFrame } from '../evaluations/frame.repository.ts';
import { asTables, loadTables, sampleHash } from './sample.repository.ts';

/** What a frame or a sample that no rule accepts any more hashes to. */
const UNREADABLE = 'unreadable';

/** The published hashes of a drawn evaluation against what its rows and its seed give now. */
export async function compareSample(read: ReadSql<Tables>, evaluation: Shown) {
  const { frame: frozen, seed, sample } = evaluation;
  const frame = await orUnreadable(() => loadFrame(read, evaluation));
  const computed = frame === null ? UNREADABLE : frameHash(frame);
  const drawn = await orUnreadable(async () =>
    frame && seed ? drawSample(frame, evaluation.design, seed.text, sha256) : null,
  );
  const drawnAgain = drawn === null ? UNREADABLE : sampleHash(evaluation, asTables(drawn));
  const stored = sampleHash(evaluation, await loadTables(read, evaluation.id));
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
