import { visibleText } from './readable-text.ts';

/** What people put between the groups of a number or leave out: blanks, dashes of every kind, the minus sign. */
const BETWEEN = /[\s\p{Pd}\u2212]/gu;
/** Crockford's alphabet has no O, I and L: whoever reads one has read the figure beside it. */
const READ_FOR: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1' };
const PAPER = /^(DZ|FH)([0-9A-Z]{12})$/;

/** A number on a paper however it is typed: width, capitals, blanks and hyphens do not count. */
export function typedKey(text: string): string {
  return visibleText(text).normalize('NFKC').replace(BETWEEN, '').toUpperCase();
}

/** The same key of a column of numbers that the platform made or normalised, in SQL. */
export const typedKeySql = (column: string): string => `translate(upper(${column}), ' -', '')`;

/** The number of an issued paper (DZ-7K2M-9Q4T-X1VB) as someone typed it, in its written form; null when it cannot be one. */
export function readPaperNumber(text: string): string | null {
  const [, prefix, letters] = PAPER.exec(typedKey(text)) ?? [];
  if (!prefix || !letters) return null;
  const read = letters.replace(/[OIL]/g, (letter) => READ_FOR[letter] ?? letter);
  return [prefix, ...(read.match(/.{4}/g) ?? [])].join('-');
}

/** A seal, the digest of what is sealed, as someone typed it; null when it cannot be one. */
export function readSeal(text: string): string | null {
  const seal = typedKey(text).toLowerCase();
  return /^[0-9a-f]{64}$/.test(seal) ? seal : null;
}
