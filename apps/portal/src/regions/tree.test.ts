import { describe, expect, it } from 'vitest';
import type { RegionRow } from '../accounts/region-names.ts';
import { narrowed, regionTree } from './tree.ts';

const region = (code: string, level: RegionRow['level'], name: string, parentCode: string | null): RegionRow => ({
  id: code,
  code,
  level,
  name,
  parentCode,
  households: 1,
});

const rows = [
  region('990101000000', 'county', '试验县', '990100000000'),
  region('990101001000', 'township', '河西镇', '990101000000'),
  region('990101001001', 'village', '北店村', '990101001000'),
  region('990101002000', 'township', '河东镇', '990101000000'),
];

describe('the tree of regions', () => {
  it('given a county whose prefecture is beyond the scope, then the county begins the tree', () => {
    const [county, ...others] = regionTree(rows);
    expect(others).toEqual([]);
    expect(county?.children?.map((each) => each.name)).toEqual(['河西镇', '河东镇']);
    expect(county?.children?.[0]?.children?.map((each) => each.name)).toEqual(['北店村']);
    expect(county?.children?.[1]?.children).toBeUndefined();
  });

  it('given a text, then what holds it and everything above, counted without what is above', () => {
    const { rows: kept, found } = narrowed(rows, '北店');
    expect(kept.map((each) => each.name)).toEqual(['试验县', '河西镇', '北店村']);
    expect(found).toBe(1);
  });

  it('given a code prefix or nothing, then those under it or all', () => {
    expect(narrowed(rows, '990101002').found).toBe(1);
    expect(narrowed(rows, ' ').found).toBe(4);
  });
});
