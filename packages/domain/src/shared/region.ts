import type { Brand } from './brand.ts';

/** A 12-digit statistical division code: 2 province, 2 prefecture, 2 county, 3 township, 3 village. */
export type RegionCode = Brand<string, 'RegionCode'>;

export const REGION_LEVELS = ['province', 'prefecture', 'county', 'township', 'village', 'group'] as const;
export type RegionLevel = (typeof REGION_LEVELS)[number];

/** How many leading digits name a division of the level. A group carries its village's code and an own number. */
const SIGNIFICANT: Record<Exclude<RegionLevel, 'group'>, number> = {
  province: 2,
  prefecture: 4,
  county: 6,
  township: 9,
  village: 12,
};

/** Reads a code. @throws RangeError unless it is 12 digits. */
export function regionCode(text: string): RegionCode {
  if (!/^\d{12}$/.test(text)) throw new RangeError(`not a region code: ${text}`);
  return text as RegionCode;
}

/** The level a code speaks of, by its trailing zeros. */
export function levelOf(code: RegionCode): Exclude<RegionLevel, 'group'> {
  if (!code.endsWith('000')) return 'village';
  if (!code.endsWith('000000')) return 'township';
  if (code.slice(4, 6) !== '00') return 'county';
  return code.slice(2, 4) !== '00' ? 'prefecture' : 'province';
}

/** The prefix shared by everything inside a division; scope is a comparison of prefixes (architecture, decision 1). */
export function scopePrefix(code: RegionCode): string {
  return code.slice(0, SIGNIFICANT[levelOf(code)]);
}

/** Whether a division lies in another (or is it). */
export function isWithin(code: RegionCode | string, scope: RegionCode): boolean {
  return code.startsWith(scopePrefix(scope));
}

/** The code of the county / township a village-level code belongs to. */
export function countyOf(code: RegionCode): RegionCode {
  return `${code.slice(0, 6)}000000` as RegionCode;
}
export function townshipOf(code: RegionCode): RegionCode {
  return `${code.slice(0, 9)}000` as RegionCode;
}

/**
 * A division's name for comparing: without 村民委员会, 村委会, 居民委员会, 居委会 and then without any 村 at the end
 * (formats, "Regions"): 北店村村民委员会 = 北店村委会 = 北店村 = 北店.
 */
export function comparableName(name: string): string {
  return name.replace(/(村民委员会|村委会|居民委员会|居委会)$/, '').replace(/村+$/, '');
}

/** A division's name as people say it: 大新房子村村民委员会 → 大新房子村. */
export function placeName(name: string): string {
  return name.replace(/(村民委员会|居民委员会|村委会|居委会)$/, '');
}
