import { demand } from './errors.ts';
import { formatYuan } from './money.ts';

/**
 * What an amount can be by its meaning, in fen. Nothing near the largest whole number a program holds exactly (2^53) is
 * ever money of a county; each bound leaves the sum over everything below it exact.
 */

/** A household's own: a stake, a line, what it says it received. Ten million yuan. */
export const MOST_FOR_A_HOUSEHOLD = 1_000_000_000;
/** A contract's or a declaration's: all stakes, a profit, a total. Ten thousand million yuan. */
export const MOST_FOR_A_CONTRACT = 1_000_000_000_000;
/** All contracts of a county together. Ten million million yuan. */
export const MOST_FOR_A_COUNTY = 1_000_000_000_000_000;

/**
 * Demands that an amount, or a sum of amounts, lies between nothing and its bound.
 * @param amount in fen; a bigint where the sum may have left the exact numbers
 * @throws DomainError SUM_TOO_LARGE naming the bound in yuan, AMOUNT_NEGATIVE
 */
export function demandMoney(amount: number | bigint, most: number): void {
  demand(amount >= 0, 'AMOUNT_NEGATIVE');
  demand(amount <= most, 'SUM_TOO_LARGE', { most: formatYuan(most) });
}
