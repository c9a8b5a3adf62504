import type { Asked, HouseholdRecord, MemberRecord } from '@bangfu/domain/identification/household/record';
import { MONITORING_LINE, QUALITY_RULES } from '@bangfu/contracts/identification/policies';
import { type ReadSql, typedSql } from '@bangfu/data/typed-sql';
import { policyOn, policyVersions } from '@bangfu/platform/policy/policy-on';
import type { PolicyTables } from '@bangfu/platform/policy/table';
import { type RuleContext, ruleContext } from '@bangfu/domain/identification/quality/rule';
import { runRules } from '@bangfu/domain/identification/quality/run';
import type { Cause } from '@bangfu/domain/identification/roster/dictionaries';
import type { BusinessDay } from '@bangfu/domain/shared/time';
import { inBatches } from '@bangfu/data/batches';
import type { PoolClient } from '@bangfu/data/pool';
import type { Selectable } from 'kysely';
import type { DB } from '../../generated/tables.ts';
import { listOf } from '../../register/columns.ts';
import { HOUSEHOLD_FACT_COLUMNS, PERSON_FACT_COLUMNS } from '../../register/fact-columns.ts';

/**
 * A member with his household's facts, as the register holds them or will hold them after an import; rows of one household
 * stand together. The household's own facts are read from its head's row.
 */
type RuleRow = Readonly<
  Pick<Selectable<DB['household']>, (typeof HOUSEHOLD_FACTS_READ)[number]> &
    Pick<Selectable<DB['person']>, (typeof PERSON_FACTS_READ)[number] | 'birth_date' | 'sex' | 'has_certificate'>
> & {
  readonly household_id: string;
  readonly person_id: string;
  /** What was asked for and left empty. */
  readonly household_left_empty: readonly string[];
  readonly left_empty: readonly string[];
};

/** The facts of households that rules read, and those of persons. */
const HOUSEHOLD_FACTS_READ = [
  'number',
  'village_code',
  'status',
  'category',
  'main_cause',
  'other_causes',
  'dangerous_house',
  'safe_water',
  'safe_water_solved',
  'water_difficulty',
  'housing_area',
  'road_distance',
  'farmland',
  'woodland',
  'per_capita_income_fen',
  'wage_income',
  'business_income',
  'property_income',
  'transfer_income',
  'production_cost',
  'stated_count',
] as const;
const PERSON_FACTS_READ = [
  'name',
  'relation',
  'ethnicity',
  'education',
  'school',
  'health',
  'labour',
  'work_area',
  'work_months',
  'critical_insurance',
  'resident_medical_insurance',
  'public_welfare_post',
  'public_welfare_months',
] as const;

const READ: ReadonlySet<string> = new Set([...HOUSEHOLD_FACTS_READ, ...PERSON_FACTS_READ]);

/** The facts that reach the rules, by their keys. */
export const FACTS_READ: ReadonlySet<string> = new Set([
  'idNumber',
  ...[...HOUSEHOLD_FACT_COLUMNS, ...PERSON_FACT_COLUMNS].flatMap(({ key, column }) => (READ.has(column) ? [key] : [])),
]);

/** Selects the rows of the register's households `h` that fit the condition, as the rules read them. */
export const registerRows = (condition: string) => `
  SELECT h.id AS household_id, ${listOf(HOUSEHOLD_FACTS_READ, 'h')}, h.left_empty AS household_left_empty,
    p.id AS person_id, p.birth_date, p.sex, p.has_certificate, p.left_empty, ${listOf(PERSON_FACTS_READ, 'p')}
  FROM household h JOIN person p ON p.household_id = h.id
  WHERE ${condition} ORDER BY h.id, p.row_order, p.id`;

const STATUS = { none: null, registered: 'poor', exited: 'exited', returned: 'returned' } as const;
const BATCH = 5000;

/** A rule broken by a household or one of its members. */
export interface KeptBreach {
  readonly householdId: string;
  readonly villageCode: string;
  readonly ruleId: string;
  readonly subjectId: string;
  /** The version of the thresholds; null for the rule over all persons, which has none. */
  readonly policyId: string | null;
}

/**
 * Runs every rule over the households a query gives as `RuleRow`s ordered by household, in one pass of flat memory.
 * @returns the number of households and persons seen, and the breaches
 */
export async function checkRows(
  client: PoolClient,
  query: string,
  params: readonly unknown[],
  county: string,
  today: BusinessDay,
  progress: (households: number) => Promise<void>,
): Promise<{ households: number; persons: number; breaches: KeptBreach[] }> {
  const { policyId, context } = await contextOf(typedSql<PolicyTables>(client), county, today);
  const breaches: KeptBreach[] = [];
  let households = 0;
  let persons = 0;
  let rows: RuleRow[] = [];
  const finish = () => {
    const record = toRecord(rows);
    if (!record) return;
    households += 1;
    for (const { ruleId, personId } of runRules(record, context)) {
      const { id: householdId, villageCode } = record;
      breaches.push({ householdId, villageCode, ruleId, subjectId: personId ?? householdId, policyId });
    }
    rows = [];
  };
  for await (const batch of inBatches<RuleRow>(client, query, params, BATCH)) {
    for (const row of batch) {
      if (rows[0] && rows[0].household_id !== row.household_id) finish();
      rows.push(row);
    }
    persons += batch.length;
    await progress(households);
  }
  finish();
  return { households, persons, breaches };
}

/** The context of a run by the county's policies: the thresholds of the day, and each year's monitoring line. */
async function contextOf(
  read: ReadSql<PolicyTables>,
  county: string,
  today: BusinessDay,
): Promise<{ policyId: string; context: RuleContext }> {
  const { id: policyId, value: quality } = await policyOn(read, county, QUALITY_RULES, today);
  const lines = await policyVersions(read, county, MONITORING_LINE);
  const lineOf = (year: number) => lines.find(lastDayOf(year))?.value.amountFen ?? null;
  return { policyId, context: ruleContext(quality, today, lineOf) };
}

/** The last day of a year of the register, whatever is written there. */
const lastDayOf = (year: number) => `${String(year).padStart(4, '0')}-12-31` as BusinessDay;

/** A fact as rules know it: empty means so only where it was asked for. */
const asked = <T>(value: T | null, key: string, leftEmpty: readonly string[]): Asked<T> =>
  value ?? (leftEmpty.includes(key) ? null : undefined);

function toMember(row: RuleRow): MemberRecord {
  const empty = row.left_empty;
  return {
    id: row.person_id,
    name: row.name,
    idFacts: { birthDate: row.birth_date as BusinessDay, sex: row.sex },
    sex: undefined,
    deceasedOn: null,
    relation: row.relation,
    ethnicity: asked(row.ethnicity, 'ethnicity', empty),
    education: row.education,
    schoolStage: asked(row.school, 'schoolStage', empty),
    nonAttendanceReason: undefined,
    health: row.health.length > 0 || empty.includes('health') ? row.health : undefined,
    disabilityCertificate: row.has_certificate ? 'well-formed' : undefined,
    labour: asked(row.labour, 'labour', empty),
    workStatus: row.work_area,
    plansToWorkAway: undefined,
    serviceNeeds: undefined,
    workRecords: undefined,
    workMonths: row.work_months,
    residentMedicalInsurance: asked(row.resident_medical_insurance, 'residentMedicalInsurance', empty),
    employeeMedicalInsurance: undefined,
    criticalIllnessInsurance: asked(row.critical_insurance, 'criticalIllnessInsurance', empty),
    publicWelfarePost: asked(row.public_welfare_post, 'publicWelfarePost', empty),
    publicWelfareMonths: asked(row.public_welfare_months, 'publicWelfareMonths', empty),
    yuluSubsidy: undefined,
  };
}

/** Two columns ask the same, one of each edition: either answers, and empty are both only where one was asked. */
function safeWater({ safe_water, safe_water_solved, household_left_empty }: RuleRow): Asked<boolean> {
  const isAsked = household_left_empty.includes('safeWater') || household_left_empty.includes('safeWaterSolved');
  return safe_water ?? safe_water_solved ?? (isAsked ? null : undefined);
}

function toRecord(rows: readonly RuleRow[]): HouseholdRecord | null {
  const head = rows.find((row) => row.relation === 'head') ?? rows[0];
  if (!head) return null;
  const empty = head.household_left_empty;
  return {
    id: head.household_id,
    number: head.number,
    villageCode: head.village_code,
    status: STATUS[head.status],
    category: head.category,
    mainCause: head.main_cause,
    otherCauses: head.other_causes as Cause[],
    memberCount: head.stated_count,
    dangerousHouse: head.dangerous_house,
    housingGuarantee: undefined,
    safeWater: safeWater(head),
    waterDifficulty: head.water_difficulty,
    waterFacilityDamaged: undefined,
    housingArea: asked(head.housing_area, 'housingArea', empty),
    roadDistance: asked(head.road_distance, 'roadDistance', empty),
    farmland: asked(head.farmland, 'farmland', empty),
    woodland: asked(head.woodland, 'woodland', empty),
    incomeYear: null,
    perCapitaIncome: head.per_capita_income_fen,
    lastYearPerCapitaIncome: undefined,
    // The roster brings the parts and the per-capita figure, not the household's net income.
    netIncome: undefined,
    wageIncome: asked(head.wage_income, 'wageIncome', empty),
    businessIncome: asked(head.business_income, 'businessIncome', empty),
    propertyIncome: asked(head.property_income, 'propertyIncome', empty),
    transferIncome: asked(head.transfer_income, 'transferIncome', empty),
    productionCost: asked(head.production_cost, 'productionCost', empty),
    pension: undefined,
    lowIncomeAllowance: undefined,
    extremeHardshipSupport: undefined,
    disabilityAllowance: undefined,
    outOfPocketMedical: undefined,
    monitoredKind: undefined,
    monitoredSince: null,
    recognitionPerCapitaIncome: undefined,
    risks: [],
    measures: [],
    clearedOn: null,
    clearedByAssistance: undefined,
    clearingPerCapitaIncome: undefined,
    hasHelper: undefined,
    lastVisitOn: undefined,
    members: rows.map(toMember),
  };
}
