/**
 * Signs that leave no mark on paper: controls (turning signs among them), formatting, fillers, the empty Braille cell.
 * Line breaks and tabs are marks of a text's form and stay.
 */
const INVISIBLE = /(?![\n\t])[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/gu;
const LINE_BREAK = /\r\n?|\u2028|\u2029|\u0085/g;
/** Something a reader can name: a letter, a digit, a symbol. Marks and punctuation alone say nothing. */
const SAYS_SOMETHING = /[\p{L}\p{N}\p{S}]/u;

/** A text without the signs that nobody sees; its letters, width and punctuation stay as they were written. */
export function visibleText(text: string): string {
  return text.replace(LINE_BREAK, '\n').replace(INVISIBLE, '');
}

/**
 * What a person typed, as it is kept: without invisible signs, blanks off both ends, and nothing at all when there is
 * nothing in it to read. A field that must be filled therefore refuses what only looks filled.
 */
export function readableText(text: string): string {
  const visible = visibleText(text).trim();
  return SAYS_SOMETHING.test(visible) ? visible : '';
}
