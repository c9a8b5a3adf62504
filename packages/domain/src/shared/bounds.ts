import { demand } from './errors.ts';
import { formatYuan } from './money.ts';

/**
 * The largest amounts by their meaning, in fen. Each bound keeps the sums over the smaller ones below 2^53, the limit of
 * exact integers.
 */

/** One household: a stake, a line, the amount it received. Ten million yuan. */
export const MOST_FOR_A_HOUSEHOLD = 1_000_000_000;
/** One contract or declaration: its stakes, a profit, a total. Ten thousand million yuan. */
export const MOST_FOR_A_CONTRACT = 1_000_000_000_000;
/** All contracts of a county. Ten million million yuan. */
export const MOST_FOR_A_COUNTY = 1_000_000_000_000_000;

/**
 * Requires that an amount or a sum is between zero and its bound.
 * @param amount in fen; a bigint where the sum may exceed 2^53
 * @throws DomainError SUM_TOO_LARGE naming the bound in yuan, AMOUNT_NEGATIVE
 */
export function demandMoney(amount: number | bigint, most: number): void {
  demand(amount >= 0, 'AMOUNT_NEGATIVE');
  demand(amount <= most, 'SUM_TOO_LARGE', { most: formatYuan(most) });
}
