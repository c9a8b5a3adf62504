/** The stars that this platform, and others, write in place of digits and names they do not show. */
const MASK = /\*/;

/** Whether a normalised value is a masked one (`MASKED_VALUE`): it says nothing, and is never written. */
export function isMasked(value: string): boolean {
  return MASK.test(value);
}
