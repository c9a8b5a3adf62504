import type { Evaluation as Shown } from '@bangfu/contracts/evaluation/evaluations';
import { drawEvaluationSample as operation } from '@bangfu/contracts/evaluation/samples';
import { STRATA } from '@bangfu/domain/evaluation/frame';
import { demandStep } from '@bangfu/domain/evaluation/plan';
import { drawSample } from '@bangfu/domain/evaluation/sampler';
import { demand } from '@bangfu/domain/shared/errors';
import { sampleDrawn } from '@bangfu/events/catalog/evaluation';
import { sha256 } from '@bangfu/platform/audit/hash';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import type { Evaluation } from '../../../db/client.ts';
import { getVisible, moveOn } from '../../evaluations/evaluation.repository.ts';
import { frameHash, loadFrame } from '../../evaluations/frame.repository.ts';
import { asTables, sampleHash, storeSample } from '../sample.repository.ts';

/**
 * Draws the sample once from the frozen frame by the published seed. The frame is hashed again first: nothing is drawn
 * from one that was touched.
 * @throws DomainError EVALUATION_NOT_SEEDED, EVALUATOR_KEY_MISSING, FRAME_CHANGED, SAMPLE_VILLAGES_INVALID, SAMPLE_TAKE_INVALID
 */
export function drawEvaluationSample(
  service: Evaluation,
  actor: Actor,
  evaluationId: string,
  version: number,
): Promise<Shown> {
  const input = { evaluationId, version };
  return runCommand(service.transaction, service.newId, operation, actor, input, async (tx, sql) => {
    const before = await getVisible(sql, evaluationId, actor.caller);
    demandStep(before.state, 'draw');
    const { frame: frozen, seed } = before;
    demand(frozen && seed, 'EVALUATION_NOT_SEEDED');
    demand(before.signer, 'EVALUATOR_KEY_MISSING');
    const frame = await loadFrame(sql, before);
    demand(frameHash(frame) === frozen.hash, 'FRAME_CHANGED');
    const villages = drawSample(frame, before.design, seed.text, sha256);
    const hash = sampleHash(before, asTables(villages));
    const households = villages.reduce((sum, v) => sum + v.sample.length, 0);
    const replacements = villages
      .flatMap((v) => STRATA.map((s) => v.replacements[s].length))
      .reduce((a, b) => a + b, 0);
    const answer = await moveOn(tx, sql, before, version, actor.caller, {
      state: 'drawn',
      sampleHash: hash,
      sampleVillages: villages.length,
      sampleHouseholds: households,
      sampleReplacements: replacements,
      drawnAt: actor.now,
      drawnBy: actor.caller.name,
    });
    await storeSample(sql, evaluationId, actor.caller.countyCode, villages);
    const change = {
      after: { frame: frozen.hash, sample: hash, villages: villages.length, households, replacements },
    };
    return {
      answer,
      audit: [{ action: operation.audit ?? '', recordType: 'evaluation', recordId: evaluationId, change }],
      events: [
        sampleDrawn.of(actor.caller.countyCode, {
          evaluationId,
          frameHash: frozen.hash,
          sampleHash: hash,
          seed: seed.text,
          villages: villages.length,
          households,
        }),
      ],
    };
  });
}
