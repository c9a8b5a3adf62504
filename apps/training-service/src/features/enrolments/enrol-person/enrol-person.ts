import { type Enrolment, enrolPerson as operation } from '@bangfu/contracts/training/enrolments';
import { demand } from '@bangfu/domain/shared/errors';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { enrol } from '@bangfu/domain/training/enrolment';
import { DEFAULT_TRAINING_POLICY } from '@bangfu/domain/training/policy';
import { enrolmentMade } from '@bangfu/events/catalog/training';
import { regionPrefixes } from '@bangfu/platform/auth/caller';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import { likeAny } from '@bangfu/data/scope';
import { findHouseholdCopies } from '@bangfu/platform/household-copy/household-copy';
import { notFound } from '@bangfu/platform/http/refusal';
import type { Training } from '../../../db/client.ts';
import { dateOf } from '../../../db/day.ts';
import { lockVisibleClass } from '../../../db/visible.ts';
import { findEnrolments } from '../enrolment.repository.ts';
import { groupOf, learnerOf, otherClasses } from '../learner.ts';

/**
 * Enrols a member of a household of the caller's own region. Who withdrew may come back.
 * @throws Refusal 404; DomainError LEARNER_INCOMPLETE and those of the domain's enrol
 */
export function enrolPerson(
  service: Training,
  actor: Actor & { readonly language: 'zh' | 'en' },
  classId: string,
  asked: { readonly householdId: string; readonly personId: string },
): Promise<Enrolment> {
  const { caller, now, language } = actor;
  return runCommand(service.transaction, service.newId, operation, actor, { classId, ...asked }, async (tx, sql) => {
    const row = await lockVisibleClass(tx, sql, caller, classId);
    // A withdrawal of the household waits for this enrolment, or this sees it withdrawn.
    await sql.query('SELECT 1 FROM platform.household_copy WHERE id = $1::uuid FOR SHARE', [asked.householdId]);
    const [household] = await findHouseholdCopies(sql, { ids: [asked.householdId] }, likeAny(regionPrefixes(caller)));
    const member = household?.members.find((each) => each.personId === asked.personId);
    if (!household || !member) throw notFound();
    // Two classes may take the same person at the same moment; one waits for the other.
    await sql.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))::text', [asked.personId]);
    const learner = learnerOf(household, member);
    demand(learner, 'LEARNER_INCOMPLETE');
    const on = businessDayOf(now);
    const others = (await otherClasses(sql, [member.personId], classId)).get(member.personId) ?? [];
    enrol(await groupOf(tx, row), learner, { on, policy: DEFAULT_TRAINING_POLICY, others });
    const known = {
      personName: member.name,
      householdId: household.id,
      householdNumber: household.number,
      villageCode: household.villageCode,
      villageName: household.villageName,
      townshipName: household.townshipName,
      enrolledOn: dateOf(on),
      withdrawnOn: null,
    };
    const { id } = await tx.enrolment.upsert({
      where: { classId_personId: { classId, personId: member.personId } },
      create: { id: service.newId(now), countyCode: row.countyCode, classId, personId: member.personId, ...known },
      update: { ...known, version: { increment: 1 } },
    });
    const [answer] = await findEnrolments(sql, caller, { classId, ids: [id], now, language });
    if (!answer) throw notFound();
    return {
      answer,
      audit: [
        {
          action: operation.audit ?? '',
          recordType: 'enrolment',
          recordId: id,
          change: { after: { classId, personId: member.personId, householdId: household.id } },
        },
      ],
      events: [
        enrolmentMade.of(row.countyCode, {
          enrolmentId: id,
          classId,
          householdId: household.id,
          personId: member.personId,
        }),
      ],
    };
  });
}
