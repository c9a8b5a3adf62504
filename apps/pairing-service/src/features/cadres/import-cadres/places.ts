import { comparableName } from '@bangfu/domain/shared/region';
import type { ReadSql } from '@bangfu/data/typed-sql';
import type { Tables } from '../../../operations.ts';

/** What a word of the list means as a village. */
type VillageFound = { readonly code: string } | { readonly refusal: 'VILLAGE_UNKNOWN' | 'VILLAGE_AMBIGUOUS' };

/** The county's townships and villages by the names lists write. */
export interface Places {
  /** The township of a name, or whose name a unit's name begins with. */
  township(name: string): string | null;
  townshipOfUnit(unitName: string): string | null;
  /** A village by code or name, with or without its township; within `seat` where the name stands more than once. */
  village(word: string, seatCode: string): VillageFound;
}

const bare = (name: string) => name.replace(/(街道办事处|街道|镇|乡)$/, '');

/** Loads the county's divisions as identification told them. */
export async function loadPlaces(read: ReadSql<Tables>, countyCode: string): Promise<Places> {
  const rows = await read
    .selectFrom('region_copy as r')
    .leftJoin('region_copy as t', 't.code', 'r.parent_code')
    .where('r.county_code', '=', countyCode)
    .where('r.level', 'in', ['township', 'village'])
    .orderBy('r.code')
    .select(['r.code', 'r.level', 'r.name', 't.name as township'])
    .execute();
  const townships = rows.filter((row) => row.level === 'township');
  const villages = new Map<string, Set<string>>();
  const codes = new Set<string>();
  for (const { code, level, name, township } of rows) {
    if (level !== 'village') continue;
    codes.add(code);
    const own = comparableName(name);
    for (const key of [own, ...(township ? [township + own, bare(township) + own] : [])]) {
      villages.set(key, (villages.get(key) ?? new Set()).add(code));
    }
  }
  return {
    township: (name) => townships.find((row) => row.name === name || bare(row.name) === bare(name))?.code ?? null,
    townshipOfUnit: (unitName) => townships.find((row) => unitName.startsWith(row.name))?.code ?? null,
    village(word, seatCode) {
      if (codes.has(word)) return { code: word };
      const all = [...(villages.get(comparableName(word)) ?? [])];
      const near = all.filter((code) => code.startsWith(seatCode.slice(0, 9)));
      const [code, another] = near.length > 0 ? near : all;
      if (code === undefined) return { refusal: 'VILLAGE_UNKNOWN' };
      return another === undefined ? { code } : { refusal: 'VILLAGE_AMBIGUOUS' };
    },
  };
}
