const STORED = 'bangfu.county';

/** Remembers the county's name on this device, so that the sign-in page can name it before anyone is known. */
export function rememberCounty(name: string): void {
  if (name) localStorage.setItem(STORED, name);
}

/** The county last signed in to on this device; empty on a new one. */
export function rememberedCounty(): string {
  return localStorage.getItem(STORED) ?? '';
}
