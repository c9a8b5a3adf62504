import { isWithin, levelOf, type RegionCode, regionCode, scopePrefix, townshipOf } from './region.ts';
import type { Scope } from './roles.ts';

/** What a change of divisions does: another name, another code, several into one, one into several, the end of one. */
export const REGION_CHANGE_KINDS = ['rename', 'recode', 'merge', 'split', 'close'] as const;
export type RegionChangeKind = (typeof REGION_CHANGE_KINDS)[number];

/**
 * A line of the code map of a change: what became of a division. A division that is split has a line for each successor,
 * the first of which takes what cannot be divided. A township that gains or loses villages has a line for each of its
 * villages, those that keep their code too, so that the map alone shows which scope holds which villages.
 */
export interface RegionMove {
  readonly from: string;
  /** Null where the division ends without a successor. */
  readonly to: string | null;
  /** One of `REGION_LEVELS`. */
  readonly level: string;
}

/** Codes in their order, each once. */
const unique = (codes: readonly string[]): RegionCode[] => [...new Set(codes)].sort().map(regionCode);

/**
 * The codes by which a scope holds exactly the villages that it had: no scope gains a village by a change of divisions. A
 * village that was merged with one outside the scope is no longer held; an empty list holds nothing.
 */
export function followScope(scope: RegionCode, moves: readonly RegionMove[]): RegionCode[] {
  const isVillage = levelOf(scope) === 'village';
  if (!isVillage && levelOf(scope) !== 'township') return [scope];
  const villages = moves.filter(({ level }) => level === 'village');
  const isOwn = ({ from }: RegionMove) => isWithin(from, scope);
  const own = villages.filter(isOwn);
  const townships = moves.filter(({ level, from }) => level === 'township' && from === scope);
  if (own.length === 0 && townships.length === 0) {
    return villages.some(({ to }) => to !== null && isWithin(to, scope)) ? [] : [scope];
  }
  const foreign = unique(villages.filter((move) => !isOwn(move)).flatMap(({ to }) => to ?? []));
  const held = unique(own.flatMap(({ to }) => to ?? [])).filter((code) => !foreign.includes(code));
  if (isVillage) return held;
  const isMixed = (township: RegionCode) => foreign.some((code) => isWithin(code, township));
  const next = unique([...townships.flatMap(({ to }) => to ?? []), ...held.map(townshipOf)]);
  // Without a line of its own the township goes on, with villages that the map does not name.
  const goesOn = townships.length === 0 && !isMixed(scope) ? [scope] : [];
  return unique([
    ...goesOn,
    ...next.filter((township) => !isMixed(township)),
    ...held.filter((code) => isMixed(townshipOf(code))),
  ]);
}

/** `followScope` of several scopes together, without those that lie in another of them. */
export function followScopes(scopes: readonly string[], moves: readonly RegionMove[]): RegionCode[] {
  const all = unique(scopes.flatMap((scope) => followScope(regionCode(scope), moves)));
  return all.filter((code) => !all.some((other) => other !== code && code.startsWith(scopePrefix(other))));
}

/**
 * A scope as it goes on after a change: one or several of its kind, none at its end.
 * @returns null where the change does not concern it
 */
export function followGrantScope(scope: Scope, moves: readonly RegionMove[]): Scope[] | null {
  if (scope.kind === 'region') {
    const codes = followScope(regionCode(scope.code), moves);
    return codes.join() === scope.code ? null : codes.map((code) => ({ kind: 'region', code }));
  }
  if (scope.kind !== 'evaluation') return null;
  const regions = followScopes(scope.regions, moves);
  if (regions.join() === unique(scope.regions).join()) return null;
  return regions.length > 0 ? [{ ...scope, regions }] : [];
}
