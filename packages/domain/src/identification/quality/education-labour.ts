import { ageOn } from '../../shared/time.ts';
import { isSubject, type MemberRecord } from '../household/record.ts';
import type { QualityPolicy } from '../policy/policy.ts';
import type { SchoolStage } from '../roster/dictionaries.ts';
import type { HouseholdRule, PersonRule } from './rule.ts';
import { saysSome } from './said.ts';

const SENIOR_HIGH_OR_BELOW = new Set<SchoolStage>([
  'pre-school',
  'primary',
  'junior-high',
  'senior-high',
  'senior-high-1',
  'senior-high-2',
  'senior-high-3',
]);

const isFilled = (stage: MemberRecord['schoolStage']): stage is SchoolStage =>
  stage !== null && stage !== undefined && stage !== 'not-in-school';
const inSchool = ({ schoolStage }: MemberRecord) => isFilled(schoolStage) && schoolStage !== 'below-school-age';
const outOfSchool = (person: MemberRecord) => person.schoolStage !== undefined && !inSchool(person);
/** Whether somebody of compulsory school age is out of school, was asked for the reason and gave none. */
export const missesSchool = (
  person: MemberRecord,
  age: number,
  { compulsorySchoolAge: { from, to } }: QualityPolicy,
): boolean =>
  age >= from &&
  age <= to &&
  outOfSchool(person) &&
  person.nonAttendanceReason !== undefined &&
  !saysSome(person.nonAttendanceReason);
const inSecondaryVocational = ({ schoolStage }: MemberRecord) =>
  schoolStage?.startsWith('secondary-vocational') === true;
const inHigherVocational = ({ schoolStage }: MemberRecord) => schoolStage?.startsWith('higher-vocational') === true;
const worksOrPlansTo = (person: MemberRecord) =>
  (person.workStatus !== null && person.workStatus !== undefined) || person.plansToWorkAway === true;
const unable = ({ labour }: MemberRecord) => labour === 'none' || labour === 'lost';
/** An empty field claims no ability. */
const claimsLabour = ({ labour }: MemberRecord) => labour !== null && labour !== undefined && labour !== 'none';
const hasPost = ({ publicWelfarePost }: MemberRecord) => saysSome(publicWelfarePost);
export const isHealthy = ({ health }: MemberRecord): boolean => health?.length === 1 && health[0] === 'healthy';

const overlaps = ({ workRecords = [] }: MemberRecord): boolean => {
  for (let i = 1; i < workRecords.length; i++) {
    const previous = workRecords[i - 1];
    const next = workRecords[i];
    if (previous && next && (previous.endsOn === null || next.startsOn < previous.endsOn)) return true;
  }
  return false;
};

const person = (
  id: string,
  severity: PersonRule['severity'],
  fields: PersonRule['fields'],
  zh: string,
  en: string,
  breaks: PersonRule['breaks'],
): PersonRule => ({ id, object: 'person', severity, fields, message: { zh, en }, breaks });

export const EDUCATION_LABOUR_PERSON_RULES: readonly PersonRule[] = [
  person(
    '3_12_004',
    'error',
    ['education', 'schoolStage'],
    '文化程度和在校生状况同时填写',
    'Education level and current school stage are both filled',
    ({ education, schoolStage }) => education !== null && education !== undefined && isFilled(schoolStage),
  ),
  person(
    '5_12_014',
    'error',
    ['schoolStage', 'idFacts'],
    '小学在读但年龄不在 {primarySchoolAgeFrom} 至 {primarySchoolAgeTo} 岁',
    'In primary school, but not aged {primarySchoolAgeFrom} to {primarySchoolAgeTo}',
    ({ schoolStage }, { age, quality: { primarySchoolAge } }) =>
      schoolStage === 'primary' && (age < primarySchoolAge.from || age > primarySchoolAge.to),
  ),
  person(
    '5_12_018',
    'error',
    ['schoolStage', 'idFacts'],
    '硕士及以上在读但未满 {masterAge} 岁',
    "In a master's course or above, but under {masterAge}",
    ({ schoolStage }, { age, quality }) => schoolStage === 'master-or-above' && age < quality.masterAge,
  ),
  person(
    '5_17_007',
    'warning',
    ['education', 'schoolStage', 'idFacts'],
    '{schoolLeaverAgeFrom} 至 {schoolLeaverAgeTo} 岁不在校且文化程度为小学及以下',
    'Aged {schoolLeaverAgeFrom} to {schoolLeaverAgeTo}, not in school, education primary or less',
    (p, { age, quality: { schoolLeaverAge } }) =>
      (p.education === 'illiterate' || p.education === 'primary') &&
      age >= schoolLeaverAge.from &&
      age <= schoolLeaverAge.to &&
      outOfSchool(p),
  ),
  person(
    '5_15_017',
    'error',
    ['schoolStage', 'nonAttendanceReason'],
    '义务教育阶段适龄人员（{compulsorySchoolAgeFrom} 至 {compulsorySchoolAgeTo} 岁）不在校且未填失学原因',
    'Of compulsory school age ({compulsorySchoolAgeFrom} to {compulsorySchoolAgeTo}), not in school, no reason for non-attendance',
    (p, { age, quality }) => missesSchool(p, age, quality),
  ),
  person(
    '1111_07',
    'error',
    ['schoolStage', 'labour'],
    '在校生劳动技能不是“无劳动力”',
    'In school, but labour ability is not "none"',
    (p) => claimsLabour(p) && inSchool(p),
  ),
  person(
    '2_01_011',
    'error',
    ['labour', 'idFacts'],
    '未满 {workingAge} 岁但劳动技能不是“无劳动力”',
    'Under {workingAge}, but labour ability is not "none"',
    (p, { age, quality }) => age < quality.workingAge && claimsLabour(p),
  ),
  person(
    '2_12_017',
    'warning',
    ['labour', 'idFacts'],
    '{oldAge} 岁及以上劳动技能为普通、技能或丧失劳动力',
    'Aged {oldAge} or more with ordinary, skilled or lost labour ability',
    ({ labour }, { age, quality }) =>
      age >= quality.oldAge && (labour === 'ordinary' || labour === 'skilled' || labour === 'lost'),
  ),
  person(
    '5_12_008',
    'error',
    ['labour', 'health', 'schoolStage'],
    '{workingAge} 岁及以上、不满 {oldAge} 岁，健康且不在校，劳动技能却为无或弱劳动力',
    'Aged {workingAge} to under {oldAge}, healthy, not in school, but labour ability none or weak',
    (p, { age, quality }) =>
      (p.labour === 'none' || p.labour === 'weak') &&
      age >= quality.workingAge &&
      age < quality.oldAge &&
      isHealthy(p) &&
      outOfSchool(p),
  ),
  person(
    '4_01_006',
    'error',
    ['schoolStage', 'workStatus', 'plansToWorkAway'],
    '学前教育至高中在读却登记为务工或有务工意愿',
    'In pre-school to senior high school, but working away or planning to',
    (p) => isFilled(p.schoolStage) && SENIOR_HIGH_OR_BELOW.has(p.schoolStage) && worksOrPlansTo(p),
  ),
  person(
    '2_12_004',
    'error',
    ['workStatus', 'plansToWorkAway', 'labour'],
    '务工或有务工意愿，劳动技能却为丧失或无劳动力',
    'Working away or planning to, but labour ability none or lost',
    (p) => unable(p) && worksOrPlansTo(p),
  ),
  person(
    '5_16_010',
    'error',
    ['workRecords'],
    '务工开始时未满 {workingAge} 岁',
    'A work record starts before age {workingAge}',
    ({ workRecords = [], idFacts }, { quality }) =>
      idFacts !== null && workRecords.some((w) => ageOn(idFacts.birthDate, w.startsOn) < quality.workingAge),
  ),
  person(
    '1111_16',
    'error',
    ['workStatus', 'workRecords'],
    '未务工，但最近一条务工记录没有结束时间',
    'Not working away, but the last work record has no end date',
    ({ workStatus, workRecords }) => workStatus === null && workRecords?.at(-1)?.endsOn === null,
  ),
  person(
    '1111_17',
    'error',
    ['workStatus', 'workRecords'],
    '未务工，但最近一条务工记录的结束时间晚于今天',
    'Not working away, but the last work record ends in the future',
    ({ workStatus, workRecords }, { today }) => workStatus === null && (workRecords?.at(-1)?.endsOn ?? '') > today,
  ),
  person(
    'x_02_001',
    'error',
    ['workRecords'],
    '一条务工记录在上一条结束前开始',
    'A work record begins before the previous one ended',
    overlaps,
  ),
  person(
    '5_15_009',
    'error',
    ['plansToWorkAway', 'serviceNeeds'],
    '有务工意愿但未填就业服务需求',
    'Plans to work away, no service need filled',
    ({ plansToWorkAway, serviceNeeds }) =>
      plansToWorkAway === true && serviceNeeds !== undefined && !serviceNeeds?.some(saysSome),
  ),
  person(
    '5_12_005',
    'error',
    ['publicWelfarePost', 'idFacts'],
    '{welfarePostAgeLimit} 岁及以上仍在公益性岗位',
    'Aged {welfarePostAgeLimit} or more in a public-welfare post',
    (p, { age, quality }) => age >= quality.welfarePostAgeLimit && hasPost(p),
  ),
  person(
    '5_15_007',
    'error',
    ['publicWelfarePost', 'labour'],
    '在公益性岗位，劳动技能却为丧失或无劳动力',
    'In a public-welfare post with labour ability none or lost',
    (p) => unable(p) && hasPost(p),
  ),
  person(
    '3_01_005',
    'error',
    ['publicWelfarePost', 'publicWelfareMonths'],
    '有公益性岗位但未填月数',
    'A public-welfare post without months',
    (p) => hasPost(p) && (p.publicWelfareMonths === null || p.publicWelfareMonths === 0),
  ),
  person(
    '3_01_006',
    'error',
    ['publicWelfarePost', 'publicWelfareMonths'],
    '填了公益性岗位月数但没有岗位',
    'Months of a public-welfare post without a post',
    (p) => p.publicWelfarePost !== undefined && !hasPost(p) && (p.publicWelfareMonths ?? 0) > 0,
  ),
  person(
    '5_15_011',
    'error',
    ['yuluSubsidy', 'schoolStage'],
    '享受中职雨露计划补助但不在中职就读',
    'Yulu subsidy for secondary vocational school, but not in one',
    (p) => p.yuluSubsidy === 'secondary' && p.schoolStage !== undefined && !inSecondaryVocational(p),
  ),
  person(
    '5_15_012',
    'error',
    ['yuluSubsidy', 'schoolStage'],
    '享受高职雨露计划补助但不在高职高专就读',
    'Yulu subsidy for higher vocational school, but not in one',
    (p) => p.yuluSubsidy === 'higher' && p.schoolStage !== undefined && !inHigherVocational(p),
  ),
  person(
    '1111_02',
    'warning',
    ['yuluSubsidy', 'schoolStage'],
    '中职或高职在读的帮扶对象本年未享受雨露计划',
    'Subject in secondary or higher vocational school without the Yulu subsidy this year',
    (p, { household }) =>
      (p.yuluSubsidy === null || p.yuluSubsidy === 'none') &&
      (inSecondaryVocational(p) || inHigherVocational(p)) &&
      isSubject(household),
  ),
];

export const EDUCATION_LABOUR_HOUSEHOLD_RULES: readonly HouseholdRule[] = [
  {
    id: '3_01_011',
    object: 'household',
    severity: 'error',
    fields: ['members'],
    message: {
      zh: '一户有 {welfarePostsTooMany} 个及以上公益性岗位',
      en: '{welfarePostsTooMany} or more public-welfare posts in one household',
    },
    breaks: ({ members }, { quality }) => {
      let posts = 0;
      for (const member of members) if (member.deceasedOn === null && hasPost(member)) posts += 1;
      return posts >= quality.welfarePostsTooMany;
    },
  },
];
