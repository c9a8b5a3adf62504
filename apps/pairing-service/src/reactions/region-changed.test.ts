import { randomUUID } from 'node:crypto';
import { openPool, type Pool } from '@bangfu/data/pool';
import { migratedDatabase } from '@bangfu/testkit/migrated-database';
import '@bangfu/testkit/postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { changeRegions, feedRegions, TOWNSHIPS } from '../testing/register.ts';

const [FIRST = '', SECOND = ''] = TOWNSHIPS.map(({ code }) => code);
/** The villages of the second township come into the first. */
const BECOMES = { '211382101201': '211382100204', '211382101202': '211382100205' };

let url = '';
let pool: Pool;
beforeAll(async () => {
  url = (await migratedDatabase(inject('postgresUrl'), 'pairing')).app;
  pool = openPool(url, 1);
  await feedRegions(url);
});
afterAll(() => pool.end());

describe('given the copy of the divisions, some of which border on each other', () => {
  it('when townships are merged and a village is closed, then all have their codes, names, places and borders', async () => {
    await pool.query(`UPDATE region_copy SET longitude = 119.4, latitude = 41.2 WHERE code = '211382101201'`);
    await pool.query(`UPDATE region_copy SET neighbours = '{211382101201,211382100202}' WHERE code = '211382100203'`);
    const line = (from: string, to: string | null, name: string, level = 'village') => ({
      from,
      to,
      id: randomUUID(),
      level,
      name,
      parentCode: level === 'township' ? '211382000000' : FIRST,
      townshipName: level === 'township' ? null : '新乡',
    });
    await changeRegions(url, {
      changeId: randomUUID(),
      kind: 'merge',
      on: '2026-06-01',
      document: '民政〔2026〕1号',
      codes: [
        line(FIRST, FIRST, '新乡', 'township'),
        line(SECOND, FIRST, '新乡', 'township'),
        ...Object.entries(BECOMES).map(([from, to]) => line(from, to, `${to}村`)),
        line('211382100202', null, '乙村'),
      ],
      households: [],
    });
    const { rows } = await pool.query(
      `SELECT code, name, parent_code AS parent, longitude, neighbours FROM region_copy WHERE level <> 'county' ORDER BY code`,
    );
    const empty = { parent: FIRST, longitude: null, neighbours: [] };
    expect(rows).toEqual([
      { ...empty, code: FIRST, name: '新乡', parent: '211382000000' },
      { ...empty, code: '211382100201', name: '甲村' },
      { ...empty, code: '211382100203', name: '丙村', neighbours: ['211382100204'] },
      { ...empty, code: '211382100204', name: '211382100204村', longitude: 119.4 },
      { ...empty, code: '211382100205', name: '211382100205村' },
    ]);
  });
});
