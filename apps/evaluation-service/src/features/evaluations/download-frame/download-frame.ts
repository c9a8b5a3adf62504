import * as contract from '@bangfu/contracts/evaluation/evaluations';
import { canonicalFrame } from '@bangfu/domain/evaluation/frame';
import { notFound } from '@bangfu/platform/http/refusal';
import { download } from '../../../operations.ts';
import { getVisible } from '../evaluation.repository.ts';
import { loadFrame } from '../frame.repository.ts';
import { noteLook } from '../looks.ts';

/** Sends the canonical text of the frame; its SHA-256 is the published hash. It holds no names. @throws Refusal 404 */
export const downloadFrame = download(contract.downloadFrame, async (call) => {
  const { read, response } = call;
  const { evaluationId } = call.params;
  const evaluation = await getVisible(read, evaluationId, call.caller);
  if (!evaluation.frame) throw notFound();
  await noteLook(call, contract.downloadFrame, evaluationId);
  response.setHeader('content-type', 'application/json; charset=utf-8');
  response.setHeader('content-disposition', `attachment; filename="frame-${evaluation.frame.hash.slice(0, 12)}.json"`);
  response.end(canonicalFrame(await loadFrame(read, evaluation)));
});
