import type { IdFacts, Sex } from '../../shared/id-number.ts';
import { businessDay } from '../../shared/time.ts';
import type { HouseholdRecord, MemberRecord } from '../household/record.ts';
import { QUALITY } from '../policy/policy.fixture.ts';
import { ruleContext } from './rule.ts';
import { runRules } from './run.ts';

/** The check date of the rules' tests and the county they run in. */
export const TODAY = businessDay('2024-06-15');
/** The one monitoring line that is shipped, in fen. */
export const lineOf = (year: number): number | null => (year === 2023 ? 730_000 : null);
export const CONTEXT = ruleContext(QUALITY, TODAY, lineOf);

/** What an ID number says of somebody born on a day. */
export const born = (day: string, sex: Sex = 'male'): IdFacts => ({ birthDate: businessDay(day), sex });

/** A healthy man of 49 with every field filled, who breaks no rule. */
export const person = (change: Partial<MemberRecord> = {}): MemberRecord => ({
  id: 'p1',
  name: '孟春和',
  idFacts: born('1975-01-01'),
  sex: 'male',
  deceasedOn: null,
  relation: 'head',
  ethnicity: '汉族',
  education: 'junior-high',
  schoolStage: null,
  nonAttendanceReason: null,
  health: ['healthy'],
  disabilityCertificate: null,
  labour: 'ordinary',
  workStatus: null,
  plansToWorkAway: false,
  serviceNeeds: null,
  workRecords: [],
  workMonths: null,
  residentMedicalInsurance: true,
  employeeMedicalInsurance: false,
  criticalIllnessInsurance: true,
  publicWelfarePost: null,
  publicWelfareMonths: null,
  yuluSubsidy: null,
  ...change,
});

/** An exited household of one that breaks no rule; `memberCount` follows the members unless given. */
export const household = (change: Partial<HouseholdRecord> = {}): HouseholdRecord => {
  const members = change.members ?? [person()];
  return {
    id: 'h1',
    number: '21138200000001',
    villageCode: '211382100001',
    status: 'exited',
    category: 'general-poor',
    mainCause: 'no-skill',
    otherCauses: [],
    memberCount: members.filter((m) => m.deceasedOn === null).length,
    dangerousHouse: false,
    housingGuarantee: true,
    safeWater: true,
    waterDifficulty: false,
    waterFacilityDamaged: false,
    housingArea: 80.5,
    roadDistance: 0,
    farmland: 6,
    woodland: 0,
    incomeYear: 2023,
    perCapitaIncome: null,
    lastYearPerCapitaIncome: null,
    netIncome: null,
    wageIncome: 500_000,
    businessIncome: 400_000,
    propertyIncome: 0,
    transferIncome: 0,
    productionCost: 0,
    pension: 0,
    lowIncomeAllowance: 0,
    extremeHardshipSupport: 0,
    disabilityAllowance: false,
    outOfPocketMedical: 0,
    monitoredKind: null,
    monitoredSince: null,
    recognitionPerCapitaIncome: null,
    risks: [],
    measures: [],
    clearedOn: null,
    clearedByAssistance: null,
    clearingPerCapitaIncome: null,
    hasHelper: true,
    lastVisitOn: TODAY,
    ...change,
    members,
  };
};

/** The ids of the rules a household breaks. */
export const broken = (record: HouseholdRecord): readonly string[] => runRules(record, CONTEXT).map((b) => b.ruleId);

/** A head of the sample with one more member. */
export const withMember = (change: Partial<MemberRecord>, head: Partial<MemberRecord> = {}): HouseholdRecord =>
  household({ members: [person(head), person({ id: 'p2', ...change })] });

/** A pupil of an age, out of the labour force. */
export const pupil = (day: string, change: Partial<MemberRecord> = {}): HouseholdRecord =>
  withMember({
    relation: 'son',
    idFacts: born(day),
    education: null,
    schoolStage: 'primary',
    labour: 'none',
    ...change,
  });
