import type { Brand } from './brand.ts';

/** Money in whole fen (1 yuan = 100 fen). Always a safe integer; binary fractions never touch money (domain §2). */
export type Fen = Brand<number, 'Fen'>;

/** Takes a number of fen. @throws RangeError unless it is a safe integer. */
export function fen(value: number): Fen {
  if (!Number.isSafeInteger(value)) throw new RangeError(`not a whole number of fen: ${value}`);
  return value as Fen;
}

/**
 * Reads yuan written in decimal, with optional thousands commas, as fen; more than two decimals are rounded half up.
 * @returns null when the text is not a number.
 */
export function parseYuan(text: string): Fen | null {
  const match = /^([+-]?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d*))?$/.exec(text.trim());
  if (!match) return null;
  const [, sign, whole = '', fraction = ''] = match;
  const digits = BigInt(whole.replaceAll(',', '') + fraction.padEnd(3, '0').slice(0, 2));
  const roundUp = (fraction.charCodeAt(2) || 48) >= 53 ? 1n : 0n;
  const value = Number(digits + roundUp);
  return Number.isSafeInteger(value) ? fen(sign === '-' && value !== 0 ? -value : value) : null;
}

/** Writes fen as yuan with two decimals and thousands commas: 374652 → "3,746.52". */
export function formatYuan(amount: Fen | number): string {
  const sign = amount < 0 ? '-' : '';
  const digits = String(Math.abs(amount)).padStart(3, '0');
  const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${sign}${whole}.${digits.slice(-2)}`;
}

/** Divides whole fen by a positive count, rounded half up (away from zero at the half), as domain §2 rounds per-capita income. */
export function divideHalfUp(amount: Fen | number, by: number): Fen {
  if (!Number.isSafeInteger(by) || by <= 0) throw new RangeError(`cannot divide money by ${by}`);
  const a = BigInt(Math.abs(amount));
  const b = BigInt(by);
  const quotient = Number((a * 2n + b) / (b * 2n));
  return fen(amount < 0 && quotient !== 0 ? -quotient : quotient);
}

/**
 * Shares a total over weights so that the parts add up to it exactly: whole fen first, the remainder one fen each by
 * largest fraction, ties by position (pass the weights in the order of the household numbers; domain §8).
 * @throws RangeError when weights are negative or all zero while the total is not.
 */
export function shareExactly(total: Fen | number, weights: readonly number[]): Fen[] {
  const sum = weights.reduce((s, w) => {
    if (!Number.isSafeInteger(w) || w < 0) throw new RangeError(`not a weight: ${w}`);
    return s + BigInt(w);
  }, 0n);
  if (sum === 0n) {
    if (total !== 0) throw new RangeError('nothing to share the money over');
    return weights.map(() => fen(0));
  }
  const amount = BigInt(total);
  if (amount < 0n) throw new RangeError('cannot share a negative amount');
  const parts = weights.map((w, index) => {
    const product = amount * BigInt(w);
    return { index, whole: product / sum, rest: product % sum };
  });
  let left = Number(amount - parts.reduce((s, p) => s + p.whole, 0n));
  const result = parts.map((p) => Number(p.whole));
  const byFraction = parts.toSorted((x, y) => (x.rest === y.rest ? x.index - y.index : x.rest > y.rest ? -1 : 1));
  for (const p of byFraction) {
    if (left === 0) break;
    result[p.index] = (result[p.index] ?? 0) + 1;
    left -= 1;
  }
  return result.map(fen);
}
