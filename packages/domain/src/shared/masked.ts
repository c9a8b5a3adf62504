/** The stars, of any font, that this platform and others write in place of digits and names they do not show. */
const MASK = /[*\uff0a\ufe61\u2217\u204e\u2731]|\d\u25cf|\u25cf\d/;

/** Whether a value is a masked one (`MASKED_VALUE`): it says nothing, and is never written. */
export function isMasked(value: string): boolean {
  return MASK.test(value);
}
