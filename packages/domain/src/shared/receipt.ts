import { typedKey } from './typed-number.ts';

/** Figures and capitals that are not taken for each other; 31 of them, a prime, so that the check finds every swap. */
const SIGNS = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const RANDOM_SIGNS = 11;

/** The sign that makes the weighted sum of all twelve a multiple of 31. */
function checkSign(signs: string): string {
  const sum = [...signs].reduce((total, sign, index) => total + (index + 2) * SIGNS.indexOf(sign), 0);
  return SIGNS[(SIGNS.length - (sum % SIGNS.length)) % SIGNS.length] ?? '';
}

/**
 * A new receipt number of an objection, XXXX-XXXX-XXXX: 54 bits nobody can guess, and a check sign against misreading.
 * @param pick gives a whole number from 0 to below its argument that nobody can guess
 */
export function newReceipt(pick: (below: number) => number): string {
  const signs = Array.from({ length: RANDOM_SIGNS }, () => SIGNS[pick(SIGNS.length)]).join('');
  return (signs + checkSign(signs)).replace(/(.{4})(?=.)/g, '$1-');
}

/** A receipt number as someone typed it, in its written form. @returns null when it cannot be one */
export function readReceipt(text: string): string | null {
  const signs = typedKey(text);
  const isOne = signs.length === RANDOM_SIGNS + 1 && [...signs].every((sign) => SIGNS.includes(sign));
  if (!isOne || checkSign(signs.slice(0, -1)) !== signs.at(-1)) return null;
  return signs.replace(/(.{4})(?=.)/g, '$1-');
}
