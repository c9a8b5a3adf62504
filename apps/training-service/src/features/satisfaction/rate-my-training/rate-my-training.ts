import { type Participation, rateMyTraining as operation } from '@bangfu/contracts/training/satisfaction';
import { demandNotKeeper } from '@bangfu/domain/training/satisfaction';
import { scopeIds } from '@bangfu/platform/auth/caller';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import { notFound } from '@bangfu/platform/http/refusal';
import type { Training } from '../../../db/client.ts';
import { keepsClass } from '../../../db/satisfaction.ts';
import { demandRatable, keepAnswer, lockParticipation, toParticipation } from '../participation.repository.ts';

/**
 * Takes the word of a participant by the account of their household, once.
 * @throws Refusal 404; DomainError RATING_OF_KEEPER and those of demandRating
 */
export function rateMyTraining(
  service: Training,
  actor: Actor,
  enrolmentId: string,
  score: number,
): Promise<Participation> {
  const { caller, now } = actor;
  return runCommand(service.transaction, service.newId, operation, actor, { enrolmentId, score }, async (_tx, sql) => {
    const found = await lockParticipation(sql, enrolmentId);
    if (!found || !scopeIds(caller, 'household').includes(found.householdId)) throw notFound();
    demandNotKeeper({ keepsClass: await keepsClass(sql, actor, found.classId) });
    demandRatable(found, now);
    await keepAnswer(sql, found, { score, by: 'account', now });
    return {
      answer: { ...toParticipation(found), score },
      audit: [
        {
          action: operation.audit ?? '',
          recordType: 'enrolment',
          recordId: enrolmentId,
          // What was said is told of the whole class only.
          change: { after: { rated: true, by: 'account' } },
        },
      ],
    };
  });
}
