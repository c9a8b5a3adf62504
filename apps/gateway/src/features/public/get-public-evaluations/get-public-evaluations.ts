import { listPublicEvaluations } from '@bangfu/contracts/evaluation/public';
import * as contract from '@bangfu/contracts/gateway/public';
import { notFound } from '@bangfu/platform/http/refusal';
import { query } from '../../../operations.ts';
import { answered } from '../../../public/answered.ts';
import { askingFor } from '../../../services/asking.ts';

/** The evaluations that anybody may read about, under an address of the platform. @throws Refusal 404 */
export const getPublicEvaluations = query(contract.getPublicEvaluations, async (call) => {
  const { query: asked, kit } = call;
  const found = answered(
    await kit.services.ask('evaluation', listPublicEvaluations, { query: asked }, askingFor(call)),
  );
  if (!found) throw notFound();
  return found;
});
