/**
 * Signs that no name of a person can hold, as a bank or a printer would find out: the ? and � that stand for a lost
 * sign, private-use signs of old systems, radicals that a PDF gave in place of signs, control signs, digits.
 */
const UNREADABLE = /[?\uFFFD\p{Co}\u2E80-\u2FDF\p{Cc}\p{Cs}\p{Nd}]/u;

/** Whether a normalised name can be a person's (`NAME_UNREADABLE`). */
export function isReadableName(name: string): boolean {
  return !UNREADABLE.test(name);
}
