import { type BusinessDay, businessDay } from './time.ts';

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_DIGITS = '10X98765432';

/** Sex as the register writes it. */
export type Sex = 'male' | 'female';

/** What an ID number says of its holder. `certificate` is the disability certificate's category and grade. */
export interface IdFacts {
  readonly birthDate: BusinessDay;
  readonly sex: Sex;
  readonly certificate?: { readonly category: number; readonly grade: number; readonly reissue: string };
}

/** The check digit of the first 17 digits (GB 11643, ISO 7064 MOD 11-2). */
export function checkDigit(first17: string): string {
  let sum = 0;
  for (let i = 0; i < 17; i++) sum += (first17.charCodeAt(i) - 48) * (WEIGHTS[i] ?? 0);
  return CHECK_DIGITS[sum % 11] ?? '';
}

/**
 * Reads a normalised ID number: 18 digits with a right date and check digit, or a disability certificate (the ID
 * number, category 1-7, grade 1-4 and, when 22 long, a re-issue of B and a digit; rule 1_01_004).
 * @returns null when it is malformed.
 */
export function readIdNumber(id: string): IdFacts | null {
  const match = /^(\d{17}[\dX])(?:([1-7])([1-4])(\d{2}|[A-Z]\d)?)?$/.exec(id);
  if (!match) return null;
  const [, number = '', category, grade, reissue = ''] = match;
  if (checkDigit(number) !== number[17]) return null;
  let birthDate: BusinessDay;
  try {
    birthDate = businessDay(`${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`);
  } catch {
    return null;
  }
  const sex: Sex = Number(number[16]) % 2 === 1 ? 'male' : 'female';
  return category && grade
    ? { birthDate, sex, certificate: { category: Number(category), grade: Number(grade), reissue } }
    : { birthDate, sex };
}

/** The 18 digits of the person: the ID number itself, or the one a disability certificate begins with. */
export function idCore(id: string): string {
  return id.slice(0, 18);
}

/** The ID number for a list: the first three and the last four characters. */
export function maskIdNumber(id: string): string {
  return id.length <= 8 ? '*'.repeat(id.length) : `${id.slice(0, 3)}${'*'.repeat(id.length - 7)}${id.slice(-4)}`;
}

/** A phone number for a list: the first three and the last two digits. */
export function maskPhone(phone: string): string {
  return phone.length < 7
    ? '*'.repeat(phone.length)
    : `${phone.slice(0, 3)}${'*'.repeat(phone.length - 5)}${phone.slice(-2)}`;
}

const LONGEST_VALUE = 120;

/**
 * A cell's value fit for a list of problems: ID numbers, accounts and telephones are masked wherever they stand, since a
 * shifted column puts them anywhere.
 */
export function maskDigits(value: string): string {
  const masked = /\d{7}/.test(value)
    ? value.replace(/\d{11,}[\dXx]?/g, (digits) => (digits.length === 11 ? maskPhone(digits) : maskIdNumber(digits)))
    : value;
  return masked.length > LONGEST_VALUE ? `${masked.slice(0, LONGEST_VALUE)}…` : masked;
}
