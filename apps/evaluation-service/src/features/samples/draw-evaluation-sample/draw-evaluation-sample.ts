import * as contract from '@bangfu/contracts/evaluation/samples';
import { STRATA } from '@bangfu/domain/evaluation/frame';
import { demandStep } from '@bangfu/domain/evaluation/plan';
import { drawSample } from '@bangfu/domain/evaluation/sampler';
import { demand } from '@bangfu/domain/shared/errors';
import { sampleDrawn } from '@bangfu/events/catalog/evaluation';
import { sha256 } from '@bangfu/platform/audit/hash';
import { command } from '../../../operations.ts';
import { getVisible, moveOn } from '../../evaluations/evaluation.repository.ts';
import { frameHash, loadFrame } from '../../evaluations/frame.repository.ts';
import { asTables, sampleHash, storeSample } from '../sample.repository.ts';

/**
 * Draws the sample once from the frozen frame by the published seed. The frame is hashed again first: nothing is drawn
 * from one that was touched.
 * @throws DomainError EVALUATION_NOT_SEEDED, EVALUATOR_KEY_MISSING, FRAME_CHANGED, SAMPLE_VILLAGES_INVALID, SAMPLE_TAKE_INVALID
 */
export const drawEvaluationSample = command(contract.drawEvaluationSample, async (call) => {
  const { params, body, tx, caller, now } = call;
  const { evaluationId } = params;
  const before = await getVisible(tx.sql, evaluationId, caller);
  demandStep(before.state, 'draw');
  const { frame: frozen, seed } = before;
  demand(frozen && seed, 'EVALUATION_NOT_SEEDED');
  demand(before.signer, 'EVALUATOR_KEY_MISSING');
  const frame = await loadFrame(tx.sql, before);
  demand(frameHash(frame) === frozen.hash, 'FRAME_CHANGED');
  const villages = drawSample(frame, before.design, seed.text, sha256);
  const hash = sampleHash(before, asTables(villages));
  const households = villages.reduce((sum, v) => sum + v.sample.length, 0);
  const replacements = villages.flatMap((v) => STRATA.map((s) => v.replacements[s].length)).reduce((a, b) => a + b, 0);
  const answer = await moveOn(tx, before, body.version, caller, {
    state: 'drawn',
    sample_hash: hash,
    sample_villages: villages.length,
    sample_households: households,
    sample_replacements: replacements,
    drawn_at: now,
    drawn_by: caller.name,
  });
  await storeSample(tx, evaluationId, caller.countyCode, villages);
  const drawn = { villages: villages.length, households };
  call.audit.change('evaluation', evaluationId, null, { frame: frozen.hash, sample: hash, ...drawn, replacements });
  const hashes = { frameHash: frozen.hash, sampleHash: hash };
  call.emit(sampleDrawn.of(caller.countyCode, { evaluationId, ...hashes, seed: seed.text, ...drawn }));
  return answer;
});
