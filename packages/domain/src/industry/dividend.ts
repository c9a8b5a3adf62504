import { demandMoney, MOST_FOR_A_CONTRACT, MOST_FOR_A_HOUSEHOLD } from '../shared/bounds.ts';
import { demand } from '../shared/errors.ts';
import { type Fen, fen, formatYuan, shareExactly } from '../shared/money.ts';
import type { ContractTerms, IndustryPolicy } from './contract.ts';

/**
 * A household's part in a contract for the declared period. `stakeFen` is its stake (share) or what it put in (profit
 * split); `heldDays` how long the stake was held (absent = the whole period); `quantity` in hundredths of the contract's
 * unit: jin, mu, days or months worked.
 */
export interface DividendMember {
  readonly householdId: string;
  readonly householdNumber: string;
  readonly stakeFen?: Fen;
  readonly heldDays?: number;
  readonly quantity?: number;
}

export interface DividendLine {
  readonly householdId: string;
  readonly householdNumber: string;
  /** Guaranteed, fixed or earned by quantity. */
  readonly baseFen: Fen;
  /** Second distribution of profit. */
  readonly secondFen: Fen;
  readonly amountFen: Fen;
  /** The whole fen that the guarantee promises at least. */
  readonly guaranteedFen: Fen;
}

export interface DividendSheet {
  /** By household number. */
  readonly lines: readonly DividendLine[];
  readonly baseFen: Fen;
  readonly secondFen: Fen;
  /** Exactly the sum of the lines. */
  readonly totalFen: Fen;
}

export interface DividendPeriod {
  /** Days of the period, 365 or 366 for a year. */
  readonly days: number;
  /** Profit that is distributable after the guarantee is paid. */
  readonly distributableFen: Fen;
}

const halfUp = (numerator: bigint, denominator: bigint) => Number((2n * numerator + denominator) / (2n * denominator));

const zeros = (count: number): Fen[] => Array.from({ length: count }, () => fen(0));

/** Weights of the stakes: stake × days held, in the order of the members. */
function stakeDays(members: readonly DividendMember[], period: DividendPeriod): number[] {
  return members.map((m) => {
    const held = m.heldDays ?? period.days;
    const stake = m.stakeFen ?? -1;
    demand(Number.isSafeInteger(stake) && stake >= 0 && stake <= MOST_FOR_A_HOUSEHOLD, 'DIVIDEND_STAKE_INVALID', {
      household: m.householdNumber,
    });
    demand(Number.isSafeInteger(held) && held >= 0 && held <= period.days, 'DIVIDEND_DAYS_INVALID', {
      household: m.householdNumber,
      days: held,
    });
    return stake * held;
  });
}

/** Price × quantity of each member, rounded half up to the fen. */
function byQuantity(members: readonly DividendMember[], price: Fen): Fen[] {
  return members.map((m) => {
    const quantity = m.quantity ?? -1;
    demand(Number.isSafeInteger(quantity) && quantity >= 0, 'DIVIDEND_QUANTITY_INVALID', {
      household: m.householdNumber,
    });
    return fen(halfUp(BigInt(price) * BigInt(quantity), 100n));
  });
}

/** The part of the profit that goes to the households, by stakes. */
function profitParts(weights: readonly number[], period: DividendPeriod, bp: number): Fen[] {
  const total = halfUp(BigInt(period.distributableFen) * BigInt(bp), 10_000n);
  demand(total === 0 || weights.some((w) => w > 0), 'DIVIDEND_NO_STAKES');
  return shareExactly(total, weights);
}

function parts(
  terms: ContractTerms,
  members: readonly DividendMember[],
  period: DividendPeriod,
): { base: Fen[]; second: Fen[]; guaranteed: Fen[] } {
  const none = zeros(members.length);
  switch (terms.kind) {
    case 'share': {
      const weights = stakeDays(members, period);
      const rate = BigInt(terms.guaranteedBp);
      const scale = 10_000n * BigInt(period.days);
      const sum = weights.reduce((s, w) => s + BigInt(w), 0n);
      const base = shareExactly(halfUp(sum * rate, scale), weights);
      const guaranteed = weights.map((w) => fen(Number((BigInt(w) * rate) / scale)));
      return { base, second: profitParts(weights, period, terms.profitShareBp), guaranteed };
    }
    case 'profit-split':
      return {
        base: none,
        second: profitParts(stakeDays(members, period), period, terms.householdsBp),
        guaranteed: none,
      };
    case 'fixed-dividend': {
      const base = members.map(() => terms.perHouseholdFen);
      return { base, second: none, guaranteed: base };
    }
    case 'entrusted-rearing': {
      const base = byQuantity(members, terms.protectedPriceFenPerJin);
      return { base, second: none, guaranteed: base };
    }
    case 'contract-purchase':
    case 'land-lease':
    case 'wage-employment': {
      const price =
        terms.kind === 'contract-purchase'
          ? terms.priceFenPerUnit
          : terms.kind === 'land-lease'
            ? terms.rentFenPerMu
            : terms.wageFen;
      const base = byQuantity(members, price);
      return { base, second: none, guaranteed: base };
    }
  }
}

/**
 * Computes a dividend declaration's lines (domain §8): for shares the guaranteed base (stake × rate × days held ÷ days of
 * the period, its total rounded half up) and the second distribution by stake. Whole fen throughout: each part's lines
 * add up to its total, remainders by largest fraction, ties by household number.
 * @throws DomainError DIVIDEND_HOUSEHOLD_TWICE, DIVIDEND_STAKE_INVALID, DIVIDEND_DAYS_INVALID,
 * DIVIDEND_QUANTITY_INVALID, DIVIDEND_PROFIT_NEGATIVE, SUM_TOO_LARGE, DIVIDEND_NO_STAKES.
 */
export function computeDividend(
  terms: ContractTerms,
  members: readonly DividendMember[],
  period: DividendPeriod,
): DividendSheet {
  demand(period.distributableFen >= 0, 'DIVIDEND_PROFIT_NEGATIVE');
  demandMoney(period.distributableFen, MOST_FOR_A_CONTRACT);
  const sorted = members.toSorted((a, b) =>
    a.householdNumber < b.householdNumber ? -1 : a.householdNumber > b.householdNumber ? 1 : 0,
  );
  sorted.forEach((m, i) => {
    demand(m.householdNumber !== sorted[i - 1]?.householdNumber, 'DIVIDEND_HOUSEHOLD_TWICE', {
      household: m.householdNumber,
    });
  });
  const { base, second, guaranteed } = parts(terms, sorted, period);
  let baseTotal = 0;
  let secondTotal = 0;
  const lines = sorted.map((m, i): DividendLine => {
    const baseFen = base[i] ?? fen(0);
    const secondFen = second[i] ?? fen(0);
    baseTotal += baseFen;
    secondTotal += secondFen;
    return {
      householdId: m.householdId,
      householdNumber: m.householdNumber,
      baseFen,
      secondFen,
      amountFen: fen(baseFen + secondFen),
      guaranteedFen: guaranteed[i] ?? fen(0),
    };
  });
  return { lines, baseFen: fen(baseTotal), secondFen: fen(secondTotal), totalFen: fen(baseTotal + secondTotal) };
}

/**
 * What may be declared: something at all, no line and no total beyond what such money can be.
 * @throws DomainError DECLARATION_NOBODY, DIVIDEND_ZERO, DIVIDEND_LINE_TOO_LARGE, SUM_TOO_LARGE
 */
export function demandDeclarable({ lines, totalFen }: DividendSheet): void {
  demand(lines.length > 0, 'DECLARATION_NOBODY');
  demand(totalFen > 0, 'DIVIDEND_ZERO');
  const over = lines.find(({ amountFen }) => amountFen > MOST_FOR_A_HOUSEHOLD);
  demand(!over, 'DIVIDEND_LINE_TOO_LARGE', {
    household: over?.householdNumber ?? '',
    amount: formatYuan(over?.amountFen ?? 0),
    most: formatYuan(MOST_FOR_A_HOUSEHOLD),
  });
  demandMoney(totalFen, MOST_FOR_A_CONTRACT);
}

/** A declared line against what it should be. */
export interface DividendAlarm {
  readonly code: 'DIVIDEND_BELOW_GUARANTEE';
  readonly params: { readonly household: string; readonly declared: number; readonly guaranteed: number };
}

/**
 * Checks declared amounts (by household number, in fen) against the computed sheet: the same households, and the sum of
 * the lines equal to the declared total. A line below its guarantee is an alarm, or a refusal if the policy says so.
 * @throws DomainError DIVIDEND_TOTAL_DIFFERS, DIVIDEND_HOUSEHOLD_UNKNOWN, DIVIDEND_HOUSEHOLD_MISSING,
 * DIVIDEND_AMOUNT_NEGATIVE, DIVIDEND_BELOW_GUARANTEE.
 */
export function checkDeclared(
  declared: ReadonlyMap<string, Fen>,
  declaredTotal: Fen,
  sheet: DividendSheet,
  policy: IndustryPolicy,
): DividendAlarm[] {
  let sum = 0;
  for (const [household, amount] of declared) {
    demand(amount >= 0, 'DIVIDEND_AMOUNT_NEGATIVE', { household });
    sum += amount;
  }
  demand(sum === declaredTotal, 'DIVIDEND_TOTAL_DIFFERS', { declared: declaredTotal / 100, sum: sum / 100 });
  const alarms: DividendAlarm[] = [];
  for (const line of sheet.lines) {
    const amount = declared.get(line.householdNumber);
    demand(amount !== undefined, 'DIVIDEND_HOUSEHOLD_MISSING', { household: line.householdNumber });
    if (amount >= line.guaranteedFen) continue;
    const params = { household: line.householdNumber, declared: amount / 100, guaranteed: line.guaranteedFen / 100 };
    demand(policy.belowGuarantee === 'alarm', 'DIVIDEND_BELOW_GUARANTEE', params);
    alarms.push({ code: 'DIVIDEND_BELOW_GUARANTEE', params });
  }
  if (declared.size > sheet.lines.length) {
    const known = new Set(sheet.lines.map((l) => l.householdNumber));
    const household = [...declared.keys()].find((number) => !known.has(number)) ?? '';
    demand(false, 'DIVIDEND_HOUSEHOLD_UNKNOWN', { household });
  }
  return alarms;
}
