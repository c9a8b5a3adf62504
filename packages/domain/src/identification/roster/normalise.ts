const IDEOGRAPHIC_SPACE = 0x3000;

/** Characters without width that word processors and phones leave behind. */
function isZeroWidth(code: number): boolean {
  return (code >= 0x200b && code <= 0x200f) || code === 0x2060 || code === 0xfeff || code === 0xad;
}

/** Whether a text holds only characters that normalising leaves alone wherever they stand. */
function isPlain(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 0x20 && code < 0x7f) continue;
    if (code > IDEOGRAPHIC_SPACE && code < 0xfe00) continue;
    return false;
  }
  return true;
}

function rewrite(text: string): string {
  let out = '';
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 0xff01 && code <= 0xff5e) out += String.fromCharCode(code - 0xfee0);
    else if (code === IDEOGRAPHIC_SPACE || code === 0xa0) out += ' ';
    else if (!isZeroWidth(code)) out += text[i];
  }
  return out.trim();
}

/**
 * A cell's text as every check sees it: half-width for full-width, zero-width characters out, blanks, tabs and line
 * breaks off both ends (formats, "Normalising"). '' means the cell is empty.
 */
export function normaliseText(text: string): string {
  return isPlain(text) ? text : rewrite(text);
}

/** An ID, household or person number: as `normaliseText`, with every blank out and x written X. */
export function normaliseNumber(text: string): string {
  const plain = normaliseText(text);
  for (let i = 0; i < plain.length; i++) {
    const code = plain.charCodeAt(i);
    if (code <= 0x20 || code > 0x7f || code === 0x78) return plain.replace(/\s+/g, '').replaceAll('x', 'X');
  }
  return plain;
}

/** A column's header as meanings are compared: normalised, without any blank, bracket or separator. */
export function headerKey(text: string): string {
  return normaliseText(text).replace(/[\s()[\]{}【】〔〕、,.。/\\·:;*_-]+/g, '');
}
