import { YES_NO } from '../roster/dictionaries.ts';
import { normaliseText } from '../../shared/normalise.ts';

/** What people write for "none" where a text is asked, besides the dictionary's words for no. */
const NONE = new Set(['没有', '暂无', '-', '—', '/', '\\']);

/**
 * Whether a free text says that there is something: filled, and not a word for no (无, 否, 0, × …). A post, a reason or a
 * need of 无 is none.
 */
export function saysSome(text: string | null | undefined): text is string {
  if (text === null || text === undefined) return false;
  const said = normaliseText(text);
  return said !== '' && YES_NO.read(said) !== 'no' && !NONE.has(said);
}
