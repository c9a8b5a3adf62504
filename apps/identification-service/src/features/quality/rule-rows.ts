import type { Asked, HouseholdRecord, MemberRecord } from '@bangfu/domain/identification/household/record';
import { DEFAULT_POLICY } from '@bangfu/domain/identification/policy/policy';
import { ruleContext } from '@bangfu/domain/identification/quality/rule';
import { runRules } from '@bangfu/domain/identification/quality/run';
import type { ASKED_KEYS } from '@bangfu/domain/identification/roster/columns';
import type { Sex } from '@bangfu/domain/shared/id-number';
import type { BusinessDay } from '@bangfu/domain/shared/time';
import { inBatches } from '@bangfu/data/batches';
import type { PoolClient } from '@bangfu/data/pool';

/**
 * A member with his household's fields, as the register holds them or will hold them after an import; rows of one household
 * stand together. The household's own fields are read from its head's row.
 */
interface RuleRow {
  readonly household_id: string;
  readonly number: string;
  readonly village_code: string;
  readonly status: 'none' | 'registered' | 'exited' | 'returned';
  readonly category: HouseholdRecord['category'];
  readonly main_cause: HouseholdRecord['mainCause'];
  readonly dangerous_house: boolean | null;
  readonly safe_water: boolean | null;
  readonly water_difficulty: boolean | null;
  readonly per_capita_income_fen: number | null;
  readonly conditions: Details;
  readonly stated_count: number | null;
  readonly person_id: string;
  readonly name: string;
  readonly birth_date: BusinessDay;
  readonly sex: Sex;
  readonly has_certificate: boolean;
  readonly relation: MemberRecord['relation'];
  readonly ethnicity: string | null;
  readonly education: MemberRecord['education'];
  readonly school: MemberRecord['schoolStage'];
  readonly health: MemberRecord['health'] | null;
  readonly labour: MemberRecord['labour'];
  readonly work_area: MemberRecord['workStatus'];
  readonly work_months: number | null;
  readonly critical_insurance: boolean | null;
  readonly details: Details;
}

/**
 * Values of the later editions' columns by their keys (roster/columns); null was asked and left empty. Of `ASKED_KEYS`
 * it holds that alone: their values have columns of their own, where an empty one may also be one that no file had.
 */
interface Details extends Readonly<Partial<Record<(typeof ASKED_KEYS)[number], null>>> {
  readonly housingArea?: number | null;
  readonly roadDistance?: number | null;
  readonly farmland?: number | null;
  readonly woodland?: number | null;
  readonly wageIncome?: number | null;
  readonly businessIncome?: number | null;
  readonly propertyIncome?: number | null;
  readonly transferIncome?: number | null;
  readonly productionCost?: number | null;
  readonly safeWaterSolved?: boolean | null;
  readonly residentMedicalInsurance?: boolean | null;
  readonly publicWelfarePost?: string | null;
  readonly publicWelfareMonths?: number | null;
}

/** Selects the rows of the register's households `h` that fit the condition, as the rules read them. */
export const registerRows = (condition: string) => `
  SELECT h.id AS household_id, h.number, h.village_code, h.status, h.category, h.main_cause, h.dangerous_house,
    h.safe_water, h.water_difficulty, h.per_capita_income_fen, h.conditions, h.stated_count, p.id AS person_id, p.name,
    p.birth_date, p.sex, p.has_certificate, p.relation, p.ethnicity, p.education, p.school, p.health, p.labour,
    p.work_area, p.work_months, p.critical_insurance, p.details
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
  const context = ruleContext(DEFAULT_POLICY, county, today);
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
      breaches.push({ householdId, villageCode, ruleId, subjectId: personId ?? householdId });
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

/** A column's value as rules know it: nothing in it means empty only where a file had the column. */
function asked<T>(value: T | null, { details }: RuleRow, key: (typeof ASKED_KEYS)[number]): Asked<T> {
  return value ?? details[key];
}

function toMember(row: RuleRow): MemberRecord {
  const health = row.health ?? [];
  return {
    id: row.person_id,
    name: row.name,
    idFacts: { birthDate: row.birth_date, sex: row.sex },
    sex: undefined,
    deceasedOn: null,
    relation: row.relation,
    ethnicity: asked(row.ethnicity, row, 'ethnicity'),
    education: row.education,
    schoolStage: asked(row.school ?? null, row, 'schoolStage'),
    nonAttendanceReason: undefined,
    health: health.length > 0 || row.details.health === null ? health : undefined,
    disabilityCertificate: row.has_certificate ? 'well-formed' : undefined,
    labour: asked(row.labour ?? null, row, 'labour'),
    workStatus: row.work_area,
    plansToWorkAway: undefined,
    serviceNeeds: undefined,
    workRecords: undefined,
    workMonths: row.work_months,
    residentMedicalInsurance: row.details.residentMedicalInsurance,
    employeeMedicalInsurance: undefined,
    criticalIllnessInsurance: asked(row.critical_insurance, row, 'criticalIllnessInsurance'),
    publicWelfarePost: row.details.publicWelfarePost,
    publicWelfareMonths: row.details.publicWelfareMonths,
    yuluSubsidy: undefined,
  };
}

/** Two columns ask the same, one of each edition: either answers, and empty are both only where one was asked. */
function safeWater({ safe_water, conditions }: RuleRow): Asked<boolean> {
  const known = safe_water ?? conditions.safeWaterSolved;
  return known ?? ('safeWater' in conditions || 'safeWaterSolved' in conditions ? null : undefined);
}

function toRecord(rows: readonly RuleRow[]): HouseholdRecord | null {
  const head = rows.find((row) => row.relation === 'head') ?? rows[0];
  if (!head) return null;
  const { conditions } = head;
  return {
    id: head.household_id,
    number: head.number,
    villageCode: head.village_code,
    status: STATUS[head.status],
    category: head.category,
    mainCause: head.main_cause,
    otherCauses: [],
    memberCount: head.stated_count,
    dangerousHouse: head.dangerous_house,
    housingGuarantee: undefined,
    safeWater: safeWater(head),
    waterDifficulty: head.water_difficulty,
    waterFacilityDamaged: undefined,
    housingArea: conditions.housingArea,
    roadDistance: conditions.roadDistance,
    farmland: conditions.farmland,
    woodland: conditions.woodland,
    incomeYear: null,
    perCapitaIncome: head.per_capita_income_fen,
    lastYearPerCapitaIncome: undefined,
    // The roster brings the parts and the per-capita figure, not the household's net income.
    netIncome: undefined,
    wageIncome: conditions.wageIncome,
    businessIncome: conditions.businessIncome,
    propertyIncome: conditions.propertyIncome,
    transferIncome: conditions.transferIncome,
    productionCost: conditions.productionCost,
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
