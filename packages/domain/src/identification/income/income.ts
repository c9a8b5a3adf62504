import { demand } from '../../shared/errors.ts';
import { divideHalfUp, type Fen, fen } from '../../shared/money.ts';

/** What a household's yearly income is made of (domain §2). The items from `familyPlanning` on are transfers. */
export const INCOME_ITEMS = [
  'wage',
  'business',
  'property',
  'familyPlanning',
  'allowance',
  'hardship',
  'pension',
  'ecological',
  'otherTransfer',
  'costs',
] as const;
export type IncomeItem = (typeof INCOME_ITEMS)[number];

/** Where an amount comes from: asked at the door, declared by an entity, or paid by a department. */
export type EvidenceKind = 'surveyed' | 'declared' | 'paid';

/** One amount of one item with its evidence. Entries that came from another service carry its reference. */
export interface IncomeEntry {
  readonly item: IncomeItem;
  readonly amountFen: Fen;
  readonly evidence: EvidenceKind;
  /** Reference of the declaration or payment; absent for what was surveyed. */
  readonly reference?: string;
}

export interface IncomeStatement {
  readonly wageFen: Fen;
  readonly businessFen: Fen;
  readonly propertyFen: Fen;
  readonly transferFen: Fen;
  readonly costsFen: Fen;
  readonly netFen: Fen;
  readonly perCapitaFen: Fen;
}

/** Net income in fen: wage + business + property + transfer − production and operating costs. */
export function netIncome(
  parts: Pick<IncomeStatement, 'wageFen' | 'businessFen' | 'propertyFen' | 'transferFen' | 'costsFen'>,
): Fen {
  return fen(parts.wageFen + parts.businessFen + parts.propertyFen + parts.transferFen - parts.costsFen);
}

/** Net income ÷ registered members of the year, rounded half up to a fen at this last step only. @throws RangeError without members. */
export function perCapitaIncome(netFen: Fen | number, members: number): Fen {
  return divideHalfUp(netFen, members);
}

/**
 * Whether an amount may be typed in by hand: not when the item already has an entry that another service sent, which is
 * never typed in again.
 * @throws INCOME_ALREADY_EVIDENCED
 */
export function demandTypable(entries: readonly IncomeEntry[], item: IncomeItem): void {
  const evidenced = entries.some((entry) => entry.item === item && entry.evidence !== 'surveyed');
  demand(!evidenced, 'INCOME_ALREADY_EVIDENCED', { item });
}

/**
 * Adds up a household's year. Costs are positive amounts.
 * @throws INCOME_NEGATIVE for a negative entry; INCOME_EVIDENCE_MISSING when a declared or paid one has no reference;
 * INCOME_EVIDENCE_TWICE when one reference comes twice for an item; INCOME_NO_MEMBERS without members.
 */
export function incomeStatement(entries: readonly IncomeEntry[], members: number): IncomeStatement {
  demand(Number.isSafeInteger(members) && members > 0, 'INCOME_NO_MEMBERS');
  const sums = Object.fromEntries(INCOME_ITEMS.map((item) => [item, 0])) as Record<IncomeItem, number>;
  const seen = new Set<string>();
  for (const { item, amountFen, evidence, reference } of entries) {
    demand(amountFen >= 0, 'INCOME_NEGATIVE', { item });
    demand(evidence === 'surveyed' || reference, 'INCOME_EVIDENCE_MISSING', { item });
    const key = `${item} ${reference}`;
    demand(!reference || !seen.has(key), 'INCOME_EVIDENCE_TWICE', { item });
    seen.add(key);
    sums[item] += amountFen;
  }
  const transfer =
    sums.familyPlanning + sums.allowance + sums.hardship + sums.pension + sums.ecological + sums.otherTransfer;
  const parts = {
    wageFen: fen(sums.wage),
    businessFen: fen(sums.business),
    propertyFen: fen(sums.property),
    transferFen: fen(transfer),
    costsFen: fen(sums.costs),
  };
  const netFen = netIncome(parts);
  return { ...parts, netFen, perCapitaFen: perCapitaIncome(netFen, members) };
}
