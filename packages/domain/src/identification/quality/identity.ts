import type { Sex } from '../../shared/id-number.ts';
import { ageOn } from '../../shared/time.ts';
import { livingCount, type MemberRecord } from '../household/record.ts';
import type { Relation } from '../roster/dictionaries.ts';
import type { HouseholdRule, PersonContext, PersonRule, SetRule } from './rule.ts';

const FEMALE: readonly Relation[] = [
  'daughter',
  'mother',
  'daughter-in-law',
  'sons-daughter',
  'daughters-daughter',
  'wifes-mother',
  'husbands-mother',
  'fathers-mother',
  'mothers-mother',
  'great-granddaughter',
];
const MALE: readonly Relation[] = [
  'son',
  'father',
  'son-in-law',
  'sons-son',
  'daughters-son',
  'wifes-father',
  'husbands-father',
  'fathers-father',
  'mothers-father',
  'great-grandson',
];
const SEX_OF = new Map<Relation, Sex>([
  ...FEMALE.map((relation) => [relation, 'female'] as const),
  ...MALE.map((relation) => [relation, 'male'] as const),
]);

const sexOf = (person: MemberRecord): Sex | null => person.sex ?? person.idFacts?.sex ?? null;

const relationContradictsSex = (person: MemberRecord, { head }: PersonContext): boolean => {
  const sex = sexOf(person);
  if (sex === null || person.relation === null) return false;
  if (person.relation === 'spouse') return head !== null && sexOf(head) === sex;
  const due = SEX_OF.get(person.relation);
  return due !== undefined && due !== sex;
};

/** Whether the elder was younger than `years` when the younger was born; unknown births break nothing. */
const tooClose = (elder: MemberRecord | null, younger: MemberRecord | null, years: number): boolean => {
  const born = elder?.idFacts?.birthDate;
  const child = younger?.idFacts?.birthDate;
  return born !== undefined && child !== undefined && ageOn(born, child) < years;
};

/** In-laws of the head are compared with the spouse; children by marriage with nobody. */
const generationsTooClose = (person: MemberRecord, { head, spouse, quality }: PersonContext): boolean => {
  switch (person.relation) {
    case 'son':
    case 'daughter':
      return tooClose(head, person, quality.parentYears);
    case 'father':
    case 'mother':
      return tooClose(person, head, quality.parentYears);
    case 'wifes-father':
    case 'wifes-mother':
    case 'husbands-father':
    case 'husbands-mother':
      return tooClose(person, spouse, quality.parentYears);
    case 'sons-son':
    case 'sons-daughter':
    case 'daughters-son':
    case 'daughters-daughter':
      return tooClose(head, person, quality.grandparentYears);
    case 'fathers-father':
    case 'fathers-mother':
    case 'mothers-father':
    case 'mothers-mother':
      return tooClose(person, head, quality.grandparentYears);
    default:
      return false;
  }
};

/** 1_01_001 compares all persons with each other; the store groups them by the blind index of `idCore`. */
export const SAME_ID_RULE: SetRule = {
  id: '1_01_001',
  object: 'person',
  setBased: true,
  severity: 'error',
  fields: ['idFacts'],
  message: {
    zh: '同一证件号码登记在两名在世的帮扶对象名下',
    en: 'The same ID number stands on two living subject persons',
  },
};

/**
 * The persons whose key another person shares, in the order given (rule 1_01_001). Give living subject persons only,
 * keyed by the blind index of `idCore`.
 */
export function repeatedKeys(persons: Iterable<readonly [personId: string, key: string]>): string[] {
  const byKey = new Map<string, string[]>();
  for (const [personId, key] of persons) {
    const sharing = byKey.get(key);
    if (sharing) sharing.push(personId);
    else byKey.set(key, [personId]);
  }
  return [...byKey.values()].filter((sharing) => sharing.length > 1).flat();
}

export const IDENTITY_PERSON_RULES: readonly PersonRule[] = [
  {
    id: '1_01_004',
    object: 'person',
    severity: 'error',
    fields: ['idFacts', 'disabilityCertificate'],
    message: {
      zh: '身份证号码或残疾人证号的位数、校验码不正确',
      en: 'ID number or disability certificate has a wrong length or check digit',
    },
    breaks: (person) => person.idFacts === null || person.disabilityCertificate === 'malformed',
  },
  {
    id: 'x_01_001',
    object: 'person',
    severity: 'error',
    fields: ['idFacts'],
    message: {
      zh: '出生日期晚于今天或年龄超过 {oldestAge} 岁',
      en: 'Birth date in the future, or older than {oldestAge}',
    },
    breaks: (person, { age, today, quality }) =>
      age > quality.oldestAge || (person.idFacts !== null && person.idFacts.birthDate > today),
  },
  {
    id: 'x_01_002',
    object: 'person',
    severity: 'error',
    fields: ['sex', 'idFacts'],
    message: { zh: '性别与证件号码第17位不符', en: 'Sex differs from the 17th digit of the ID number' },
    breaks: ({ sex, idFacts }) => sex !== null && sex !== undefined && idFacts !== null && sex !== idFacts.sex,
  },
  {
    id: '2_01_001',
    object: 'person',
    severity: 'error',
    fields: ['ethnicity'],
    message: { zh: '民族为空', en: 'Ethnicity is empty' },
    breaks: ({ ethnicity }) => ethnicity === null || ethnicity === '',
  },
  {
    id: '2_12_008',
    object: 'person',
    severity: 'error',
    fields: ['relation', 'sex'],
    message: { zh: '与户主关系和性别矛盾', en: 'Relation to the head contradicts the sex' },
    breaks: relationContradictsSex,
  },
  {
    id: 'x_01_004',
    object: 'person',
    severity: 'error',
    fields: ['relation', 'idFacts'],
    message: {
      zh: '父母与子女年龄相差不足 {parentYears} 岁，或祖辈与孙辈不足 {grandparentYears} 岁',
      en: 'Parent and child less than {parentYears} years apart, or grandparent and grandchild less than {grandparentYears}',
    },
    breaks: generationsTooClose,
  },
];

export const IDENTITY_HOUSEHOLD_RULES: readonly HouseholdRule[] = [
  {
    id: '3_02_011',
    object: 'household',
    severity: 'error',
    fields: ['members'],
    message: { zh: '没有户主或户主多于一人', en: 'No head, or more than one' },
    breaks: ({ members }) => {
      let heads = 0;
      for (const member of members) if (member.relation === 'head' && member.deceasedOn === null) heads += 1;
      return heads !== 1;
    },
  },
  {
    id: 'x_01_003',
    object: 'household',
    severity: 'error',
    fields: ['memberCount', 'members'],
    message: { zh: '家庭人数与在世成员数不符', en: 'Member count differs from the number of living members' },
    breaks: (household) =>
      household.memberCount !== null &&
      household.memberCount !== undefined &&
      household.memberCount !== livingCount(household),
  },
];
