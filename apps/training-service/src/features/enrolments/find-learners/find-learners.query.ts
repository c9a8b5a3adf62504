import type { AnswerInputOf } from '@bangfu/contracts/core/operation';
import type { findLearners as operation } from '@bangfu/contracts/training/enrolments';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { enrol, ineligible, type OtherClass, type TrainingClass } from '@bangfu/domain/training/enrolment';
import { DEFAULT_TRAINING_POLICY } from '@bangfu/domain/training/policy';
import { pgSql } from '@bangfu/data/sql';
import { type Caller, regionPrefixes } from '@bangfu/platform/auth/caller';
import { likeAny } from '@bangfu/data/scope';
import { nameKey } from '@bangfu/domain/shared/normalise';
import { nameBegins, numberBegins, searchPattern } from '@bangfu/platform/search/name-search';
import {
  HOUSEHOLD_COPY_COLUMNS,
  type HouseholdCopy,
  type MemberCopy,
} from '@bangfu/platform/household-copy/household-copy';
import type { Training } from '../../../db/client.ts';
import { getVisibleClass } from '../../../db/visible.ts';
import { type Reason, reasonOf, refusalBy } from '../../../reason.ts';
import { groupOf, learnerOf, otherClasses } from '../learner.ts';

/** More than a person reads; he types one more character instead. */
const MOST_HOUSEHOLDS = 30;

/** Members of the caller's own households by household number or name, each with everything that stands against him. */
export async function findLearners(
  service: Training,
  call: { readonly caller: Caller; readonly now: Date; readonly language: 'zh' | 'en' },
  classId: string,
  search: string,
): Promise<AnswerInputOf<typeof operation>> {
  const { caller } = call;
  const row = await getVisibleClass(service.prisma, caller, classId);
  const group = await groupOf(service.prisma, row);
  const sql = pgSql(service.pool);
  const byNumber = /\d/.test(search);
  const pattern = searchPattern(search);
  if (pattern === null) throw new RangeError('a search for learners names something');
  const asked = new RegExp(pattern, 'u');
  const households = await sql.query<HouseholdCopy>(
    `SELECT ${HOUSEHOLD_COPY_COLUMNS} FROM platform.household_copy h
     WHERE NOT h.withdrawn AND h.village_code LIKE ANY ($1::text[]) AND ${
       byNumber
         ? numberBegins('h.number', '$2')
         : `EXISTS (SELECT 1 FROM jsonb_array_elements(h.members) m WHERE ${nameBegins("(m->>'name')", '$2')})`
     } ORDER BY h.village_code, h.number, h.id LIMIT ${MOST_HOUSEHOLDS + 1}`,
    [likeAny(regionPrefixes(caller)), pattern],
  );
  const found = households
    .slice(0, MOST_HOUSEHOLDS)
    .flatMap((household) =>
      household.members
        .filter(({ name }) => byNumber || asked.test(nameKey(name)))
        .map((member) => ({ household, member })),
    );
  const others = await otherClasses(
    sql,
    found.map(({ member }) => member.personId),
    classId,
  );
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
      reasons: against(household, member, group, others.get(member.personId) ?? [], call),
    })),
  };
}

function against(
  household: HouseholdCopy,
  member: MemberCopy,
  group: TrainingClass,
  others: readonly OtherClass[],
  { now, language }: { readonly now: Date; readonly language: 'zh' | 'en' },
): Reason[] {
  const learner = learnerOf(household, member);
  if (!learner) return [reasonOf({ code: 'LEARNER_INCOMPLETE' }, language)];
  const policy = DEFAULT_TRAINING_POLICY;
  const personal = ineligible(learner, group.begins, policy).map((each) => reasonOf(each, language));
  if (personal.length > 0) return personal;
  const refusal = refusalBy(() => enrol(group, learner, { on: businessDayOf(now), policy, others }), language);
  return refusal ? [refusal] : [];
}
