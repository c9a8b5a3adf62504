import type { CertificatePolicy, LearnerPolicy } from '@bangfu/domain/training/policy';
import * as contract from '@bangfu/contracts/training/enrolments';
import { inRegions } from '@bangfu/data/scope';
import { type BusinessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { enrol, ineligible, type OtherClass, type TrainingClass } from '@bangfu/domain/training/enrolment';
import { regionPrefixes } from '@bangfu/platform/auth/caller';
import { nameKey } from '@bangfu/domain/shared/normalise';
import { beginsName, beginsNumber, searchPattern } from '@bangfu/platform/search/name-search';
import type { HouseholdCopy, MemberCopy } from '@bangfu/platform/household-copy/household-copy';
import { householdCopies } from '@bangfu/platform/household-copy/table';
import { sql } from 'kysely';
import { getVisibleClass } from '../../../db/visible.ts';
import { query } from '../../../operations.ts';
import { type Reason, reasonOf, refusalBy } from '../../../reason.ts';
import { enrolmentPolicyOn, groupOf, learnerOf, otherClasses } from '../learner.ts';

/** More than a person reads; he types one more character instead. */
const MOST_HOUSEHOLDS = 30;

/** Members of the caller's own households by household number or name, each with every reason against him. */
export const findLearners = query(contract.findLearners, async (call) => {
  const { read, caller, query: asked, now, language } = call;
  const { classId } = call.params;
  const group = await groupOf(read, await getVisibleClass(read, caller, classId));
  const byNumber = /\d/.test(asked.search);
  const pattern = searchPattern(asked.search);
  if (pattern === null) throw new RangeError('a search for learners names something');
  const name = new RegExp(pattern, 'u');
  const households = await householdCopies(read)
    .where((eb) => inRegions(eb.ref('h.village_code'), regionPrefixes(caller)))
    .where((eb) =>
      byNumber
        ? beginsNumber(eb.ref('h.number'), pattern)
        : sql<boolean>`exists (select 1 from jsonb_array_elements(${eb.ref('h.members')}) m
            where ${beginsName(sql`(m->>'name')`, pattern)})`,
    )
    .orderBy('h.village_code')
    .orderBy('h.number')
    .orderBy('h.id')
    .limit(MOST_HOUSEHOLDS + 1)
    .execute();
  const found = households
    .slice(0, MOST_HOUSEHOLDS)
    .flatMap((household) =>
      household.members
        .filter((each) => byNumber || name.test(nameKey(each.name)))
        .map((member) => ({ household, member })),
    );
  const others = await otherClasses(
    read,
    found.map(({ member }) => member.personId),
    classId,
  );
  const on = businessDayOf(now);
  const { policy } = await enrolmentPolicyOn(read, caller.countyCode, on);
  const given = { on, language, policy };
  return {
    more: households.length > MOST_HOUSEHOLDS,
    rows: found.map(({ household, member }) => ({
      personId: member.personId,
      name: member.name,
      sex: member.sex,
      birthDate: member.birthDate,
      labour: member.labour,
      householdId: household.id,
      householdNumber: household.number,
      headName: household.headName,
      townshipName: household.townshipName,
      villageName: household.villageName,
      status: household.status,
      reasons: against(household, member, group, others.get(member.personId) ?? [], given),
    })),
  };
});

function against(
  household: HouseholdCopy,
  member: MemberCopy,
  group: TrainingClass,
  others: readonly OtherClass[],
  given: {
    readonly on: BusinessDay;
    readonly language: 'zh' | 'en';
    readonly policy: LearnerPolicy & CertificatePolicy;
  },
): Reason[] {
  const { on, language, policy } = given;
  const learner = learnerOf(household, member);
  if (!learner) return [reasonOf({ code: 'LEARNER_INCOMPLETE' }, language)];
  const personal = ineligible(learner, group.begins, policy).map((each) => reasonOf(each, language));
  if (personal.length > 0) return personal;
  const refusal = refusalBy(() => enrol(group, learner, { on, policy, others }), language);
  return refusal ? [refusal] : [];
}
