import type { AnswerOf, BodyOf } from '@bangfu/contracts/core/operation';
import { rateByCode as operation } from '@bangfu/contracts/training/satisfaction';
import { demand } from '@bangfu/domain/shared/errors';
import { normaliseNumber } from '@bangfu/domain/shared/normalise';
import { readReceipt } from '@bangfu/domain/shared/receipt';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import type { Training } from '../../../db/client.ts';
import { demandRatable, keepAnswer, lockParticipation } from '../participation.repository.ts';

/**
 * Takes the word of whoever holds a slip's code, once. The code is found in any writing: without hyphens, in small
 * letters, full width.
 * @throws DomainError RATING_CODE_UNKNOWN and those of demandRating
 */
export async function rateByCode(
  service: Training,
  visitor: Actor,
  body: BodyOf<typeof operation>,
): Promise<AnswerOf<typeof operation>> {
  const code = readReceipt(normaliseNumber(body.code));
  const index = code && service.cipher.index('slip', code);
  const slip =
    index && (await service.prisma.satisfactionSlip.findUnique({ where: { codeIndex: Uint8Array.from(index) } }));
  demand(slip, 'RATING_CODE_UNKNOWN');
  const { enrolmentId, countyCode } = slip;
  // The public has no county of its own; the audit row is the class's.
  const actor: Actor = { ...visitor, caller: { ...visitor.caller, countyCode } };
  const input = { enrolmentId, score: body.score };
  return runCommand(service.transaction, service.newId, operation, actor, input, async (_tx, sql) => {
    const found = await lockParticipation(sql, enrolmentId);
    demand(found, 'RATING_CODE_UNKNOWN');
    demandRatable(found, actor.now);
    await keepAnswer(sql, found, { score: body.score, by: 'paper-code', now: actor.now });
    return {
      answer: { className: found.className, courseName: found.courseName },
      audit: [
        {
          action: operation.audit ?? '',
          recordType: 'enrolment',
          recordId: enrolmentId,
          change: { after: { rated: true, by: 'paper-code' } },
        },
      ],
    };
  });
}
