import { recordAppraisal } from '@bangfu/contracts/identification/cases';
import type { BodyOf } from '@bangfu/contracts/core/operation';
import { businessDay } from '@bangfu/domain/shared/time';
import { sha256 } from '@bangfu/service-kit/audit/hash';
import type { Actor } from '@bangfu/service-kit/db/command';
import type { Identification } from '../../../db/client.ts';
import { changeCase } from '../change-cases.ts';

/**
 * Records the villagers' appraisal with its votes; the minutes are kept beside it and named by their hash.
 * @throws DomainError APPRAISAL_… when the counts or the quorum are not right; Refusal 404, 409
 */
export function appraiseCase(
  service: Identification,
  actor: Actor,
  caseId: string,
  body: BodyOf<typeof recordAppraisal>,
) {
  const { heldOn, place, chair, minutes, entitled, present, inFavour, against, abstained, recused } = body;
  const hash = Buffer.from(sha256(Buffer.from(minutes))).toString('hex');
  const votes = { entitled, present, inFavour, against, abstained, recused };
  return changeCase(
    service,
    recordAppraisal,
    actor,
    { ...body, caseId },
    () => ({
      type: 'recordAppraisal',
      appraisal: { heldOn: businessDay(heldOn), ...votes, minutes: hash, photos: [] },
    }),
    { place, chair, minutes },
  );
}
