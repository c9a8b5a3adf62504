import { randomUUID } from 'node:crypto';
import { openPool, type Pool } from '@bangfu/data/pool';
import { databaseBefore } from '@bangfu/testkit/migrated-database';
import '@bangfu/testkit/postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

const HOUSEHOLD = randomUUID();
const PERSON = randomUUID();
const VILLAGE = randomUUID();
const IMPORT = randomUUID();

/** Every fact that a release before kept in JSON, by the names it had there, with what its column is to hold. */
const OF_HOUSEHOLD = {
  householdType: ['脱贫户', 'household_type', '脱贫户'],
  monitoredKind: ['marginal', 'monitored_kind', 'marginal'],
  monitoredSince: ['2021-05-01', 'monitored_since', '2021-05-01'],
  riskCleared: [false, 'risk_cleared', false],
  wageIncome: [1_200_000, 'wage_income', 1_200_000],
  businessIncome: [0, 'business_income', 0],
  propertyIncome: [-5, 'property_income', -5],
  transferIncome: [30, 'transfer_income', 30],
  productionCost: [40, 'production_cost', 40],
  safeWaterSolved: [true, 'safe_water_solved', true],
  housingArea: [80.5, 'housing_area', 80.5],
  roadDistance: [1.25, 'road_distance', 1.25],
  farmland: [3.4, 'farmland', 3.4],
} as const;
const OF_PERSON = {
  publicWelfarePost: ['护林员', 'public_welfare_post', '护林员'],
  publicWelfareMonths: [7, 'public_welfare_months', 7],
  residentMedicalInsurance: [true, 'resident_medical_insurance', true],
  educationAssistance: ['助学', 'education_assistance', '助学'],
  healthAssistance: ['签约', 'health_assistance', '签约'],
  industryAssistance: ['养鸡', 'industry_assistance', '养鸡'],
  employmentAssistance: ['岗位', 'employment_assistance', '岗位'],
  socialSecurity: ['低保', 'social_security', '低保'],
} as const;
type Kept = Readonly<Record<string, readonly [unknown, string, unknown]>>;
const given = (facts: Kept) => Object.fromEntries(Object.entries(facts).map(([key, [value]]) => [key, value]));
const wanted = (facts: Kept) => Object.fromEntries(Object.values(facts).map(([, column, value]) => [column, value]));

const conditions = {
  ...given(OF_HOUSEHOLD),
  woodland: null,
  risk1: '因病',
  risk3: '收入骤减',
  safeWater: null,
  health: null,
};
const details = { ...given(OF_PERSON), ethnicity: null, labour: null, aside: { 备用: '三号' } };
/** As a release before wrote states of rows, with what it did not know yet left out. */
const state = (more: object) => ({ ...more, health: undefined });

let pool: Pool;
beforeAll(async () => {
  const before = await databaseBefore(inject('postgresUrl'), 'identification', '_facts_and_history');
  pool = openPool(before.url, 1);
  await pool.query(
    `INSERT INTO household (id, county_code, number, village_id, village_code, status, conditions, head_name,
       member_count, version, import_id, changed_at)
     VALUES ($1, '211382000000', '1', $2, '211382101201', 'exited', $3, '甲', 1, 2, $4, '2026-03-01T00:00:00Z')`,
    [HOUSEHOLD, VILLAGE, JSON.stringify(conditions), IMPORT],
  );
  await pool.query(
    `INSERT INTO person (id, household_id, county_code, name, id_sealed, id_index, id_last_four_index, birth_date, sex,
       relation, health, details)
     VALUES ($1, $2, '211382000000', '甲', '\\x0201', '\\x02', '\\x03', '1960-01-01', 'male', 'head', '{healthy}', $3)`,
    [PERSON, HOUSEHOLD, JSON.stringify(details)],
  );
  const household = {
    id: HOUSEHOLD,
    county_code: '211382000000',
    number: '1',
    village_id: VILLAGE,
    village_code: '211382101202',
    status: 'registered',
    conditions: { ...conditions, monitoredSince: '2021', housingArea: '八十' },
    head_name: '甲',
    member_count: 1,
    version: 1,
    import_id: IMPORT,
    changed_at: '2026-01-01T00:00:00+00:00',
    recorded_at: '2026-01-01T00:00:01+00:00',
  };
  const member = {
    id: PERSON,
    household_id: HOUSEHOLD,
    county_code: '211382000000',
    name: '甲',
    id_sealed: '\\x0209',
    id_index: '\\x02',
    id_last_four_index: '\\x03',
    birth_date: '1960-01-01',
    sex: 'male',
    relation: 'head',
    health: ['disabled'],
    details,
    recorded_at: '2026-01-01T00:00:01+00:00',
  };
  await pool.query(
    `INSERT INTO household_version (household_id, version, county_code, household, members, valid_from, valid_until, replaced_by)
     VALUES ($1, 1, '211382000000', $2, $3, '2026-01-01T00:00:00Z', '2026-03-01T00:00:00Z', $4)`,
    [HOUSEHOLD, JSON.stringify(state(household)), JSON.stringify([member]), IMPORT],
  );
  await before.migrate();
});
afterAll(() => pool.end());

const first = async (query: string) => (await pool.query<Record<string, unknown>>(query)).rows[0];

describe('given a register whose facts and earlier states lie in JSON', () => {
  it('when it is migrated, then each fact is in its column, and what was asked for and left empty is known', async () => {
    expect(await first('SELECT * FROM household')).toMatchObject({
      ...wanted(OF_HOUSEHOLD),
      woodland: null,
      risks: ['illness', '收入骤减'],
      left_empty: ['safeWater', 'woodland'],
      other_causes: [],
      status: 'exited',
    });
    expect(await first('SELECT * FROM person')).toMatchObject({
      ...wanted(OF_PERSON),
      left_empty: ['ethnicity', 'labour'],
      aside: { 备用: '三号' },
      health: ['healthy'],
    });
  });

  it('then an earlier state lies in columns too, with what could not be read left out', async () => {
    const { monitored_since: _, housing_area: __, ...facts } = wanted(OF_HOUSEHOLD);
    expect(await first('SELECT * FROM household_history')).toMatchObject({
      ...facts,
      id: HOUSEHOLD,
      version: 1,
      status: 'registered',
      village_code: '211382101202',
      monitored_since: null,
      housing_area: null,
      brought_version: 1,
      replaced_by: IMPORT,
      import_id: IMPORT,
      changed_at: new Date('2026-01-01T00:00:00Z'),
      valid_until: new Date('2026-03-01T00:00:00Z'),
    });
    expect(await first('SELECT * FROM person_history')).toMatchObject({
      ...wanted(OF_PERSON),
      id: PERSON,
      household_id: HOUSEHOLD,
      household_version: 1,
      health: ['disabled'],
      has_certificate: false,
      id_sealed: Buffer.from([2, 9]),
    });
  });
});
