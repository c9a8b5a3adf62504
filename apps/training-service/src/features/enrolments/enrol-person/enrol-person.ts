import * as contract from '@bangfu/contracts/training/enrolments';
import { inRegions } from '@bangfu/data/scope';
import { demand } from '@bangfu/domain/shared/errors';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { enrol } from '@bangfu/domain/training/enrolment';
import { enrolmentMade } from '@bangfu/events/catalog/training';
import { regionPrefixes } from '@bangfu/platform/auth/caller';
import { householdCopies } from '@bangfu/platform/household-copy/table';
import { notFound } from '@bangfu/platform/http/refusal';
import { lockPersons } from '../../../db/lock-persons.ts';
import { lockVisibleClass } from '../../../db/visible.ts';
import { command } from '../../../operations.ts';
import { findEnrolments } from '../enrolment.repository.ts';
import { enrolmentPolicyOn, groupOf, learnerOf, otherClasses } from '../learner.ts';

/**
 * Enrols a member of a household of the caller's own region. Who withdrew may come back.
 * @throws Refusal 404; DomainError LEARNER_INCOMPLETE and those of the domain's enrol
 */
export const enrolPerson = command(contract.enrolPerson, async (call) => {
  const { tx, caller, now, language } = call;
  const { classId } = call.params;
  const { householdId, personId } = call.body;
  const row = await lockVisibleClass(tx, caller, classId);
  // A withdrawal of the household waits for this enrolment, or this sees it withdrawn.
  await tx.sql.selectFrom('household_copy').where('id', '=', householdId).select('id').forShare().execute();
  const household = await householdCopies(tx.sql)
    .where('h.id', '=', householdId)
    .where((eb) => inRegions(eb.ref('h.village_code'), regionPrefixes(caller)))
    .executeTakeFirst();
  const member = household?.members.find((each) => each.personId === personId);
  if (!household || !member) throw notFound();
  await lockPersons(tx, [personId]);
  const learner = learnerOf(household, member);
  demand(learner, 'LEARNER_INCOMPLETE');
  const on = businessDayOf(now);
  const others = (await otherClasses(tx.sql, [personId], classId)).get(personId) ?? [];
  const { policy, policyId } = await enrolmentPolicyOn(tx.sql, row.countyCode, on);
  enrol(await groupOf(tx.sql, row), learner, { on, policy, others });
  const known = {
    person_name: member.name,
    household_id: household.id,
    household_number: household.number,
    village_code: household.villageCode,
    village_name: household.villageName,
    township_name: household.townshipName,
    enrolled_on: on,
    policy_id: policyId,
    withdrawn_on: null,
  };
  const { id } = await tx.sql
    .insertInto('enrolment')
    .values({ id: call.newId(), county_code: row.countyCode, class_id: classId, person_id: personId, ...known })
    .onConflict((conflict) =>
      conflict
        .columns(['class_id', 'person_id'])
        .doUpdateSet((eb) => ({ ...known, version: eb('enrolment.version', '+', 1) })),
    )
    .returning('id')
    .executeTakeFirstOrThrow();
  const made = { classId, personId, householdId: household.id };
  call.audit.change('enrolment', id, null, made);
  call.emit(enrolmentMade.of(row.countyCode, { enrolmentId: id, ...made }));
  const [answer] = await findEnrolments(tx.sql, caller, { classId, ids: [id], now, language });
  if (!answer) throw notFound();
  return answer;
});
