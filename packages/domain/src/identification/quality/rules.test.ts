import { describe, expect, test } from 'vitest';
import { businessDay } from '../../shared/time.ts';
import type { HouseholdRecord, MemberRecord } from '../household/record.ts';
import { QUALITY } from '../policy/policy.fixture.ts';
import type { QualityPolicy } from '../policy/policy.ts';
import { ruleMessage } from './message.ts';
import { ruleContext } from './rule.ts';
import { ALL_RULES, HOUSEHOLD_RULES, PERSON_RULES, runRules } from './run.ts';
import { born, broken, household, person, pupil, TODAY, withMember, lineOf } from './sample.fixture.ts';

type Figure = number | string;

const day = businessDay;
const one = (change: Partial<MemberRecord>): HouseholdRecord => household({ members: [person(change)] });
const dead = (change: Partial<MemberRecord>, on: string) =>
  withMember({ relation: 'other', deceasedOn: day(on), ...change });
const at60 = (days: 'before' | 'on') => born(days === 'on' ? '1964-06-15' : '1964-06-16');
const student = (stage: NonNullable<MemberRecord['schoolStage']>, change: Partial<MemberRecord> = {}) =>
  pupil('2006-01-01', { schoolStage: stage, ...change });
const monitored = (change: Partial<HouseholdRecord>) => household({ monitoredKind: 'marginal', ...change });
const cleared = (change: Partial<HouseholdRecord>) =>
  monitored({ clearedOn: day('2023-12-01'), clearedByAssistance: true, ...change });

/** For each rule one record that breaks it and one that just does not. */
const CASES: Readonly<Record<string, readonly [breaks: HouseholdRecord, holds: HouseholdRecord]>> = {
  // Identity
  '1_01_004': [one({ idFacts: null }), one({ disabilityCertificate: 'well-formed' })],
  x_01_001: [one({ idFacts: born('2024-06-16') }), one({ idFacts: born('2024-06-15') })],
  x_01_002: [one({ sex: 'female' }), one({ sex: 'female', idFacts: born('1975-01-01', 'female') })],
  '2_01_001': [one({ ethnicity: null }), one({ ethnicity: '满族' })],
  '2_12_008': [
    withMember({ relation: 'spouse', sex: 'male' }),
    withMember({ relation: 'spouse', sex: 'female', idFacts: born('1976-01-01', 'female') }),
  ],
  x_01_004: [
    withMember({ relation: 'son', idFacts: born('1988-12-31') }),
    withMember({ relation: 'son', idFacts: born('1989-01-01') }),
  ],
  '3_02_011': [withMember({ relation: 'head' }), withMember({ relation: 'head', deceasedOn: day('2024-01-01') })],
  x_01_003: [household({ memberCount: 2 }), household({ memberCount: 1 })],
  // Education, labour, work
  '3_12_004': [student('senior-high-1', { education: 'junior-high' }), one({ schoolStage: 'not-in-school' })],
  '5_12_014': [pupil('2009-06-15'), pupil('2009-06-16')],
  '5_12_018': [
    pupil('2004-06-16', { schoolStage: 'master-or-above' }),
    pupil('2004-06-15', { schoolStage: 'master-or-above' }),
  ],
  '5_17_007': [
    one({ education: 'primary', idFacts: born('2001-06-16') }),
    one({ education: 'primary', idFacts: born('2001-06-15') }),
  ],
  '5_15_017': [
    pupil('2010-01-01', { schoolStage: null }),
    pupil('2010-01-01', { schoolStage: null, nonAttendanceReason: '重度残疾送教上门' }),
  ],
  '1111_07': [student('bachelor-1', { labour: 'weak' }), student('bachelor-1')],
  '2_01_011': [one({ idFacts: born('2008-06-16') }), one({ idFacts: born('2008-06-15') })],
  '2_12_017': [one({ idFacts: at60('on') }), one({ idFacts: at60('before') })],
  '5_12_008': [one({ labour: 'weak', idFacts: at60('before') }), one({ labour: 'weak', idFacts: at60('on') })],
  '4_01_006': [
    student('senior-high-3', { plansToWorkAway: true }),
    student('secondary-vocational-3', { plansToWorkAway: true }),
  ],
  '2_12_004': [
    one({ labour: 'lost', workStatus: 'outside-province' }),
    one({ labour: 'weak', workStatus: 'outside-province' }),
  ],
  '5_16_010': [
    one({ workRecords: [{ startsOn: day('1990-12-31'), endsOn: day('1991-12-31') }] }),
    one({ workRecords: [{ startsOn: day('1991-01-01'), endsOn: day('1991-12-31') }] }),
  ],
  '1111_16': [
    one({ workRecords: [{ startsOn: day('2020-01-01'), endsOn: null }] }),
    one({ workStatus: 'within-county', workRecords: [{ startsOn: day('2020-01-01'), endsOn: null }] }),
  ],
  '1111_17': [
    one({ workRecords: [{ startsOn: day('2020-01-01'), endsOn: day('2024-06-16') }] }),
    one({ workRecords: [{ startsOn: day('2020-01-01'), endsOn: day('2024-06-15') }] }),
  ],
  x_02_001: [
    one({
      workRecords: [
        { startsOn: day('2020-01-01'), endsOn: day('2020-12-31') },
        { startsOn: day('2020-12-30'), endsOn: day('2021-12-31') },
      ],
    }),
    one({
      workRecords: [
        { startsOn: day('2020-01-01'), endsOn: day('2020-12-31') },
        { startsOn: day('2020-12-31'), endsOn: day('2021-12-31') },
      ],
    }),
  ],
  '5_15_009': [one({ plansToWorkAway: true }), one({ plansToWorkAway: true, serviceNeeds: ['job-information'] })],
  '5_12_005': [
    one({ publicWelfarePost: '保洁', publicWelfareMonths: 6, idFacts: born('1954-06-15') }),
    one({ publicWelfarePost: '保洁', publicWelfareMonths: 6, idFacts: born('1954-06-16') }),
  ],
  '5_15_007': [
    one({ publicWelfarePost: '护林', publicWelfareMonths: 6, labour: 'none' }),
    one({ publicWelfarePost: '护林', publicWelfareMonths: 6, labour: 'weak' }),
  ],
  '3_01_005': [one({ publicWelfarePost: '护林' }), one({ publicWelfarePost: '护林', publicWelfareMonths: 1 })],
  '3_01_006': [one({ publicWelfareMonths: 1 }), one({ publicWelfareMonths: 0 })],
  '3_01_011': [
    household({ members: ['p1', 'p2', 'p3'].map((id) => person({ id, publicWelfarePost: '护林' })) }),
    household({ members: ['p1', 'p2'].map((id) => person({ id, publicWelfarePost: '护林' })) }),
  ],
  '5_15_011': [
    student('senior-high-1', { yuluSubsidy: 'secondary' }),
    student('secondary-vocational-1', { yuluSubsidy: 'secondary' }),
  ],
  '5_15_012': [
    student('bachelor-1', { yuluSubsidy: 'higher' }),
    student('higher-vocational-1', { yuluSubsidy: 'higher' }),
  ],
  '1111_02': [student('higher-vocational-1'), { ...student('higher-vocational-1'), status: null }],
  // Health and insurance
  '2_01_006': [one({ criticalIllnessInsurance: null }), one({ criticalIllnessInsurance: undefined })],
  '2_01_008': [
    one({ residentMedicalInsurance: null, employeeMedicalInsurance: false }),
    one({ residentMedicalInsurance: false, employeeMedicalInsurance: true }),
  ],
  '2_01_016': [
    one({ criticalIllnessInsurance: false }),
    one({ residentMedicalInsurance: false, employeeMedicalInsurance: true }),
  ],
  '2_12_015': [one({ employeeMedicalInsurance: true }), one({ employeeMedicalInsurance: null })],
  '4_12_003': [
    one({ health: ['disabled'] }),
    one({
      health: ['disabled'],
      idFacts: { ...born('1975-01-01'), certificate: { category: 1, grade: 2, reissue: '' } },
    }),
  ],
  '4_11_016': [
    { ...dead({ health: ['disabled'] }, '2023-12-31'), disabilityAllowance: true },
    { ...dead({ health: ['disabled'] }, '2024-01-01'), disabilityAllowance: true },
  ],
  '5_15_015': [
    household({ mainCause: 'illness' }),
    { ...dead({ health: ['healthy', 'chronic-disease'] }, '2024-01-01'), mainCause: 'illness' },
  ],
  '5_15_020': [household({ risks: ['illness'] }), household({ risks: ['illness'], outOfPocketMedical: 1 })],
  // Household conditions
  '3_02_002': [household({ safeWater: null }), household({ safeWater: false })],
  '3_02_008': [household({ housingArea: Number.NaN }), household({ housingArea: 0 })],
  '3_02_013': [household({ roadDistance: null }), household({ roadDistance: 0 })],
  '5_14_021': [household({ roadDistance: Number.NaN }), household({ roadDistance: null })],
  '5_14_008': [household({ farmland: 100.01 }), household({ farmland: 100 })],
  '5_14_002': [household({ woodland: -0.01 }), household({ woodland: 200 })],
  x_03_001: [household({ dangerousHouse: true }), household({ dangerousHouse: true, housingGuarantee: false })],
  // Income
  x_04_001: [household({ netIncome: 900_001 }), household({ netIncome: 900_000 })],
  x_04_002: [
    household({ netIncome: 900_001, memberCount: 2, perCapitaIncome: 450_000 }),
    household({ netIncome: 900_001, memberCount: 2, perCapitaIncome: 450_001 }),
  ],
  '5_15_023': [household({ wageIncome: 9_999 }), household({ wageIncome: 10_000 })],
  '1_02_006': [household({ perCapitaIncome: 729_999 }), household({ perCapitaIncome: 730_000 })],
  '1111_18': [
    monitored({ monitoredSince: day('2023-01-01'), recognitionPerCapitaIncome: 2_000_001 }),
    monitored({ monitoredSince: day('2022-12-31'), recognitionPerCapitaIncome: 2_000_001 }),
  ],
  '4_11_010': [cleared({ clearingPerCapitaIncome: 729_999 }), cleared({ clearingPerCapitaIncome: 730_000 })],
  '4_11_012': [cleared({ measures: ['job'], wageIncome: 0 }), cleared({ measures: ['industry'], wageIncome: 0 })],
  '5_11_013': [
    cleared({ measures: ['industry'], businessIncome: 0 }),
    cleared({ measures: ['industry'], businessIncome: 1 }),
  ],
  x_04_003: [
    household({ lastYearPerCapitaIncome: 1_000_000, perCapitaIncome: 1_500_001 }),
    household({ lastYearPerCapitaIncome: 1_000_000, perCapitaIncome: 1_500_000 }),
  ],
  x_04_004: [
    { ...one({ idFacts: at60('before') }), pension: 1 },
    { ...one({ idFacts: at60('on') }), pension: 1 },
  ],
  // Monitoring and measures
  '1_02_007': [
    { ...pupil('2009-01-01', { schoolStage: 'not-in-school' }), clearedOn: day('2023-12-01') },
    { ...pupil('2008-06-15', { schoolStage: 'not-in-school' }), clearedOn: day('2023-12-01') },
  ],
  x_05_001: [
    household({ status: 'poor', lastVisitOn: day('2024-05-07') }),
    household({ status: 'poor', lastVisitOn: day('2024-05-08') }),
  ],
  '1_02_009': [cleared({ waterFacilityDamaged: true }), monitored({ waterFacilityDamaged: true })],
  '4_11_006': [monitored({ safeWater: false }), monitored({ safeWater: false, risks: ['water'] })],
  '4_11_015': [
    household({ measures: ['low-income-allowance'] }),
    household({ measures: ['low-income-allowance'], extremeHardshipSupport: 1 }),
  ],
  '5_11_032': [monitored({ measures: ['social-security'] }), monitored({ measures: ['social-security', 'job'] })],
  '5_15_013': [
    { ...one({ labour: 'lost' }), risks: ['unstable-work'] },
    { ...one({ labour: 'weak' }), risks: ['unstable-work'] },
  ],
  '5_15_014': [
    household({ risks: ['unstable-work'] }),
    {
      ...one({ workRecords: [{ startsOn: day('2020-01-01'), endsOn: day('2020-02-01') }] }),
      risks: ['unstable-work'],
    },
  ],
  '3_11_003': [
    household({ risks: ['illness'], measures: ['job'] }),
    household({ risks: ['illness'], measures: ['health'] }),
  ],
  '5_15_019': [
    { ...one({ idFacts: born('2006-06-15') }), category: 'extreme-hardship' },
    { ...one({ idFacts: born('2006-06-16') }), category: 'extreme-hardship' },
  ],
};

describe('each rule', () => {
  test.each(Object.entries(CASES))(
    '%s is broken by the one record and just not by the other',
    (id, [breaks, holds]) => {
      expect(broken(breaks)).toContain(id);
      expect(broken(holds)).not.toContain(id);
    },
  );
});

/** Every figure of the policy, and the policy with that figure moved up or down by one (a day by a year). */
const MOVED = Object.entries(QUALITY).flatMap(
  ([name, value]: [string, Figure | { readonly from: number; readonly to: number }]) => {
    const moved = (to: Figure, by: number): Figure =>
      typeof to === 'number' ? to + by : to.replace(/^\d+/, (year) => String(Number(year) + by));
    const withValue = (changed: unknown) => ({ ...QUALITY, [name]: changed });
    if (typeof value !== 'object') return [[name, [withValue(moved(value, 1)), withValue(moved(value, -1))]] as const];
    const { from, to } = value;
    return [
      [`${name}From`, [withValue({ from: from + 1, to }), withValue({ from: from - 1, to })]] as const,
      [`${name}To`, [withValue({ from, to: to + 1 }), withValue({ from, to: to - 1 })]] as const,
    ];
  },
);

/** Rules that depend on a figure only through another rule, whose own message names it. */
const THROUGH_ANOTHER: readonly string[] = ['1_02_007'];
const textsUnder = (quality: QualityPolicy) =>
  new Map(
    ALL_RULES.map((rule) => [rule.id, `${ruleMessage(rule, quality, 'zh')} ${ruleMessage(rule, quality, 'en')}`]),
  );

test.each(MOVED)('%s: every message that names it follows, and every rule judged by it names it', (name, policies) => {
  const shipped = textsUnder(QUALITY);
  const naming = ALL_RULES.filter(({ message }) => message.zh.includes(`{${name}}`)).map(({ id }) => id);
  expect(naming).not.toEqual([]);
  const judged = new Set<string>();
  for (const policy of policies) {
    const now = textsUnder(policy);
    expect([...now].filter(([id, text]) => text !== shipped.get(id)).map(([id]) => id)).toEqual(naming);
    const context = ruleContext(policy, TODAY, lineOf);
    for (const record of Object.values(CASES).flat()) {
      const before = new Set(broken(record));
      const after = new Set(runRules(record, context).map(({ ruleId }) => ruleId));
      for (const id of [...before, ...after]) if (before.has(id) !== after.has(id)) judged.add(id);
    }
  }
  expect([...judged].filter((id) => !naming.includes(id) && !THROUGH_ANOTHER.includes(id))).toEqual([]);
});

test('no message of a rule has a threshold typed in, in figures or in words', () => {
  // The standard's own: one number with two persons, the digit of the number that says the sex.
  const NO_THRESHOLD: readonly string[] = ['1_01_001', 'x_01_002'];
  const typed = /[1-9]|[二三四五六七八九十百千]+[个岁天日户元]|\b(two|three|four|five|ten|sixteen|sixty)\b/i;
  const found = ALL_RULES.filter(({ message }) => typed.test(message.zh) || typed.test(message.en)).map(({ id }) => id);
  expect(found).toEqual(NO_THRESHOLD);
});

test('every rule has its pair of records', () => {
  expect(Object.keys(CASES).sort()).toEqual([...PERSON_RULES, ...HOUSEHOLD_RULES].map((rule) => rule.id).sort());
});

test.each<[string, HouseholdRecord]>([
  [
    'a mother-in-law younger than the spouse plus 14 years',
    household({
      members: [
        person(),
        person({ id: 'p2', relation: 'spouse', sex: 'female', idFacts: born('1976-01-01', 'female') }),
        person({ id: 'p3', relation: 'wifes-mother', sex: 'female', idFacts: born('1962-01-02', 'female') }),
      ],
    }),
  ],
  ['a father younger than the head plus 14 years', withMember({ relation: 'father', idFacts: born('1961-01-02') })],
  ['a grandson less than 28 years younger', withMember({ relation: 'sons-son', idFacts: born('2002-12-31') })],
  ['a grandfather less than 28 years older', withMember({ relation: 'fathers-father', idFacts: born('1947-01-02') })],
])('x_01_004 is broken by %s', (_name, record) => {
  expect(broken(record)).toContain('x_01_004');
});

test.each([
  ['daughter', 'male'],
  ['husbands-mother', 'male'],
  ['son-in-law', 'female'],
  ['great-grandson', 'female'],
] as const)('2_12_008 is broken by a %s who is %s', (relation, sex) => {
  expect(broken(withMember({ relation, sex }))).toContain('2_12_008');
});

test.each<[string, HouseholdRecord]>([
  ['unsafe water', cleared({ safeWater: false })],
  ['a house without guarantee', cleared({ housingGuarantee: false })],
  ['a member without medical insurance', { ...one({ residentMedicalInsurance: false }), clearedOn: day('2023-12-01') }],
])('1_02_007 is broken by %s', (_name, record) => {
  expect(broken(record)).toContain('1_02_007');
});

test('x_05_001: a poor household without a helper or never visited; an exited one needs none', () => {
  expect(broken(household({ status: 'poor', hasHelper: false }))).toContain('x_05_001');
  expect(broken(household({ status: 'returned', lastVisitOn: null }))).toContain('x_05_001');
  expect(broken(household({ hasHelper: false, lastVisitOn: null }))).not.toContain('x_05_001');
});

test('older than the oldest age is broken, that age itself not', () => {
  expect(broken(one({ idFacts: born('1903-06-15') }))).toContain('x_01_001');
  expect(broken(one({ idFacts: born('1904-06-15') }))).not.toContain('x_01_001');
});
