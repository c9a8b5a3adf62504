import type { Relation } from '@bangfu/domain/identification/roster/dictionaries';
import type { Sex } from '@bangfu/domain/shared/id-number';
import { type Dice, type Weights, weights } from './dice.ts';
import { surname } from './names.ts';

/** A member before name, number and condition. */
export interface Kin {
  readonly relation: Relation;
  readonly sex: Sex;
  /** Reference year − birth year: on any day of that year he is this old or one younger. */
  readonly years: number;
  readonly surname: string;
  /** Keeps or shares a household of his own, so is in no school. */
  readonly settled: boolean;
}

type Role = 'spouse' | 'child' | 'heir' | 'heir-spouse' | 'grandchild' | 'parent' | 'parents' | 'brother';
type Range = readonly [from: number, to: number];
interface Layout {
  readonly head: Range;
  readonly roles: readonly Role[];
}

const OLDEST = 98;
const layout = (head: Range, ...roles: Role[]): Layout => ({ head, roles });

const PAIR_WITH_PARENT = layout([38, 60], 'spouse', 'parent');
const LAYOUTS: readonly Weights<Layout>[] = [
  weights([layout([62, 90]), 7], [layout([32, 61]), 3]),
  weights(
    [layout([58, 84], 'spouse'), 60],
    [layout([38, 57], 'spouse'), 22],
    [layout([32, 58], 'child'), 8],
    [layout([32, 60], 'parent'), 8],
    [layout([48, 74], 'brother'), 2],
  ),
  weights([layout([27, 60], 'spouse', 'child'), 74], [PAIR_WITH_PARENT, 20], [layout([34, 50], 'child', 'parent'), 6]),
  weights(
    [layout([30, 56], 'spouse', 'child', 'child'), 56],
    [layout([32, 56], 'spouse', 'child', 'parent'), 26],
    [layout([48, 70], 'spouse', 'heir', 'heir-spouse'), 18],
  ),
  weights(
    [layout([32, 54], 'spouse', 'child', 'child', 'parent'), 40],
    [layout([48, 72], 'spouse', 'heir', 'heir-spouse', 'grandchild'), 48],
    [layout([32, 52], 'spouse', 'child', 'parents'), 12],
  ),
  weights(
    [layout([50, 72], 'spouse', 'heir', 'heir-spouse', 'grandchild', 'grandchild'), 60],
    [layout([32, 52], 'spouse', 'child', 'child', 'parents'), 40],
  ),
  weights([layout([48, 66], 'spouse', 'parent', 'heir', 'heir-spouse', 'grandchild', 'grandchild'), 1]),
];

const GENERAL_SIZES = weights([1, 12], [2, 26], [3, 23], [4, 20], [5, 11], [6, 6], [7, 2]);
/** Poor households are smaller: 1.8 to 2.4 persons in three of the four villages and towns the sources count out. */
const POOR_SIZES = weights([1, 31], [2, 33], [3, 17], [4, 11], [5, 5], [6, 2.5], [7, 0.5]);

/** A family whose child is past compulsory school: the cause "schooling" needs one. */
const WITH_STUDENT = layout([44, 52], 'spouse', 'child');
const STUDENT_AT: Range = [17, 21];
/** A family without hands: the cause "no labour". */
const WITHOUT_HANDS = weights([layout([66, 88]), 1], [layout([64, 84], 'spouse'), 1]);

const opposite = (sex: Sex): Sex => (sex === 'male' ? 'female' : 'male');
const anySex = (dice: Dice): Sex => (dice.chance(0.52) ? 'male' : 'female');

function lead(dice: Dice, { head, roles }: Layout): Kin {
  const male = roles.includes('brother') || dice.chance(roles.includes('spouse') ? 0.9 : 0.64);
  return {
    relation: 'head',
    sex: male ? 'male' : 'female',
    years: dice.int(...head),
    surname: surname(dice),
    settled: true,
  };
}

const youngest = (members: readonly Kin[]) => Math.min(...members.map(({ years }) => years));

/** How old a child of these parents is, born when the younger one was between two ages. */
function childYears(dice: Dice, parents: readonly Kin[], [from, to]: Range): number {
  const parent = youngest(parents);
  return parent - dice.int(from, Math.max(from, Math.min(to, parent - 1)));
}

function spouse(dice: Dice, head: Kin): Kin {
  const older = dice.int(-2, 5);
  const years = Math.max(23, head.sex === 'male' ? head.years - older : Math.min(OLDEST, head.years + older));
  return { relation: 'spouse', sex: opposite(head.sex), years, surname: surname(dice), settled: true };
}

function parent(dice: Dice, head: Kin, sex: Sex): Kin {
  const years = Math.min(OLDEST, head.years + dice.int(20, 32));
  const name = sex === 'male' ? head.surname : surname(dice);
  return { relation: sex === 'male' ? 'father' : 'mother', sex, years, surname: name, settled: true };
}

function heir(dice: Dice, couple: readonly Kin[], name: string): Kin {
  // A daughter whose husband moves in keeps the house now and then.
  const son = dice.chance(0.88);
  const years = Math.max(23, childYears(dice, couple, [20, 27]));
  return { relation: son ? 'son' : 'daughter', sex: son ? 'male' : 'female', years, surname: name, settled: true };
}

function heirSpouse(dice: Dice, of: Kin): Kin {
  const years = Math.max(22, of.years + (of.sex === 'male' ? -dice.int(-2, 4) : dice.int(-1, 5)));
  const relation = of.sex === 'male' ? 'daughter-in-law' : 'son-in-law';
  return { relation, sex: opposite(of.sex), years, surname: surname(dice), settled: true };
}

function grandchild(dice: Dice, young: readonly Kin[]): Kin {
  const sex = anySex(dice);
  const byDaughter = young.some(({ relation }) => relation === 'daughter');
  const relation = byDaughter
    ? sex === 'male'
      ? 'daughters-son'
      : 'daughters-daughter'
    : sex === 'male'
      ? 'sons-son'
      : 'sons-daughter';
  const father = young.find((kin) => kin.sex === 'male');
  return { relation, sex, years: childYears(dice, young, [20, 29]), surname: father?.surname ?? '', settled: false };
}

function child(dice: Dice, couple: readonly Kin[], name: string, years: number): Kin {
  const sex = anySex(dice);
  return { relation: sex === 'male' ? 'son' : 'daughter', sex, years, surname: name, settled: false };
}

/** @param childAt the children's age where it matters */
function assemble(dice: Dice, plan: Layout, childAt?: Range): Kin[] {
  const head = lead(dice, plan);
  const members: Kin[] = [head];
  const couple: Kin[] = [head];
  const young: Kin[] = [];
  const familyName = () => couple.find(({ sex }) => sex === 'male')?.surname ?? head.surname;
  const add = (kin: Kin, ...groups: Kin[][]) => {
    for (const group of [members, ...groups]) group.push(kin);
  };
  for (const role of plan.roles) {
    if (role === 'spouse') add(spouse(dice, head), couple);
    else if (role === 'child') {
      add(child(dice, couple, familyName(), childAt ? dice.int(...childAt) : childYears(dice, couple, [20, 34])));
    } else if (role === 'heir') add(heir(dice, couple, familyName()), young);
    else if (role === 'heir-spouse') add(heirSpouse(dice, young[0] ?? head), young);
    else if (role === 'grandchild') add(grandchild(dice, young));
    else if (role === 'parent') add(parent(dice, head, dice.chance(0.35) ? 'male' : 'female'));
    else if (role === 'parents') {
      add(parent(dice, head, 'male'));
      add(parent(dice, head, 'female'));
    } else {
      const years = Math.min(OLDEST, Math.max(20, head.years - dice.int(-6, 8)));
      add({ relation: 'sibling', sex: 'male', years, surname: head.surname, settled: true });
    }
  }
  return members;
}

/** What a household's cause of poverty asks of its family. */
export type FamilyNeed = 'none' | 'student' | 'no-hands';

/** Draws a family, head first. Ages, sexes and surnames go together as in life. */
export function family(dice: Dice, poor: boolean, need: FamilyNeed): Kin[] {
  if (need === 'student') return assemble(dice, WITH_STUDENT, STUDENT_AT);
  if (need === 'no-hands') return assemble(dice, dice.draw(WITHOUT_HANDS));
  const size = dice.draw(poor ? POOR_SIZES : GENERAL_SIZES);
  const layouts = LAYOUTS[size - 1];
  if (!layouts) throw new RangeError(`no family of ${size}`);
  return assemble(dice, dice.draw(layouts));
}
