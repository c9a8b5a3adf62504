import { normaliseText } from './normalise.ts';

/** What spreadsheets show in place of a value they do not have, and ##### where the column was too narrow. */
const ERROR =
  /^#(N\/A|REF!|DIV\/0!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|BUSY!|UNKNOWN!|GETTING_DATA|#+)$|^Err:\d{3}$/i;

/**
 * Whether a cell's text stands for a value nobody knows (`CELL_ERROR`): an error of the spreadsheet that was saved as
 * text, or a formula that was; in any writing of it.
 */
export function isErrorText(text: string): boolean {
  if (beginsPlainly(text.charCodeAt(0))) return false;
  const value = normaliseText(text);
  return value.startsWith('=') ? value.length > 1 : ERROR.test(value);
}

/** A digit, a Latin letter behind E or a Chinese sign: nearly every cell is passed by its first sign. */
function beginsPlainly(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || (code > 0x45 && code < 0x7f) || (code > 0x3000 && code < 0xfe00);
}
