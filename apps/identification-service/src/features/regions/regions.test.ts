import { call, type Connection } from '@bangfu/contracts/core/client';
import { ProblemError } from '@bangfu/contracts/core/problem';
import { importRegions, listRegions } from '@bangfu/contracts/identification/regions';
import { regionEstablished } from '@bangfu/events/catalog/identification';
import { openPool } from '@bangfu/data/pool';
import { bringWritings } from '@bangfu/platform/testing/list-writings';
import { grant, type TestService, testService } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildIdentification } from '../../app.ts';

let world: TestService;
let office: Connection;

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'identification', buildIdentification);
  office = world.as('office', grant('county-office'));
});
afterAll(() => world.stop());

const TABLE = [
  '210000000000,province,辽宁省,',
  '211300000000,prefecture,朝阳市,210000000000',
  '211382000000,county,凌源市,211300000000',
  '211382101000,township,万元店镇,211382000000',
  '211382101200,village,佐杖子村,211382101000',
];
const bring = (lines: readonly string[]) => {
  const body = new Blob([`code,level,name,parent_code\n${lines.join('\n')}\n`]);
  return call(office, importRegions, { query: { name: 'regions.csv' }, body }).catch(
    (error: { problem: { status: number; code: string; detail?: string; errors?: readonly { path: string }[] } }) =>
      error.problem,
  );
};

describe('given a region table', () => {
  it('when a line is wrong, then the table is refused naming its row, and nothing of it is kept', async () => {
    const refused = {
      '211382101201,village,康杖子村,211382102000': '上级代码 211382102000 有误',
      '211382102200,village,宋杖子村,211382101000': '上级代码 211382101000 有误',
      '211382101201,village,康杖子村,211382000000': '上级代码 211382000000 有误',
      '211382101201,village,康杖子村,': '上级代码 （空） 有误',
      '211382101200,village,佐杖子新村,211382101000': '代码 211382101200 与第 6 行重复',
      '211381000000,county,北票市,211300000000': '区划 211381000000 不在您的管辖范围内',
      '211382101201,hamlet,康杖子村,211382101000': '代码须为 12 位，级别与代码一致',
    };
    for (const [line, why] of Object.entries(refused)) {
      const detail = expect.stringContaining(`第 7 行：${why}`);
      expect(await bring([...TABLE, line])).toMatchObject({ code: 'REGION_TABLE_WRONG', params: { rows: 1 }, detail });
    }
    expect((await call(office, listRegions, {})).rows).toEqual([]);
  });

  it('when it says where villages lie, then the others are told, and a table without it leaves that as it is', async () => {
    const told = async () => {
      const pool = openPool(world.urls.app, 1);
      const { rows } = await pool.query<{ data: unknown }>(
        `SELECT data FROM platform.outbox_event WHERE type = $1 ORDER BY ordinal`,
        [regionEstablished.type],
      );
      await pool.end();
      return rows.map(({ data }) => regionEstablished.data.parse(data)).filter(({ code }) => code.endsWith('200'));
    };
    const table = (village: string) =>
      call(office, importRegions, {
        query: { name: 'regions.csv' },
        body: new Blob([
          `区划代码,级别,名称,上级代码,经纬度,相邻行政区划\n${TABLE.slice(0, 4)
            .map((line) => `${line},,`)
            .join('\n')}\n${village}\n`,
        ]),
      });
    const line = '211382101200,village,佐杖子村,211382101000';
    const where = [`"119.40,41.25"`, '211382101201；211382101202'];
    await table(`${line},${where.join(',')}`);
    expect((await told()).at(-1)).toMatchObject({
      longitude: 119.4,
      latitude: 41.25,
      neighbours: ['211382101201', '211382101202'],
    });
    const before = (await told()).length;
    expect(await bring(TABLE)).toMatchObject({ regions: { change: 0, unchanged: 5 } });
    expect(await told()).toHaveLength(before);
    await table(`${line},119.5 41.3,`);
    expect((await told()).at(-1)).toMatchObject({ longitude: 119.5, neighbours: ['211382101201', '211382101202'] });
    await expect(table(`${line},"41.25,219.4",`)).rejects.toThrow();
    await expect(table(`${line},,佐杖子村`)).rejects.toThrow();
    const pool = openPool(world.urls.migrator, 1);
    await pool.query('DELETE FROM region');
    await pool.end();
  });

  it('when many lines are wrong, then every one of them is named, in the order of the table', async () => {
    const wrong = ['x,village,康杖子村,211382101000', ...TABLE, '211382101201,village,,211382101000', TABLE[4] ?? ''];
    const refused = { code: 'REGION_TABLE_WRONG', params: { rows: 3 }, title: expect.stringContaining('3 行') };
    expect(await bring(wrong)).toMatchObject({ ...refused, errors: [{ path: '2' }, { path: '8' }, { path: '9' }] });
    const mixed = [...TABLE.with(3, '211382101000,township,,211382000000'), '211382103200,village,甲村,211382103000'];
    // The village of row 6 lies in the township of row 5, whose name is what is missing.
    expect(await bring(mixed)).toMatchObject({ params: { rows: 2 }, errors: [{ path: '5' }, { path: '7' }] });
    const orphans = ['211382103200,village,甲村,211382103000', '211382104200,village,乙村,211382104000'];
    expect(await bring([...TABLE, ...orphans])).toMatchObject({ errors: [{ path: '7' }, { path: '8' }] });
  });

  it('when it is larger than any county’s, then it is refused before it fills the disk', async () => {
    const many = Array.from({ length: 300_000 }, () => TABLE[4] ?? '');
    expect(await bring(many)).toMatchObject({ code: 'FILE_TOO_LARGE' });
  });

  it('when it is right, then it is taken, and a later one may leave out what is known', async () => {
    expect(await bring(TABLE)).toEqual({ regions: { create: 5, change: 0, unchanged: 0 }, warnings: [] });
    const later = ['211382101200,village,佐杖子新村,211382101000', '211382101201,village,康杖子村,211382101000'];
    expect(await bring(later)).toEqual({ regions: { create: 1, change: 1, unchanged: 0 }, warnings: [] });
  });

  it('when it comes in any of its writings, then it is taken as it is meant, or refused with the cell', async () => {
    const good = { header: ['code', 'level', 'name', 'parent_code'], rows: TABLE.map((line) => line.split(',')) };
    const { answered, right } = await bringWritings({ ...good, numbers: 'code' }, async (body, expected) => {
      try {
        const { regions, warnings } = await call(office, importRegions, { query: { name: '区划' }, body });
        expect(regions.create).toBe(0);
        return { problems: [], warnings };
      } catch (error) {
        if (
          !(error instanceof ProblemError) ||
          error.problem.code !== 'REGION_TABLE_WRONG' ||
          !('problem' in expected)
        ) {
          throw error;
        }
        expect(error.problem.detail).toContain(`第 ${expected.row} 行`);
        expect(error.problem.detail).toContain(expected.column);
        return { problems: [{ ...expected, code: expected.problem }], warnings: [] };
      }
    });
    expect(answered).toEqual(right);
  });
});
