import { visibleText } from './readable-text.ts';

/** Separators that people add or leave out: blanks, all dashes, the minus sign. */
const BETWEEN = /[\s\p{Pd}\u2212]/gu;
/** Crockford's alphabet has no O, I and L; they are read as the digits they look like. */
const READ_FOR: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1' };
const PAPER = /^(DZ|FH)([0-9A-Z]{12})$/;

/** The key of a typed number; width, capitals, blanks and hyphens are ignored. */
export function typedKey(text: string): string {
  return visibleText(text).normalize('NFKC').replace(BETWEEN, '').toUpperCase();
}

/** `typedKey` in SQL, for a column of numbers that the platform generated or normalised. */
export const typedKeySql = (column: string): string => `translate(upper(${column}), ' -', '')`;

/** Reads the number of an issued paper as typed, as DZ-7K2M-9Q4T-X1VB; null when it is none. */
export function readPaperNumber(text: string): string | null {
  const [, prefix, letters] = PAPER.exec(typedKey(text)) ?? [];
  if (!prefix || !letters) return null;
  const read = letters.replace(/[OIL]/g, (letter) => READ_FOR[letter] ?? letter);
  return [prefix, ...(read.match(/.{4}/g) ?? [])].join('-');
}

/** Reads a seal (a SHA-256 digest in hex) as typed; null when it is none. */
export function readSeal(text: string): string | null {
  const seal = typedKey(text).toLowerCase();
  return /^[0-9a-f]{64}$/.test(seal) ? seal : null;
}
