import {
  CAUSE,
  type Cause,
  EDUCATION,
  HEALTH,
  type Health,
  HOUSEHOLD_CATEGORY,
  LABOUR,
  POVERTY_STATUS,
  type PovertyStatus,
  RELATION,
  SCHOOL_STAGE,
  WORK_STATUS,
  YES_NO,
} from '@bangfu/domain/identification/roster/dictionaries';
import { breakARule } from './breaches.ts';
import { householdCategory, mainCause, perCapitaFen, povertyStatus } from './circumstances.ts';
import { type Condition, condition } from './condition.ts';
import { type Dice, type Weights, weights } from './dice.ts';
import { type FamilyNeed, family, type Kin } from './family.ts';
import type { IssueIdNumber } from './identity.ts';
import { givenName } from './names.ts';
import type { RosterRow } from './national-layout.ts';

/** A village that households are invented for. */
export interface Place {
  readonly county: string;
  readonly township: string;
  readonly village: string;
  readonly villageCode: string;
  readonly groups: number;
}

/** What all households of a population are drawn with. */
export interface Source {
  readonly dice: Dice;
  readonly idNumber: IssueIdNumber;
  readonly referenceYear: number;
  readonly ethnicities: Weights<string>;
}

export interface DemoHousehold {
  readonly number: string;
  readonly villageCode: string;
  /** One row a person, the head first. */
  readonly rows: readonly RosterRow[];
}

/** Households that break a data-quality rule on purpose, each once. */
const BREACH_SHARE = 0.01;

const SICK: Weights<Health> = weights(['chronic-disease', 6], ['major-disease', 4]);
const NEEDS: Partial<Record<Cause, FamilyNeed>> = { schooling: 'student', 'no-labour': 'no-hands' };

const yesNo = (yes: boolean) => YES_NO.label(yes ? 'yes' : 'no');

/** Who carries the cause of poverty in his body: an adult, rather the eldest. */
function bearer(members: readonly Kin[], dice: Dice): Kin | undefined {
  const adults = members.filter(({ settled, years }) => settled && years > 16);
  return dice.chance(0.6) ? adults.reduce((a, b) => (b.years > a.years ? b : a)) : dice.pick(adults);
}

function healthByCause(cause: Cause | null, dice: Dice): Health | null {
  if (cause === 'illness') return dice.draw(SICK);
  return cause === 'disability' ? 'disabled' : null;
}

/** The disabled are listed under their certificate: the ID number, category and grade. */
function document(idNumber: string, health: Health, dice: Dice): string {
  return health === 'disabled' ? `${idNumber}${dice.int(1, 7)}${dice.int(1, 4)}` : idNumber;
}

/** No mobile number begins with 12: nobody's telephone rings. */
const phone = (dice: Dice) => `12${dice.int(0, 9)}${String(dice.int(0, 99_999_999)).padStart(8, '0')}`;

type Shared = Omit<
  RosterRow,
  | 'sequence'
  | 'personNumber'
  | 'name'
  | 'idNumber'
  | 'relation'
  | 'education'
  | 'schoolStage'
  | 'health'
  | 'labour'
  | 'workStatus'
  | 'workMonths'
  | 'criticalIllnessInsurance'
  | 'phone'
>;

interface Household {
  readonly place: Place;
  readonly number: string;
  readonly status: PovertyStatus | null;
  readonly cause: Cause | null;
  readonly conditions: readonly Condition[];
}

function shared({ place, number, status, cause, conditions }: Household, { dice, ethnicities }: Source): Shared {
  const able = conditions.some(({ labour }) => labour === 'ordinary' || labour === 'skilled');
  const safeWater = dice.chance(status === 'poor' ? 0.97 : 0.995);
  return {
    county: place.county,
    township: place.township,
    village: place.village,
    group: `${dice.int(1, place.groups)}组`,
    householdNumber: number,
    memberCount: conditions.length,
    ethnicity: dice.draw(ethnicities),
    status: status === null ? '' : POVERTY_STATUS.label(status),
    category: status === null ? '' : HOUSEHOLD_CATEGORY.label(householdCategory(able, dice)),
    mainCause: cause === null ? '' : CAUSE.label(cause),
    dangerousHouse: yesNo(dice.chance(status === 'poor' ? 0.05 : 0.004)),
    safeWater: yesNo(safeWater),
    waterDifficulty: yesNo(!safeWater && dice.chance(0.7)),
    perCapitaIncome: perCapitaFen(status, dice) / 100,
  };
}

function row(facts: Shared, kin: Kin, its: Condition, index: number, source: Source): RosterRow {
  const { dice, idNumber, referenceYear } = source;
  return {
    sequence: '',
    ...facts,
    personNumber: `${facts.householdNumber}${String(index + 1).padStart(2, '0')}`,
    name: kin.surname + givenName(kin.sex, dice),
    idNumber: document(idNumber(referenceYear - kin.years, kin.sex, dice), its.health, dice),
    relation: RELATION.label(kin.relation),
    education: its.education === null ? '' : EDUCATION.label(its.education),
    schoolStage: SCHOOL_STAGE.label(its.school),
    health: HEALTH.label(its.health),
    labour: LABOUR.label(its.labour),
    workStatus: its.work === null ? '' : WORK_STATUS.label(its.work),
    workMonths: its.workMonths ?? '',
    criticalIllnessInsurance: yesNo(true),
    phone: index === 0 || (kin.years > 17 && kin.years < 75 && dice.chance(0.4)) ? phone(dice) : '',
  };
}

/** Draws one household, registered (poor, exited, returned) or general. */
export function household(place: Place, number: string, registered: boolean, source: Source): DemoHousehold {
  const { dice } = source;
  const status = registered ? povertyStatus(dice) : null;
  const cause = registered ? mainCause(dice) : null;
  const members = family(dice, registered, (cause && NEEDS[cause]) ?? 'none');
  const given = healthByCause(cause, dice);
  const ill = given === null ? undefined : bearer(members, dice);
  const conditions = members.map((kin) =>
    condition(
      kin.years,
      { poor: registered, settled: kin.settled, studies: cause === 'schooling', health: kin === ill ? given : null },
      dice,
    ),
  );
  const facts = shared({ place, number, status, cause, conditions }, source);
  const rows = members.map((kin, i) => row(facts, kin, conditions[i] as Condition, i, source));
  if (dice.chance(BREACH_SHARE)) breakARule(rows, members, dice);
  return { number, villageCode: place.villageCode, rows };
}
