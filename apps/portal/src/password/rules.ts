const LENGTH = 10;
const DISTINCT = 5;

/**
 * What the platform would refuse in a new password, told while it is typed; the platform itself decides.
 * @returns the text key of the first fault, or null
 */
export function passwordFault(
  next: string,
  known: { readonly username: string; readonly current: string },
): 'password.short' | 'password.holdsName' | 'password.simple' | 'password.same' | null {
  const lower = next.toLowerCase();
  if (next.length < LENGTH) return 'password.short';
  if (lower.includes(known.username.toLowerCase())) return 'password.holdsName';
  if (new Set(lower).size < DISTINCT) return 'password.simple';
  return next === known.current ? 'password.same' : null;
}
