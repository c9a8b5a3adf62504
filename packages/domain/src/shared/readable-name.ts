/**
 * What a person's name is made of: letters of any script (〇 and the planes of rare ideographs among them), the dots of
 * minority names, blanks, hyphens and apostrophes. A bank or a printer would find out everything else: the ? and � that
 * stand for a lost sign, private-use signs of old systems, radicals that a PDF gave in place of signs, control signs,
 * digits, brackets with a note, two names in one cell.
 */
const NAME = /^[\p{L}\p{M}\u3007\u{20000}-\u{3FFFF} ·.'\u2019-]+$/u;

/** Whether a normalised name can be a person's (`NAME_UNREADABLE`). */
export function isReadableName(name: string): boolean {
  return NAME.test(name);
}
