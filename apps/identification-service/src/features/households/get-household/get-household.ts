import type { AnswerInputOf } from '@bangfu/contracts/core/operation';
import * as contract from '@bangfu/contracts/identification/households';
import { inRegions } from '@bangfu/data/scope';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { maskIdNumber, maskPhone } from '@bangfu/domain/shared/id-number';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { type Caller, regionPrefixes, scopeIds } from '@bangfu/platform/auth/caller';
import { notFound } from '@bangfu/platform/http/refusal';
import type { Cipher } from '@bangfu/platform/secrets/cipher';
import { sql, type SqlBool } from 'kysely';
import { PERSON_ID, PERSON_PHONE } from '../../../db/sealed.ts';
import { query, type Tables } from '../../../operations.ts';
import { isPast, registerAsOf, type TwoTimes } from '../../../register/as-of.ts';
import { findCaseTimeline } from '../../cases/case-timeline.ts';
import { findIncomeEvidence } from '../../income/find-income-evidence.ts';
import { ruleTexts } from '../../quality/rule-text.ts';
import { shownHouseholds } from '../household.repository.ts';

type Answer = AnswerInputOf<typeof contract.getHousehold>;

/** What a household is read with. */
export interface HouseholdReader {
  readonly read: ReadSql<Tables>;
  readonly caller: Caller;
  readonly language: 'zh' | 'en';
  readonly kit: { readonly cipher: Cipher };
}

/** One household with its members, sensitive values masked, its problems and its history. @throws Refusal 404 */
export const getHousehold = query(contract.getHousehold, (call) =>
  readHousehold(call, call.params.householdId, call.query),
);

/** As `getHousehold`, for what else shows a household's whole file. @throws Refusal 404 */
export async function readHousehold(
  { read, caller, language, kit }: HouseholdReader,
  householdId: string,
  times: TwoTimes = {},
): Promise<Answer> {
  const isOfPast = isPast(times);
  const register = registerAsOf(read, caller.countyCode, times, householdId);
  const household = await shownHouseholds(register, isOfPast)
    .where('h.id', '=', householdId)
    .where((eb) =>
      eb.or([
        inRegions(eb.ref('h.village_code'), regionPrefixes(caller)),
        sql<SqlBool>`${eb.ref('h.id')} = any (${scopeIds(caller, 'household')}::text[]::uuid[])`,
      ]),
    )
    .select(['h.natural_village as naturalVillage', 'h.dangerous_house as dangerousHouse', 'h.safe_water as safeWater'])
    .select(['h.water_difficulty as waterDifficulty', 'h.version', 'h.changed_at as changedAt'])
    .select((eb) =>
      eb.selectFrom('case_file as c').whereRef('c.open_household_id', '=', 'h.id').select('c.id').as('openCaseId'),
    )
    .executeTakeFirst();
  if (!household) throw notFound();
  const members = await readMembers(register, kit.cipher, householdId);
  const isKnown = ({ at }: { readonly at: string }) => times.knownAt === undefined || at <= times.knownAt;
  return {
    ...household,
    changedAt: household.changedAt.toISOString(),
    members,
    // Problems and open cases are known of today only.
    openCaseId: isOfPast ? null : household.openCaseId,
    problems: isOfPast
      ? []
      : await readProblems(
          read,
          householdId,
          members,
          household.headName,
          await ruleTexts(read, caller.countyCode, language),
        ),
    incomeEvidence: await findIncomeEvidence(read, householdId),
    timeline: (await readTimeline(read, householdId, language)).filter(isKnown),
  };
}

async function readMembers(read: ReadSql<Tables>, cipher: Cipher, householdId: string): Promise<Answer['members']> {
  const rows = await read
    .selectFrom('person as p')
    .where('p.household_id', '=', householdId)
    .orderBy((eb) => eb('p.relation', '=', 'head'), 'desc')
    .orderBy('p.row_order')
    .orderBy('p.id')
    .select(['p.id', 'p.name', 'p.relation', 'p.sex', 'p.birth_date as birthDate', 'p.id_sealed', 'p.phone_sealed'])
    .select(['p.ethnicity', 'p.education', 'p.school', 'p.health', 'p.labour', 'p.work_area as workArea'])
    .select('p.work_months as workMonths')
    .execute();
  return rows.map(({ id_sealed, phone_sealed, ...member }) => ({
    ...member,
    workMonths: member.workMonths === null ? null : Math.round(member.workMonths),
    idNumberMasked: maskIdNumber(cipher.open(PERSON_ID, member.id, id_sealed)),
    phoneMasked: phone_sealed ? maskPhone(cipher.open(PERSON_PHONE, member.id, phone_sealed)) : null,
  }));
}

async function readProblems(
  read: ReadSql<Tables>,
  householdId: string,
  members: Answer['members'],
  headName: string,
  textOf: Awaited<ReturnType<typeof ruleTexts>>,
): Promise<Answer['problems']> {
  const rows = await read
    .selectFrom('quality_breach')
    .where('household_id', '=', householdId)
    .orderBy('rule_id')
    .orderBy('subject_id')
    .select(['rule_id as ruleId', 'subject_id as subjectId', 'recorded_at as foundAt'])
    .execute();
  return rows.map(({ ruleId, subjectId, foundAt }) => ({
    ruleId,
    ...textOf(ruleId, businessDayOf(foundAt)),
    subject: members.find((member) => member.id === subjectId)?.name ?? headName,
  }));
}

/** The file's own changes and what happened in the household's cases, the latest first. */
async function readTimeline(
  read: ReadSql<Tables>,
  householdId: string,
  language: 'zh' | 'en',
): Promise<Answer['timeline']> {
  const versions = read
    .selectFrom('household as h')
    .where('h.id', '=', householdId)
    .select(['h.id', 'h.changed_at', 'h.import_id', 'h.version'])
    .unionAll(
      read
        .selectFrom('household_history as o')
        .where('o.id', '=', householdId)
        .select(['o.id', 'o.changed_at', 'o.import_id', 'o.version']),
    );
  const rows = await read
    .selectFrom(versions.as('v'))
    .leftJoin('roster_import as i', 'i.id', 'v.import_id')
    .leftJoin('correction as k', (join) =>
      join.onRef('k.household_id', '=', 'v.id').onRef('k.corrected_at', '=', 'v.changed_at'),
    )
    .orderBy('v.version', 'desc')
    .select(['v.changed_at as at', 'i.file_name as file', 'v.version', 'k.account_name as by', 'k.reason'])
    .execute();
  const changes = rows.map(({ at, file, version, by, reason }) => ({
    at: at.toISOString(),
    title: version === 1 ? '建立农户档案' : by ? '农户档案更正' : '农户档案变更',
    detail: by ? `${by}：${reason ?? ''}` : file ? `来自导入《${file}》` : '',
  }));
  const cases = await findCaseTimeline(read, householdId, language);
  return [...changes, ...cases].sort((a, b) => (a.at < b.at ? 1 : -1));
}
