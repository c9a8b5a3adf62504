import * as contract from '@bangfu/contracts/training/satisfaction';
import { demand } from '@bangfu/domain/shared/errors';
import { normaliseNumber } from '@bangfu/domain/shared/normalise';
import { readReceipt } from '@bangfu/domain/shared/receipt';
import { command } from '../../../operations.ts';
import { demandRatable, keepAnswer, lockParticipation } from '../participation.repository.ts';

/**
 * Takes the word of whoever holds a slip's code, once. The code is found in any writing: without hyphens, in small
 * letters, full width.
 * @throws DomainError RATING_CODE_UNKNOWN and those of demandRating
 */
export const rateByCode = command(contract.rateByCode, async ({ body: { code, score }, tx, now, kit, audit }) => {
  const read = readReceipt(normaliseNumber(code));
  demand(read, 'RATING_CODE_UNKNOWN');
  const slip = await tx.sql
    .selectFrom('satisfaction_slip')
    .where('code_index', '=', kit.cipher.index('slip', read))
    .select('enrolment_id as enrolmentId')
    .executeTakeFirst();
  demand(slip, 'RATING_CODE_UNKNOWN');
  const found = await lockParticipation(tx, slip.enrolmentId);
  demand(found, 'RATING_CODE_UNKNOWN');
  demandRatable(found, now);
  await keepAnswer(tx, found, { score, by: 'paper-code', now });
  audit.inCounty(found.countyCode);
  audit.change('enrolment', slip.enrolmentId, null, { rated: true, by: 'paper-code' });
  return { className: found.className, courseName: found.courseName };
});
