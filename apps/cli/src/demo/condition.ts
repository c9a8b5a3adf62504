import type {
  Education,
  Health,
  Labour,
  SchoolStage,
  WorkStatus,
} from '@bangfu/domain/identification/roster/dictionaries';
import { type Dice, type Weights, weights } from './dice.ts';

/** How a person lives: everything the roster tells that follows from age. */
export interface Condition {
  readonly school: SchoolStage;
  readonly education: Education | null;
  readonly health: Health;
  readonly labour: Labour;
  readonly work: WorkStatus | null;
  readonly workMonths: number | null;
}

/** What a household's circumstances make of a person. */
export interface Circumstances {
  readonly poor: boolean;
  readonly settled: boolean;
  /** The cause of poverty needs a student here. */
  readonly studies: boolean;
  /** The cause of poverty needs this state of health here. */
  readonly health: Health | null;
}

/*
 * Ages are years of the calendar, so a person is as old or one younger on the day the rules look. Each boundary below
 * holds for both: who turns six this year is still in pre-school, who turns sixteen is still at school, and so on.
 */
const STARTS_WORK = 17;
const TURNS_SIXTY = 60;

const HEALTH: readonly (readonly [before: number, table: Weights<Health>])[] = [
  [17, weights(['healthy', 975], ['disabled', 12], ['chronic-disease', 10], ['major-disease', 3])],
  [45, weights(['healthy', 930], ['chronic-disease', 35], ['disabled', 25], ['major-disease', 10])],
  [60, weights(['healthy', 820], ['chronic-disease', 120], ['disabled', 35], ['major-disease', 25])],
  [70, weights(['healthy', 590], ['chronic-disease', 310], ['disabled', 50], ['major-disease', 50])],
  [200, weights(['healthy', 440], ['chronic-disease', 420], ['disabled', 70], ['major-disease', 70])],
];
const AILING: Weights<Health> = weights(['chronic-disease', 7], ['major-disease', 2], ['disabled', 1]);

const EDUCATION: readonly (readonly [before: number, table: Weights<Education>])[] = [
  [24, weights(['junior-high', 58], ['senior-high', 32], ['junior-college', 10])],
  [
    36,
    weights(['primary', 8], ['junior-high', 56], ['senior-high', 19], ['junior-college', 11], ['bachelor-or-above', 6]),
  ],
  [51, weights(['illiterate', 2], ['primary', 25], ['junior-high', 58], ['senior-high', 13], ['junior-college', 2])],
  [66, weights(['illiterate', 8], ['primary', 45], ['junior-high', 38], ['senior-high', 9])],
  [200, weights(['illiterate', 30], ['primary', 52], ['junior-high', 15], ['senior-high', 3])],
];

const ABLE: Weights<Labour> = weights(['ordinary', 84], ['skilled', 16]);
const LABOUR_OF: Readonly<Record<Health, Weights<Labour>>> = {
  healthy: ABLE,
  'chronic-disease': weights(['ordinary', 45], ['weak', 55]),
  'major-disease': weights(['weak', 45], ['lost', 35], ['none', 20]),
  disabled: weights(['weak', 45], ['lost', 30], ['none', 25]),
};
const OF_SIXTIES: Weights<Labour> = weights(['weak', 80], ['none', 20]);
const OF_OLDEST: Weights<Labour> = weights(['weak', 25], ['none', 75]);

const WORK: Weights<WorkStatus> = weights(
  ['within-township', 25],
  ['within-county', 22],
  ['within-province', 25],
  ['outside-province', 28],
);

function of<T>(years: number, ages: readonly (readonly [number, Weights<T>])[]): Weights<T> {
  const found = ages.find(([before]) => years < before);
  if (!found) throw new RangeError(`nobody is ${years}`);
  return found[1];
}

/** The year of a stage that counts its years, at most its last. */
const yearOf = (years: number, first: number, last: number) => Math.min(last, years - first + 1);

function upperSchool(years: number, dice: Dice): SchoolStage {
  const year = yearOf(years, 16, 3) as 1 | 2 | 3;
  return dice.chance(0.65) ? `senior-high-${year}` : `secondary-vocational-${year}`;
}

function college(years: number, dice: Dice): SchoolStage {
  if (years < 22 && dice.chance(0.45)) return `higher-vocational-${yearOf(years, 19, 3) as 1 | 2 | 3}`;
  return `bachelor-${yearOf(years, 19, 4) as 1 | 2 | 3 | 4}`;
}

function schoolStage(years: number, { settled, studies, poor }: Circumstances, dice: Dice): SchoolStage {
  if (years < 4) return 'below-school-age';
  if (years < 7) return 'pre-school';
  if (years < 13) return 'primary';
  if (years < 16) return 'junior-high';
  if (years === 16) return upperSchool(years, dice);
  if (settled) return 'not-in-school';
  if (years < 19) return studies || dice.chance(poor ? 0.82 : 0.9) ? upperSchool(years, dice) : 'not-in-school';
  if (years < 23) return studies || dice.chance(poor ? 0.36 : 0.46) ? college(years, dice) : 'not-in-school';
  return years < 26 && dice.chance(0.03) ? 'master-or-above' : 'not-in-school';
}

function health(years: number, { poor, health: given }: Circumstances, dice: Dice): Health {
  if (given) return given;
  const drawn = dice.draw(of(years, HEALTH));
  // Poor families are sicker; and who turns sixty is weak by the register, which at fifty-nine only the sick may be.
  if (drawn === 'healthy' && years >= STARTS_WORK && poor && dice.chance(0.18)) return dice.draw(AILING);
  return drawn === 'healthy' && years === TURNS_SIXTY ? 'chronic-disease' : drawn;
}

function labour(years: number, school: SchoolStage, state: Health, dice: Dice): Labour {
  if (school !== 'not-in-school') return 'none';
  if (years < TURNS_SIXTY) return dice.draw(LABOUR_OF[state]);
  if (years === TURNS_SIXTY) return 'weak';
  return dice.draw(years < 70 ? OF_SIXTIES : OF_OLDEST);
}

function worksAway(years: number, ability: Labour, dice: Dice): WorkStatus | null {
  if (ability === 'ordinary' || ability === 'skilled') return dice.chance(0.52) ? dice.draw(WORK) : null;
  return ability === 'weak' && years < 66 && dice.chance(0.08) ? 'within-township' : null;
}

/** Draws how a person of that age lives, free of contradictions. */
export function condition(years: number, circumstances: Circumstances, dice: Dice): Condition {
  const school = schoolStage(years, circumstances, dice);
  const state = health(years, circumstances, dice);
  const ability = labour(years, school, state, dice);
  const work = worksAway(years, ability, dice);
  return {
    school,
    education: school === 'not-in-school' ? dice.draw(of(years, EDUCATION)) : null,
    health: state,
    labour: ability,
    work,
    workMonths: work ? dice.int(3, 11) : null,
  };
}
