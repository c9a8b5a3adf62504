import * as contract from '@bangfu/contracts/training/satisfaction';
import { demandNotKeeper } from '@bangfu/domain/training/satisfaction';
import { scopeIds } from '@bangfu/platform/auth/caller';
import { notFound } from '@bangfu/platform/http/refusal';
import { keepsClass } from '../../../db/satisfaction.ts';
import { command } from '../../../operations.ts';
import { demandRatable, keepAnswer, lockParticipation, toParticipation } from '../participation.repository.ts';

/**
 * Takes the word of a participant by the account of their household, once.
 * @throws Refusal 404; DomainError RATING_OF_KEEPER and those of demandRating
 */
export const rateMyTraining = command(contract.rateMyTraining, async (call) => {
  const { tx, caller, now } = call;
  const { enrolmentId } = call.params;
  const { score } = call.body;
  const found = await lockParticipation(tx, enrolmentId);
  if (!found || !scopeIds(caller, 'household').includes(found.householdId)) throw notFound();
  demandNotKeeper({ keepsClass: await keepsClass(tx.sql, call, found.classId) });
  demandRatable(found, now);
  await keepAnswer(tx, found, { score, by: 'account', now });
  // What was said is shown of the class only, as a figure.
  call.audit.change('enrolment', enrolmentId, null, { rated: true, by: 'account' });
  return { ...toParticipation(found), score };
});
