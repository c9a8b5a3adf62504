/**
 * The one normaliser of everything that reads, keeps, compares or searches words (formats, "Normalising"): rosters and
 * all other lists, search, stored names, unique business numbers.
 */

const IDEOGRAPHIC_SPACE = 0x3000;
const KATAKANA_DOT = 0x30fb;
/** The first half of every variation selector beyond the BMP (U+E0100-E01EF) and of the tags before them. */
const SELECTOR_HALF = 0xdb40;

/** Signs without width: zero-width, direction marks, soft hyphen, joiners, variation selectors. */
function isInvisible(code: number): boolean {
  return (
    (code >= 0x200b && code <= 0x200f) ||
    (code >= 0x202a && code <= 0x202e) ||
    (code >= 0x2060 && code <= 0x2069) ||
    (code >= 0xfe00 && code <= 0xfe0f) ||
    code === 0xfeff ||
    code === 0xad ||
    code === 0x34f ||
    code === 0x180e
  );
}

function isBlank(code: number): boolean {
  return (
    code === IDEOGRAPHIC_SPACE ||
    code === 0xa0 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x202f ||
    code === 0x205f
  );
}

/** The dots that systems write between the parts of a minority name; one of them is kept. */
const NAME_DOT = '·';
const NAME_DOTS = '•‧・･∙⋅';

/** Whether a text holds only characters that normalising leaves alone wherever they stand. */
function isPlain(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 0x20 && code < 0x7f) continue;
    if (code > IDEOGRAPHIC_SPACE && code < 0xfe00 && code !== KATAKANA_DOT && code !== SELECTOR_HALF) continue;
    return false;
  }
  return true;
}

function rewrite(text: string): string {
  let out = '';
  let wideDot = false;
  for (const sign of text) {
    const code = sign.codePointAt(0) ?? 0;
    if (code === 0xff0e) {
      wideDot = true;
      out += sign;
    } else if (code >= 0xff01 && code <= 0xff5e) out += String.fromCharCode(code - 0xfee0);
    else if (isBlank(code)) out += ' ';
    else if (NAME_DOTS.includes(sign)) out += NAME_DOT;
    else if (!isInvisible(code) && !(code >= 0xe0100 && code <= 0xe01ef)) out += sign;
  }
  // Between Chinese signs the full-width full stop is the dot of a name; elsewhere a decimal point.
  if (wideDot) out = out.replace(/(?<=\p{Script=Han})．(?=\p{Script=Han})/gu, NAME_DOT).replaceAll('．', '.');
  return out.trim();
}

/**
 * A cell's text as every check sees it: half-width for full-width, signs without width out, the dots of minority names
 * one, blanks, tabs and line breaks off both ends. '' means the cell is empty.
 */
export function normaliseText(text: string): string {
  return isPlain(text) ? text : rewrite(text);
}

/** The sign by which a spreadsheet is told to keep digits as text; some programs write it into the value. */
const TEXT_SIGN = /^['\u2018\u2019`´]+/;

/** Several numbers that are names in one cell: as `normaliseText`, a leading apostrophe out. */
export function normaliseNumbers(text: string): string {
  return normaliseText(text).replace(TEXT_SIGN, '');
}

/**
 * An ID, household, person, contract or account number: as `normaliseText`, every blank and a leading apostrophe out, x
 * written X.
 */
export function normaliseNumber(text: string): string {
  const plain = normaliseText(text);
  for (let i = 0; i < plain.length; i++) {
    const code = plain.charCodeAt(i);
    if (code <= 0x20 || code > 0x7f || code === 0x78 || (i === 0 && (code === 0x27 || code === 0x60))) {
      return plain.replace(/\s+/g, '').replace(TEXT_SIGN, '').replaceAll('x', 'X');
    }
  }
  return plain;
}

const DOTS_BETWEEN_HAN = /(?<=\p{Script=Han})\.(?=\p{Script=Han})/gu;

/** A name as it is kept: as `normaliseText`, a full stop between Chinese signs written as the dot it is meant for. */
export function normaliseName(text: string): string {
  const plain = normaliseText(text);
  return plain.includes('.') ? plain.replace(DOTS_BETWEEN_HAN, NAME_DOT) : plain;
}

const KEY_DOTS = `.${NAME_DOTS}`;
const KEY_DOT = new RegExp(`[${KEY_DOTS}]`, 'g');

/**
 * A person's, village's or unit's name for comparing and search: as `normaliseText`, with compatibility signs (the
 * radicals of a PDF) written as the sign they look like, one dot, and no blank at all.
 */
export function nameKey(name: string): string {
  const wide = normaliseText(name);
  return normaliseText(wide.normalize('NFKC')).replace(/\s+/g, '').replace(KEY_DOT, NAME_DOT);
}

/** Whether two writings are the same name. */
export function isSameName(one: string, other: string): boolean {
  return one === other || nameKey(one) === nameKey(other);
}

/** `nameKey` of a column of stored names, in SQL; stored names hold nothing invisible. Immutable: an index can hold it. */
export function nameKeySql(column: string): string {
  return `translate(normalize(${column}, NFKC), E'${KEY_DOTS} \\t\\r\\n', '${NAME_DOT.repeat(KEY_DOTS.length)}')`;
}

/** Longer than any header with its note; a cell may hold a hundred times as much, and every row above the data is tried. */
export const LONGEST_HEADER = 200;

/**
 * A column's header as meanings are compared: normalised, without any blank, bracket or separator, nor the note of a
 * form that it must be filled. '' for what is too long to be one.
 */
export function headerKey(text: string): string {
  if (text.length > LONGEST_HEADER) return '';
  const key = normaliseText(text).replace(/[\s()[\]{}【】〔〕、,.。/\\·:;*_-]+/g, '');
  return key.endsWith('填') ? key.replace(/(必填|选填)$/, '') : key;
}
