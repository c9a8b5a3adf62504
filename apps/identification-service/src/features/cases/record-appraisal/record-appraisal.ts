import { recordAppraisal as operation } from '@bangfu/contracts/identification/cases';
import type { BodyOf } from '@bangfu/contracts/core/operation';
import { demand } from '@bangfu/domain/shared/errors';
import { businessDay } from '@bangfu/domain/shared/time';
import { sha256 } from '@bangfu/platform/audit/hash';
import type { Actor } from '@bangfu/platform/db/command';
import type { Identification } from '../../../db/client.ts';
import { changeCase } from '../change-cases.ts';

/**
 * Records the villagers' appraisal with its votes; the minutes are kept beside it and named by their hash.
 * @throws DomainError APPRAISAL_… when the counts or the quorum are not right, PHOTO_UNKNOWN; Refusal 404, 409
 */
export function recordAppraisal(service: Identification, actor: Actor, caseId: string, body: BodyOf<typeof operation>) {
  const { heldOn, place, chair, minutes, entitled, present, inFavour, against, abstained, recused } = body;
  const photos = [...new Set(body.photos)];
  const hash = Buffer.from(sha256(Buffer.from(minutes))).toString('hex');
  const votes = { entitled, present, inFavour, against, abstained, recused };
  return changeCase(
    service,
    operation,
    actor,
    { ...body, caseId },
    async (_file, sql) => {
      const known = await sql.query('SELECT 1 FROM photo WHERE account_id = $1 AND sha256 = ANY ($2::text[])', [
        actor.caller.id,
        photos,
      ]);
      demand(known.length === photos.length, 'PHOTO_UNKNOWN');
      return {
        type: 'recordAppraisal',
        appraisal: { heldOn: businessDay(heldOn), ...votes, minutes: hash, photos },
      };
    },
    { place, chair, minutes },
  );
}
