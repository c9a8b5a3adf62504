/**
 * Invisible signs: controls, turning signs, formatting, fillers, the empty Braille cell; line breaks and tabs are kept.
 * The normaliser of rosters has its own shorter list, by character code, because it reads millions of cells.
 */
const INVISIBLE = /(?![\n\t])[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/gu;
const LINE_BREAK = /\r\n?|\u2028|\u2029|\u0085/g;
/** A letter, a digit or a symbol; marks and punctuation alone are not readable. */
const READABLE = /[\p{L}\p{N}\p{S}]/u;

/** A text without invisible signs; letters, width and punctuation are unchanged. */
export function visibleText(text: string): string {
  return text.replace(LINE_BREAK, '\n').replace(INVISIBLE, '');
}

/**
 * A typed text as it is stored: trimmed, without invisible signs, and empty when it has nothing readable, so that a
 * required field refuses it.
 */
export function readableText(text: string): string {
  const visible = visibleText(text).trim();
  return READABLE.test(visible) ? visible : '';
}
