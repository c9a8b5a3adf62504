import { type Participation, rateMyTraining as operation } from '@bangfu/contracts/training/satisfaction';
import { demand } from '@bangfu/domain/shared/errors';
import { scopeIds } from '@bangfu/service-kit/auth/caller';
import { type Actor, runCommand } from '@bangfu/service-kit/db/command';
import { notFound } from '@bangfu/service-kit/http/refusal';
import type { Training } from '../../../db/client.ts';
import { keepsClass } from '../../../db/satisfaction.ts';
import { demandRatable, keepAnswer, lockParticipation, toParticipation } from '../participation.repository.ts';

/** Whoever keeps a class is judged by the answers. @throws DomainError RATING_OF_KEEPER */
export function demandNotKeeper(keeps: boolean): void {
  demand(!keeps, 'RATING_OF_KEEPER');
}

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
    const own = await sql.query(
      'SELECT 1 FROM enrolment WHERE id = $1::uuid AND household_id::text = ANY ($2::text[])',
      [enrolmentId, scopeIds(caller, 'household')],
    );
    if (!found || own.length === 0) throw notFound();
    demandNotKeeper(await keepsClass(sql, actor, found.classId));
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
