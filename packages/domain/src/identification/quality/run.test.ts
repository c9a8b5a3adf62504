import { expect, test } from 'vitest';
import { businessDay } from '../../shared/time.ts';
import type { HouseholdRecord, VillageRecord } from '../household/record.ts';
import { QUALITY } from '../policy/policy.fixture.ts';
import { repeatedKeys } from './identity.ts';
import { ruleContext } from './rule.ts';
import { ALL_RULES, runRules, runVillageRules } from './run.ts';
import { broken, CONTEXT, household, person, pupil, withMember } from './sample.fixture.ts';

test('given a household in order, then no breach and nothing allocated for it', () => {
  expect(runRules(household(), CONTEXT)).toEqual([]);
  expect(runRules(household(), CONTEXT)).toBe(runRules(household(), CONTEXT));
});

test('a breach names the rule, the person and the fields', () => {
  expect(runRules(household({ members: [person({ ethnicity: null })], safeWater: null }), CONTEXT)).toEqual([
    { ruleId: '3_02_002', fields: ['safeWater'] },
    { ruleId: '2_01_001', personId: 'p1', fields: ['ethnicity'] },
  ]);
});

test('the dead break no rule of persons', () => {
  const record = withMember({
    relation: 'other',
    idFacts: null,
    ethnicity: null,
    deceasedOn: businessDay('2020-01-01'),
  });
  expect(runRules(record, CONTEXT)).toEqual([]);
});

test('fields an edition does not ask break nothing', () => {
  const record = household({
    members: [
      person({
        residentMedicalInsurance: undefined,
        employeeMedicalInsurance: undefined,
        publicWelfarePost: undefined,
      }),
    ],
    housingArea: undefined,
    roadDistance: undefined,
    monitoredKind: undefined,
    perCapitaIncome: 1,
  });
  expect(runRules(record, CONTEXT)).toEqual([]);
});

test.each<[string, HouseholdRecord]>([
  ['a certificate', household({ members: [person({ health: ['disabled'], disabilityCertificate: undefined })] })],
  ['the reason', pupil('2012-01-01', { schoolStage: 'not-in-school', nonAttendanceReason: undefined })],
  [
    'the employees’ insurance',
    household({ members: [person({ residentMedicalInsurance: null, employeeMedicalInsurance: undefined })] }),
  ],
  ['the state of health', household({ mainCause: 'illness', members: [person({ health: undefined })] })],
  ['the school', withMember({ relation: 'other', schoolStage: undefined, yuluSubsidy: 'secondary' })],
  ['labour', household({ risks: ['unstable-work'], members: [person({ labour: undefined, workRecords: undefined })] })],
  [
    'the benefits',
    household({ measures: ['low-income-allowance'], lowIncomeAllowance: undefined, extremeHardshipSupport: undefined }),
  ],
])('a record whose edition does not ask for %s lacks nothing', (_what, record) => {
  expect(broken(record)).toEqual([]);
});

test('thresholds come from the policy', () => {
  const strict = { ...QUALITY, farmlandMaxMu: 5 };
  const context = ruleContext(strict, CONTEXT.today, () => null);
  expect(runRules(household({ farmland: 6 }), context).map((b) => b.ruleId)).toEqual(['5_14_008']);
});

test('without a monitoring line of the year nothing is below it', () => {
  expect(runRules(household({ incomeYear: 2019, perCapitaIncome: 1 }), CONTEXT)).toEqual([]);
});

test('every rule has one id and texts in both languages', () => {
  expect(new Set(ALL_RULES.map((rule) => rule.id)).size).toBe(ALL_RULES.length);
  for (const { message, fields } of ALL_RULES) {
    expect(message.zh).toMatch(/\p{Script=Han}/u);
    expect(message.en).not.toMatch(/\p{Script=Han}/u);
    expect(fields.length).toBeGreaterThan(0);
  }
});

test('1_01_001: persons who share a key are found, in the order given', () => {
  expect(
    repeatedKeys([
      ['a', 'k1'],
      ['b', 'k2'],
      ['c', 'k1'],
      ['d', 'k3'],
      ['e', 'k2'],
    ]),
  ).toEqual(['a', 'c', 'b', 'e']);
  expect(
    repeatedKeys([
      ['a', 'k1'],
      ['b', 'k2'],
    ]),
  ).toEqual([]);
});

const VILLAGE: VillageRecord = {
  code: '211382100001',
  households: 100,
  population: 300,
  registeredHouseholds: 100,
  householdsWithoutSafeWater: 60,
  householdsInDangerousHouses: 40,
  clinics: 0,
  readingRooms: 0,
  allowanceHouseholds: 0,
  allowancePersons: 0,
  hardshipPersons: 0,
  disabledPersons: 0,
};

test.each<[string, Partial<VillageRecord>]>([
  ['3_03_003', { households: 0 }],
  ['1_03_002', { population: null }],
  ['3_03_001', { householdsWithoutSafeWater: 61 }],
  ['1_03_009', { clinics: null }],
  ['1_03_013', { readingRooms: null }],
  ['1_03_014', { allowancePersons: null }],
  ['1_03_015', { hardshipPersons: null }],
  ['1_03_016', { disabledPersons: null }],
  ['x_06_001', { registeredHouseholds: 101 }],
])('village rule %s is broken by %j and just not by the sheet in order', (id, change) => {
  expect(runVillageRules({ ...VILLAGE, ...change }).map((b) => b.ruleId)).toContain(id);
  expect(runVillageRules(VILLAGE)).toEqual([]);
});
