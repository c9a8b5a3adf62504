/** The stars, of any font, that this platform and others write in place of digits and names they do not show. */
const STARS = new Set([...'*＊﹡∗⁎✱'].map((sign) => sign.charCodeAt(0)));
/** A dot stands for a digit only beside one. */
const DOTTED = /\d●|●\d/;
const LAST_PLAIN = 0x2000;
const [FIRST_HAN, LAST_HAN] = [0x3000, 0xfe00];

/** Whether a value is a masked one (`MASKED_VALUE`): it says nothing, and is never written. Runs for every cell. */
export function isMasked(value: string): boolean {
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i);
    if (code === 0x2a) return true;
    if (code < LAST_PLAIN || (code > FIRST_HAN && code < LAST_HAN)) continue;
    if (STARS.has(code)) return true;
    if (code === 0x25cf) return DOTTED.test(value);
  }
  return false;
}
