import { call, type Connection } from '@bangfu/contracts/core/client';
import { callJob } from '@bangfu/contracts/core/list-job';
import { ProblemError } from '@bangfu/contracts/core/problem';
import {
  changeCadre,
  createCadre,
  createHelpingUnit,
  CadreImportReport,
  importCadres,
  listCadres,
  listHelpingUnits,
  revealCadrePhone,
} from '@bangfu/contracts/pairing/cadres';
import { PAIRING, PAIRING_POLICIES } from '@bangfu/contracts/pairing/policies';
import { bringHostile } from '@bangfu/platform/testing/hostile-uploads';
import { bringWritings } from '@bangfu/platform/testing/list-writings';
import { grant, type TestService, testService } from '@bangfu/platform/testing/test-service';
import { twinsOf } from '@bangfu/platform/testing/twins';
import '@bangfu/testkit/postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildPairing } from '../../app.ts';
import { contentNow, setPolicy } from '../../testing/policy.ts';
import { COUNTY, feedRegions, TOWNSHIPS } from '../../testing/register.ts';

let world: TestService;
let office: Connection;

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'pairing', buildPairing);
  office = world.as('office', grant('county-office'));
  await feedRegions(world.urls.app);
});
afterAll(() => world.stop());

const bring = (as: Connection, text: string, commit: 'true' | 'false') =>
  callJob(as, importCadres, CadreImportReport, { query: { name: '干部名单.csv', commit }, body: Buffer.from(text) });
const evaluator = () =>
  world.as('evaluator', {
    role: 'evaluator',
    scope: { kind: 'evaluation', id: 'e1', regions: [COUNTY], services: ['pairing'] },
  });
const refusal = (status: number, code?: string) =>
  expect.objectContaining({ problem: expect.objectContaining({ status, ...(code ? { code } : {}) }) });

const GOOD = `2026年帮扶干部名单,,,,,
序号,帮扶单位,姓 名,职务（职级）,手机号码,包联村,家庭住址所在村,亲属户编号
1,农业农村局,张三,正科级,138 0013 8001,北炉乡甲村、北炉乡乙村,城关,
2,农业农村局,李四,一般干部,13800138002,,城关,211382000000007
3,北炉乡人民政府,王五,副职,13800138003,甲村,,
`;

describe('a list of units and cadres', () => {
  it('given files that are made to be expensive, then each is refused, and none stays', async () => {
    const bringFile = (body: Buffer, name: string) =>
      callJob(office, importCadres, CadreImportReport, { query: { name, commit: 'true' }, body });
    expect(await bringHostile(world, bringFile)).toEqual([]);
  }, 60_000);

  it('given any writing that offices have for it, then it is taken as it is meant, or refused with the cell', async () => {
    const rows = [
      ['农业农村局', '张三', '正科级', '13800138011'],
      ['农业农村局', '李四', '副职', '13800138012'],
    ];
    const good = { header: ['单位', '姓名', '职级', '联系电话'], rows, numbers: '联系电话' };
    const { answered, right } = await bringWritings(good, async (body, expected) => {
      const report = await callJob(office, importCadres, CadreImportReport, {
        query: { name: '名单', commit: 'false' },
        body,
      });
      if ('taken' in expected) expect(report).toMatchObject({ rows: 2, cadres: { create: 2 } });
      const unknown = report.columns.unknown.map(() => ({ code: 'COLUMN_UNKNOWN' }));
      const of = (severity: string) => report.problems.filter((problem) => problem.severity === severity);
      return { problems: of('error'), warnings: [...of('warning'), ...unknown] };
    });
    expect(answered).toEqual(right);
  });

  it('given faulty rows, when it is to be taken over, then every fault is told and nothing is written', async () => {
    const report = await bring(
      office,
      `单位,姓名,职级,联系电话,帮扶村,血型
农业农村局,张三,正职,13800138001,北炉乡甲村,A
农业农村局,李四,元帅,1380013,火星村,
,王五,副职,13800138003,,
农业农村局,赵六,一般干部,13800138001,甲村,
`,
      'true',
    );
    expect(report.committed).toBe(false);
    expect(report.columns.unknown).toEqual(['血型']);
    expect(report.problems.map(({ row, column, code, value }) => [row, column, code, value])).toEqual([
      [3, '职级', 'CADRE_RANK_UNKNOWN', '元帅'],
      [3, '联系电话', 'CADRE_PHONE_INVALID', '138**13'],
      [3, '帮扶村', 'VILLAGE_UNKNOWN', '火星村'],
      [4, '单位', 'CADRE_VALUE_MISSING', ''],
      [5, '帮扶村', 'VILLAGE_AMBIGUOUS', '甲村'],
      [5, '姓名', 'CADRE_TWICE', '赵六'],
    ]);
    expect(report.problems[5]?.message).toBe('“赵六”与第 2 行重复');
    expect((await call(office, listCadres, {})).total).toBe(0);
    expect((await call(office, listHelpingUnits, {})).total).toBe(0);
  });

  it('given a right list, when it is tried, taken over and brought again, then it is there once with phones masked', async () => {
    const tried = await bring(office, GOOD, 'false');
    expect(tried).toMatchObject({
      committed: false,
      rows: 3,
      problemCount: 0,
      units: { create: 2 },
      cadres: { create: 3 },
    });
    expect((await call(office, listCadres, {})).total).toBe(0);

    expect(await bring(office, GOOD, 'true')).toMatchObject({ committed: true, cadres: { create: 3 } });
    const again = await bring(office, GOOD, 'true');
    expect(again).toMatchObject({
      committed: true,
      units: { create: 0, change: 0, unchanged: 2 },
      cadres: { create: 0, change: 0, unchanged: 3 },
    });

    const { rows } = await call(office, listCadres, { query: { search: '李四' } });
    expect(rows).toMatchObject([
      {
        unitName: '农业农村局',
        rank: 'staff',
        rankName: '一般干部',
        quota: 1,
        households: 0,
        phoneMasked: '138******02',
      },
    ]);
    expect(rows[0]?.relativeNumbers).toEqual(['211382000000007']);
    const units = await call(office, listHelpingUnits, {});
    expect(
      units.rows.map(({ name, seatCode, villages }) => [name, seatCode, villages.map(({ code }) => code)]),
    ).toEqual([
      ['北炉乡人民政府', TOWNSHIPS[0]?.code, ['211382100201']],
      ['农业农村局', COUNTY, ['211382100201', '211382100202']],
    ]);
    const dump = await dumpOf('cadre');
    expect(dump).not.toContain('13800138002');
  });

  it('given a file that is no list, when it is brought, then the clerk is told what is missing', async () => {
    await expect(bring(office, '户编号,户主\n1,张三\n', 'false')).rejects.toEqual(refusal(422, 'NOT_A_CADRE_LIST'));
    await expect(bring(office, '', 'false')).rejects.toEqual(refusal(422, 'WORKBOOK_EMPTY'));
  });
});

describe('one cadre', () => {
  it('given a change on an old version, when it is sent, then it is refused with what is there now', async () => {
    const { rows } = await call(office, listCadres, { query: { search: '王五' } });
    const [cadre] = rows;
    if (!cadre) throw new Error('王五 was not imported');
    const { id, unitId, name, homeVillage, relativeNumbers, username, active, version } = cadre;
    const body = { unitId, name, rank: 'staff', ownQuota: 2, homeVillage, relativeNumbers, username, active, version };
    expect(await call(office, changeCadre, { params: { cadreId: id }, body })).toEqual({ version: version + 1 });
    await expect(call(office, changeCadre, { params: { cadreId: id }, body })).rejects.toEqual(
      refusal(409, 'CHANGED_MEANWHILE'),
    );
    // His own figure may lower his rank's quota and never lifts it.
    expect((await call(office, listCadres, { query: { search: '王五' } })).rows[0]).toMatchObject({
      quota: 1,
      ownQuota: 2,
      phoneMasked: '138******03',
    });
  });

  it('given a unit’s manager, when he keeps cadres, then only those of his own unit', async () => {
    const { rows } = await call(office, listHelpingUnits, {});
    const [own, other] = rows;
    if (!own || !other) throw new Error('units were not imported');
    const manager = world.as('manager', { role: 'unit-manager', scope: { kind: 'unit', id: own.id } });
    expect((await call(manager, listHelpingUnits, {})).rows.map(({ id }) => id)).toEqual([own.id]);
    expect((await call(manager, listCadres, {})).rows.every(({ unitId }) => unitId === own.id)).toBe(true);
    const content = {
      name: '新人',
      rank: 'deputy',
      ownQuota: null,
      homeVillage: null,
      relativeNumbers: [],
      username: null,
    };
    await call(manager, createCadre, { body: { ...content, unitId: own.id, phone: '13800138009' } });
    await expect(call(manager, createCadre, { body: { ...content, unitId: other.id, phone: null } })).rejects.toEqual(
      refusal(404),
    );
    await expect(
      call(manager, createCadre, { body: { ...content, unitId: own.id, phone: '13800138009' } }),
    ).rejects.toEqual(refusal(422, 'PHONE_TAKEN'));
  });

  it('given a reason, when a phone is asked for, then it is shown and the look is audited', async () => {
    const { rows } = await call(office, listCadres, { query: { search: '张三' } });
    const cadreId = rows[0]?.id ?? '';
    const reason = '通知入户';
    expect(await call(office, revealCadrePhone, { params: { cadreId }, body: { reason } })).toEqual({
      phone: '13800138001',
    });
    expect(await dumpOf('platform.audit_entry')).toContain(reason);
    expect(await dumpOf('platform.idempotency_key')).not.toContain('13800138001');
  });
});

describe('who may keep units and cadres', () => {
  it('given a township’s officer, when he keeps units, then only in his own township', async () => {
    const officer = world.as('officer', grant('township-officer', TOWNSHIPS[0]?.code ?? ''));
    const body = { name: '北炉乡卫生院', seatCode: TOWNSHIPS[0]?.code ?? '', villageCodes: [] };
    await call(officer, createHelpingUnit, { body });
    for (const name of twinsOf(body.name)) {
      const twin = call(officer, createHelpingUnit, { body: { ...body, name } });
      await expect(twin).rejects.toEqual(refusal(422, 'UNIT_EXISTS'));
    }
    await expect(
      call(officer, createHelpingUnit, { body: { ...body, name: '镇政府', seatCode: TOWNSHIPS[1]?.code ?? '' } }),
    ).rejects.toEqual(refusal(404));
    expect(await bring(officer, '单位,姓名,职级\n三十家子镇人民政府,钱七,副职\n', 'true')).toMatchObject({
      committed: false,
      problems: [{ code: 'CADRE_UNIT_FOREIGN' }],
    });
  });

  it('given two who add a unit of one name at once, then it is there once and the other is told, as any refusal', async () => {
    const body = { name: '北炉乡中心学校', seatCode: TOWNSHIPS[0]?.code ?? '', villageCodes: [] };
    const both = await Promise.allSettled([1, 2, 3].map(() => call(office, createHelpingUnit, { body })));
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const each of both) {
      if (each.status !== 'rejected') continue;
      const { problem } = each.reason as ProblemError;
      expect(['409 EXISTS_MEANWHILE', '422 UNIT_EXISTS']).toContain(`${problem.status} ${problem.code}`);
    }
  });

  it('given an evaluator and an auditor, when they read, then they see the list with the read-only role', async () => {
    for (const reader of [evaluator(), world.as('auditor', grant('auditor'))]) {
      expect((await call(reader, listCadres, {})).total).toBe(4);
    }
  });

  it('given an evaluator, an auditor, a helper and nobody, when they try to write, then they are refused', async () => {
    const auditor = world.as('auditor', grant('auditor'));
    const helper = world.as('helper', { role: 'helper', scope: { kind: 'helper', id: 'c1' } });
    for (const reader of [evaluator(), auditor]) {
      await expect(bring(reader, GOOD, 'true')).rejects.toEqual(refusal(403));
    }
    await expect(call(helper, listCadres, {})).rejects.toEqual(refusal(403));
    await expect(call(world.anonymous, listCadres, {})).rejects.toBeInstanceOf(ProblemError);
    await expect(call(world.anonymous, listCadres, {})).rejects.toEqual(refusal(401));
  });
});

describe('ranks and quotas as policy data', () => {
  it('given a new set of quotas from a day on, when that day has come, then it holds and not before', async () => {
    world.setNow(new Date('2026-06-30T02:00:00Z'));
    const content = await contentNow(office);
    const now = () => call(office, PAIRING_POLICIES.getPolicy, { params: { policy: PAIRING.key } });
    expect(content.ranks.map(({ quota }) => quota)).toEqual([5, 3, 2, 1]);
    const ranks = content.ranks.map((rule) => ({ ...rule, quota: rule.quota + 1 }));
    const body = { validFrom: '2026-07-01', document: '凌扶发〔2026〕7号', content: { ...content, ranks } };
    await setPolicy(world, body);
    expect((await now()).validFrom).toBe('2010-01-01');
    world.setNow(new Date('2026-06-30T16:00:00Z'));
    expect(await now()).toMatchObject({
      validFrom: '2026-07-01',
      document: '凌扶发〔2026〕7号',
    });
    expect((await call(office, listCadres, { query: { search: '李四' } })).rows[0]?.quota).toBe(2);
    await expect(
      call(office, PAIRING_POLICIES.draftPolicy, {
        body: {
          policy: PAIRING.key,
          validFrom: '2026-08-01',
          document: '凌扶发〔2026〕8号',
          value: { ...content, ranks: ranks.filter(({ rank }) => rank !== 'staff') },
        },
      }),
    ).rejects.toEqual(refusal(422, 'RANK_IN_USE'));
    const leading = world.as('leader', grant('county-leader'));
    const drafted = { policy: PAIRING.key, validFrom: '2026-08-01', document: '凌扶发〔2026〕8号', value: content };
    await expect(call(leading, PAIRING_POLICIES.draftPolicy, { body: drafted })).rejects.toEqual(refusal(403));
    world.setNow(null);
  });
});

async function dumpOf(table: string): Promise<string> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: world.urls.app });
  await client.connect();
  try {
    const { rows } = await client.query<{ row: string }>(`SELECT t::text AS row FROM ${table} t`);
    return rows.map(({ row }) => row).join('\n');
  } finally {
    await client.end();
  }
}
