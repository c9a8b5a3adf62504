import { normaliseNumber } from './normalise.ts';

/** Leniently: numbering plans grow, and invented numbers stay outside them. */
const MOBILE = /^1\d{10}$/;
/** Whether a text is a mobile number as it is kept. */
export function isMobile(phone: string): boolean {
  return MOBILE.test(phone);
}

/** Area code and number of a fixed telephone, or the number alone, with an extension or not. */
const FIXED = /^(0\d{2,3}-?)?[2-9]\d{6,7}(-\d{1,6})?$/;
/** 400 and 800 numbers. */
const SERVICE = /^[48]00-?\d{3}-?\d{4}$/;

/**
 * Reads a telephone number: a mobile number without blanks, hyphens and the country's code, or a fixed one as written.
 * @param text normalised
 * @returns null when it is none (`PHONE_INVALID`)
 */
export function readPhone(text: string): string | null {
  const tight = normaliseNumber(text).replace(/[\u2010-\u2015\u2212]/g, '-');
  const mobile = tight.replaceAll('-', '').replace(/^(\+|00)?86(?=1\d{10}$)/, '');
  if (MOBILE.test(mobile)) return mobile;
  const fixed = tight.replace(/^\((0\d{2,3})\)/, '$1-');
  return FIXED.test(fixed) || SERVICE.test(fixed) ? fixed : null;
}
