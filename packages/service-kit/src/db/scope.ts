/** Region prefixes as patterns for `village_code LIKE ANY ($n)`; an empty scope matches nothing. */
export function likeAny(prefixes: readonly string[]): string[] {
  return prefixes.map((prefix) => `${prefix}%`);
}

/** The scope narrowed to what a filter asks for: prefixes that lie in both. */
export function narrow(prefixes: readonly string[], asked: string | undefined): string[] {
  if (asked === undefined) return [...prefixes];
  const within = prefixes.some((prefix) => asked.startsWith(prefix));
  return within ? [asked] : prefixes.filter((prefix) => prefix.startsWith(asked));
}
