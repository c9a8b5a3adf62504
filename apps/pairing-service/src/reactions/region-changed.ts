import { insertMany } from '@bangfu/data/insert-many';
import { countyOf, type RegionCode } from '@bangfu/domain/shared/region';
import { regionChanged } from '@bangfu/events/catalog/identification';
import { reaction } from '../operations.ts';

/**
 * Keeps the copy of the divisions by a change. Where a new division lies is what its first predecessor said; it borders
 * on what any of them bordered on.
 */
export const onRegionChanged = reaction(regionChanged, async ({ tx, events }) => {
  for (const { data } of events) {
    const codes = data.codes.flatMap(({ from, to }) => (to === null ? [from] : [from, to]));
    const before = await tx.sql.deleteFrom('region_copy').where('code', 'in', codes).returningAll().execute();
    const places = new Map(before.map((region) => [region.code, region]));
    const lines = data.codes.flatMap(({ to, ...line }) => (to === null ? [] : [{ ...line, to }]));
    const rows = [...Map.groupBy(lines, ({ to }) => to)].flatMap(([code, into]) => {
      // A division that keeps its code lies where it lay.
      const [line] = into.toSorted((a, b) => Number(b.from === code) - Number(a.from === code));
      if (!line) return [];
      const place = places.get(line.from);
      const neighbours = into.flatMap(({ from }) => places.get(from)?.neighbours ?? []);
      return [
        {
          code,
          county_code: countyOf(code as RegionCode),
          level: line.level,
          name: line.name,
          parent_code: line.parentCode,
          longitude: place?.longitude ?? null,
          latitude: place?.latitude ?? null,
          neighbours: [...new Set(neighbours)].filter((each) => each !== code).sort(),
        },
      ];
    });
    await insertMany(tx.sql, 'region_copy', rows);
  }
});
