import * as contract from '@bangfu/contracts/identification/cases';
import { demand } from '@bangfu/domain/shared/errors';
import { businessDay } from '@bangfu/domain/shared/time';
import { sha256 } from '@bangfu/platform/audit/hash';
import { command } from '../../../operations.ts';
import { changeCase } from '../change-cases.ts';

/**
 * Records the villagers' appraisal with its votes; the minutes are kept beside it and named by their hash.
 * @throws DomainError APPRAISAL_… when the counts or the quorum are not right, PHOTO_UNKNOWN; Refusal 404, 409
 */
export const recordAppraisal = command(contract.recordAppraisal, (call) => {
  const { version, heldOn, place, chair, minutes, entitled, present, inFavour, against, abstained, recused } =
    call.body;
  const photos = [...new Set(call.body.photos)];
  const hash = Buffer.from(sha256(Buffer.from(minutes))).toString('hex');
  const votes = { entitled, present, inFavour, against, abstained, recused };
  return changeCase(
    call,
    { ...call.params, version },
    async () => {
      const known = await call.tx.sql
        .selectFrom('photo')
        .where('account_id', '=', call.caller.id)
        .where('sha256', 'in', photos)
        .select('sha256')
        .execute();
      demand(known.length === photos.length, 'PHOTO_UNKNOWN');
      return {
        type: 'recordAppraisal',
        appraisal: { heldOn: businessDay(heldOn), ...votes, minutes: hash, photos },
      };
    },
    { place, chair, minutes },
  );
});
