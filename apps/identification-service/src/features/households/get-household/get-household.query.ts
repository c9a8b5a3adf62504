import type { getHousehold as operation, HouseholdRow } from '@bangfu/contracts/identification/households';
import type { AnswerInputOf } from '@bangfu/contracts/core/operation';
import { maskIdNumber, maskPhone } from '@bangfu/domain/shared/id-number';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { type Caller, regionPrefixes, scopeIds } from '@bangfu/platform/auth/caller';
import type { Pool } from '@bangfu/data/pool';
import { readsOf } from '@bangfu/platform/db/reads';
import { likeAny } from '@bangfu/data/scope';
import { notFound } from '@bangfu/platform/http/refusal';
import type { Identification } from '../../../db/client.ts';
import { findCaseTimeline } from '../../cases/case-timeline.query.ts';
import { findIncomeEvidence } from '../../income/find-income-evidence.query.ts';
import { ruleText } from '../../quality/get-quality/get-quality.query.ts';
import { ROW_COLUMNS } from '../list-households/list-households.query.ts';
import { PERSON_ID, PERSON_PHONE } from '../../../db/sealed.ts';

type Answer = AnswerInputOf<typeof operation>;

interface MemberRow {
  readonly id: string;
  readonly name: string;
  readonly relation: string;
  readonly sex: 'male' | 'female';
  readonly birthDate: string;
  readonly id_sealed: Buffer;
  readonly phone_sealed: Buffer | null;
  readonly ethnicity: string | null;
  readonly education: string | null;
  readonly school: string | null;
  readonly health: string[];
  readonly labour: string | null;
  readonly workArea: string | null;
  readonly workMonths: number | null;
}

type HouseholdDetail = HouseholdRow &
  Pick<Answer, 'naturalVillage' | 'dangerousHouse' | 'safeWater' | 'waterDifficulty' | 'version' | 'openCaseId'> & {
    changedAt: Date;
  };

/** One household with its members, sensitive values masked, its problems and its history. @throws Refusal 404 */
export async function getHousehold(
  service: Identification,
  caller: Caller,
  householdId: string,
  language: 'zh' | 'en',
): Promise<Answer> {
  const pool = readsOf(service, caller);
  const { rows } = await pool.query<HouseholdDetail>(
    `SELECT ${ROW_COLUMNS}, h.natural_village AS "naturalVillage", h.dangerous_house AS "dangerousHouse",
       h.safe_water AS "safeWater", h.water_difficulty AS "waterDifficulty", h.version, h.changed_at AS "changedAt",
       (SELECT c.id FROM case_file c WHERE c.open_household_id = h.id) AS "openCaseId"
     FROM household h JOIN region v ON v.id = h.village_id JOIN region t ON t.code = v.parent_code
     WHERE h.id = $1::uuid AND (h.village_code LIKE ANY ($2) OR h.id = ANY ($3::text[]::uuid[]))`,
    [householdId, likeAny(regionPrefixes(caller)), scopeIds(caller, 'household')],
  );
  const household = rows[0];
  if (!household) throw notFound();
  const members = await readMembers(service, pool, householdId);
  return {
    ...household,
    changedAt: household.changedAt.toISOString(),
    members,
    problems: await readProblems(pool, householdId, members, household.headName, language),
    incomeEvidence: await findIncomeEvidence({ pool }, householdId),
    timeline: await readTimeline(pool, householdId, language),
  };
}

async function readMembers(service: Identification, pool: Pool, householdId: string): Promise<Answer['members']> {
  const { rows } = await pool.query<MemberRow>(
    `SELECT id, name, relation, sex, birth_date AS "birthDate", id_sealed, phone_sealed, ethnicity, education, school,
       health, labour, work_area AS "workArea", work_months AS "workMonths"
     FROM person WHERE household_id = $1::uuid ORDER BY (relation = 'head') DESC, row_order, id`,
    [householdId],
  );
  return rows.map(({ id_sealed, phone_sealed, ...member }) => ({
    ...member,
    workMonths: member.workMonths === null ? null : Math.round(member.workMonths),
    idNumberMasked: maskIdNumber(service.cipher.open(PERSON_ID, member.id, id_sealed)),
    phoneMasked: phone_sealed ? maskPhone(service.cipher.open(PERSON_PHONE, member.id, phone_sealed)) : null,
  }));
}

async function readProblems(
  pool: Pool,
  householdId: string,
  members: Answer['members'],
  headName: string,
  language: 'zh' | 'en',
): Promise<Answer['problems']> {
  const { rows } = await pool.query<{ rule_id: string; subject_id: string; recorded_at: Date }>(
    'SELECT rule_id, subject_id, recorded_at FROM quality_breach WHERE household_id = $1::uuid ORDER BY rule_id, subject_id',
    [householdId],
  );
  return rows.map(({ rule_id, subject_id, recorded_at }) => ({
    ruleId: rule_id,
    ...ruleText(rule_id, language, businessDayOf(recorded_at)),
    subject: members.find((member) => member.id === subject_id)?.name ?? headName,
  }));
}

/** The file's own changes and what happened in the household's cases, the latest first. */
async function readTimeline(pool: Pool, householdId: string, language: 'zh' | 'en'): Promise<Answer['timeline']> {
  const { rows } = await pool.query<{ at: Date; file: string | null; version: number }>(
    `SELECT h.changed_at AS at, i.file_name AS file, h.version FROM household h
       LEFT JOIN roster_import i ON i.id = h.import_id WHERE h.id = $1::uuid
     UNION ALL
     SELECT v.valid_from, i.file_name, v.version FROM household_version v
       LEFT JOIN roster_import i ON i.id::text = v.household->>'import_id' WHERE v.household_id = $1::uuid
     ORDER BY 3 DESC`,
    [householdId],
  );
  const changes = rows.map(({ at, file, version }) => ({
    at: at.toISOString(),
    title: version === 1 ? '建立农户档案' : '农户档案变更',
    detail: file ? `来自导入《${file}》` : '',
  }));
  const cases = await findCaseTimeline({ pool }, householdId, language);
  return [...changes, ...cases].sort((a, b) => (a.at < b.at ? 1 : -1));
}
