import type { Stratum } from './frame.ts';
import type { HouseholdReturn } from './return.ts';

/** What a return and the register can differ in. */
export const DISCREPANCY_ITEMS = ['persons', 'income', 'poor'] as const;
export type DiscrepancyItem = (typeof DISCREPANCY_ITEMS)[number];

/** A household as the register described it when the frame was frozen; income in fen, null when it was not known. */
export interface RegisteredValues {
  readonly stratum: Stratum;
  readonly persons: number;
  readonly perCapitaIncomeFen: number | null;
}

/** An item as the register had it and as the interview found it: persons, fen, or 1 for poor and 0 for not. */
export interface ItemPair {
  readonly item: DiscrepancyItem;
  readonly registered: number;
  readonly found: number;
}

/**
 * The items of an interviewed household that both the register and the return speak of. Whether a household is poor is
 * its own answer where it has one; else what was judged of it, which only exited and unregistered households can be.
 */
export function comparedItems(answer: HouseholdReturn, register: RegisteredValues): ItemPair[] {
  if (answer.outcome !== 'interviewed') return [];
  const pairs: readonly [DiscrepancyItem, number | null, number | null][] = [
    ['persons', register.persons, answer.persons ?? null],
    ['income', register.perCapitaIncomeFen, answer.perCapitaIncomeFen ?? null],
    ['poor', register.stratum === 'registered-poor' ? 1 : 0, foundPoor(answer, register.stratum)],
  ];
  return pairs.flatMap(([item, registered, found]) =>
    registered === null || found === null ? [] : [{ item, registered, found }],
  );
}

function foundPoor({ poor, wronglyExited = 0, missed = 0 }: HouseholdReturn, stratum: Stratum): number | null {
  if (poor === 'yes') return 1;
  if (poor === 'no') return 0;
  if (poor === 'unknown' || stratum === 'registered-poor') return null;
  return wronglyExited + missed > 0 ? 1 : 0;
}

/** Upper ends of the income bands in fen a head and year: exact amounts never agree, so kappa compares bands. */
const INCOME_BANDS_FEN = [400_000, 600_000, 800_000, 1_000_000, 1_500_000] as const;

const categoryOf = (item: DiscrepancyItem, value: number): number =>
  item === 'income' ? INCOME_BANDS_FEN.filter((end) => value >= end).length : value;

/** How far register and interviews agree on an item. */
export interface ItemAgreement {
  readonly item: DiscrepancyItem;
  readonly compared: number;
  /** Pairs whose values are not the same. */
  readonly different: number;
  /** Cohen's kappa over the item's categories; null without a pair, or when chance alone explains everything. */
  readonly kappa: number | null;
}

/** Agreement of each item over all pairs, in the fixed order of the items. */
export function agreements(pairs: readonly ItemPair[]): ItemAgreement[] {
  return DISCREPANCY_ITEMS.map((item) => {
    const own = pairs.filter((pair) => pair.item === item);
    return {
      item,
      compared: own.length,
      different: own.filter(({ registered, found }) => registered !== found).length,
      kappa: cohensKappa(own.map((p) => [categoryOf(item, p.registered), categoryOf(item, p.found)] as const)),
    };
  });
}

/**
 * Cohen's kappa of two judges' categories (Cohen 1960): agreement beyond chance, 1 for full agreement, 0 for chance.
 * Null without pairs, or when both judges name one and the same category throughout.
 */
export function cohensKappa(pairs: readonly (readonly [number, number])[]): number | null {
  const n = pairs.length;
  if (n === 0) return null;
  const agreed = pairs.filter(([a, b]) => a === b).length / n;
  const share = (judge: 0 | 1, category: number) => pairs.filter((pair) => pair[judge] === category).length / n;
  const categories = [...new Set(pairs.flat())];
  const byChance = categories.reduce((sum, category) => sum + share(0, category) * share(1, category), 0);
  return byChance === 1 ? null : (agreed - byChance) / (1 - byChance);
}
