import { normaliseNumber } from './normalise.ts';

/** The signs of a unified social credit code in the order of their values (GB 32100-2015, 5.1). */
const SIGNS = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const FORM = /^[0-9A-HJ-NPQRTUWXY]{18}$/;

/** The check sign of a code's first 17 signs: weights 3^i modulo 31 (GB 32100-2015, appendix A). */
export function creditCodeCheckSign(first17: string): string {
  let sum = 0;
  let weight = 1;
  for (const sign of first17) {
    sum += SIGNS.indexOf(sign) * weight;
    weight = (weight * 3) % 31;
  }
  return SIGNS[(31 - (sum % 31)) % 31] ?? '';
}

/** Reads a unified social credit code, in any writing. @returns its 18 signs; null when the check sign does not fit */
export function readCreditCode(text: string): string | null {
  const code = normaliseNumber(text).toUpperCase();
  return FORM.test(code) && creditCodeCheckSign(code.slice(0, 17)) === code[17] ? code : null;
}
