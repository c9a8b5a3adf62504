import { demand } from '../../shared/errors.ts';
import type { BusinessDay } from '../../shared/time.ts';

/** The terms of the movements' ledger (domain §6), and which way each moves the stock. */
const SIGNS = {
  'newly-registered': 1,
  returned: 1,
  'moved-in': 1,
  birth: 1,
  'marriage-in': 1,
  'absence-ended': 1,
  exited: -1,
  'moved-out': -1,
  death: -1,
  'struck-off': -1,
  'marriage-out': -1,
  'absence-begun': -1,
} as const;
export type MovementTerm = keyof typeof SIGNS;
export const MOVEMENT_TERMS = Object.keys(SIGNS) as readonly MovementTerm[];

/** One movement of registered households and persons in a village; members come and go without the household leaving. */
export interface Movement {
  readonly on: BusinessDay;
  readonly villageCode: string;
  readonly term: MovementTerm;
  /** Households moved: 0 when only members came or went. */
  readonly households: number;
  readonly persons: number;
  readonly reason: string;
  /** Content hash or number of the document. */
  readonly evidence: string;
}

export interface Stock {
  readonly households: number;
  readonly persons: number;
}

/** The report between two days: opening and closing stock and every term between them. */
export interface Ledger {
  readonly opening: Stock;
  readonly terms: Readonly<Record<MovementTerm, Stock>>;
  readonly closing: Stock;
}

const ZERO: Stock = { households: 0, persons: 0 };
const PERSON_ONLY = new Set<MovementTerm>(['marriage-in', 'marriage-out', 'absence-begun', 'absence-ended']);
const isCount = (value: number) => Number.isSafeInteger(value) && value >= 0;
const plus = (a: Stock, b: Stock, sign: number): Stock => ({
  households: a.households + sign * b.households,
  persons: a.persons + sign * b.persons,
});

/**
 * Checks a movement before it is recorded.
 * @throws MOVEMENT_INCOMPLETE without reason or evidence; MOVEMENT_COUNT_INVALID when it moves nothing, a broken number,
 * or a household by a term that moves persons only.
 */
export function demandMovement(movement: Movement): void {
  const { term, households, persons, reason, evidence } = movement;
  demand(reason.trim() !== '' && evidence.trim() !== '', 'MOVEMENT_INCOMPLETE', { term });
  const counted = isCount(households) && isCount(persons) && households + persons > 0;
  demand(counted && (households === 0 || !PERSON_ONLY.has(term)), 'MOVEMENT_COUNT_INVALID', { term });
}

/** The stock of the division `prefix` at the end of a day, from all movements since the empty register. */
export function stockOn(movements: Iterable<Movement>, prefix: string, day: BusinessDay): Stock {
  let stock = ZERO;
  for (const m of movements) if (m.on <= day && m.villageCode.startsWith(prefix)) stock = plus(stock, m, SIGNS[m.term]);
  return stock;
}

/**
 * The ledger of a division: opening stock at the end of `from`, movements after it up to the end of `to`, and closing
 * stock by the equation of domain §6.
 */
export function ledgerBetween(
  movements: Iterable<Movement>,
  prefix: string,
  from: BusinessDay,
  to: BusinessDay,
): Ledger {
  const terms = Object.fromEntries(MOVEMENT_TERMS.map((term) => [term, ZERO])) as Record<MovementTerm, Stock>;
  let opening = ZERO;
  for (const m of movements) {
    if (m.on > to || !m.villageCode.startsWith(prefix)) continue;
    if (m.on <= from) opening = plus(opening, m, SIGNS[m.term]);
    else terms[m.term] = plus(terms[m.term], m, 1);
  }
  return { opening, terms, closing: closingOf(opening, terms) };
}

/** closing = opening + what came − what went, for households and for persons. */
export function closingOf(opening: Stock, terms: Readonly<Record<MovementTerm, Stock>>): Stock {
  return MOVEMENT_TERMS.reduce((stock, term) => plus(stock, terms[term], SIGNS[term]), opening);
}

/**
 * Proves a ledger against a counted register.
 * @throws LEDGER_UNBALANCED with both figures of the households and persons when they differ.
 */
export function demandBalanced(ledger: Ledger, counted: Stock): void {
  const closing = closingOf(ledger.opening, ledger.terms);
  demand(closing.households === counted.households && closing.persons === counted.persons, 'LEDGER_UNBALANCED', {
    households: closing.households,
    countedHouseholds: counted.households,
    persons: closing.persons,
    countedPersons: counted.persons,
  });
}
