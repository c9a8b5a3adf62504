import { call, type Connection } from '@bangfu/contracts/core/client';
import { everyService } from '@bangfu/contracts/core/every-service';
import { checkQuality } from '@bangfu/contracts/identification/households';
import { undoImport } from '@bangfu/contracts/identification/imports';
import { ALL_RULES } from '@bangfu/domain/identification/quality/run';
import { checkDigit } from '@bangfu/domain/shared/id-number';
import { openPool, type Pool } from '@bangfu/data/pool';
import { grant, type TestService, testService, until } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { buildIdentification } from '../../app.ts';
import { bringRegions } from '../../testing/register.ts';
import { bringText } from '../../testing/rosters.ts';

const OPS = everyService('identification');

/**
 * Rules that no roster can break, with what they wait for. A rule that is neither here nor broken by the random files
 * fails the test: the day its facts reach the register, it is judged here too.
 */
const NOT_BY_A_ROSTER: Readonly<Record<string, string>> = {
  '1_01_004': 'a wrong number holds its household back',
  x_01_002: 'the sex is the number’s',
  '3_02_011': 'a household of two heads is held back',
  '5_14_021': 'what is no number holds its household back',
  ...Object.fromEntries(
    '5_15_017 5_16_010 1111_16 1111_17 x_02_001 5_15_009 5_15_011 5_15_012 1111_02 2_01_008 2_12_015 4_12_003 4_11_016 5_15_020 x_03_001 x_04_001 x_04_002 1_02_006 1111_18 4_11_010 4_11_012 5_11_013 x_04_003 x_04_004 1_02_007 1_02_009 4_11_006 4_11_015 5_11_032 5_15_013 5_15_014 3_11_003 x_05_001'
      .split(' ')
      .map((id) => [id, 'the roster has no column for its facts']),
  ),
};

let world: TestService;
let office: Connection;
let database: Pool;

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'identification', buildIdentification);
  world.setNow(new Date('2026-03-02T04:00:00Z'));
  office = world.as('office', grant('county-office'));
  database = openPool(world.urls.app, 2);
  await bringRegions(office);
});
afterAll(async () => {
  await database.end();
  await world.stop();
});

/** Numbers that look random and are the same in every run. */
function randomSource(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return state / 0x8000_0000;
  };
}
const random = randomSource(20_260_302);
const pick = <T>(choices: readonly T[]): T => choices[Math.floor(random() * choices.length)] as T;

const CELLS: Readonly<Record<string, readonly string[]>> = {
  人数: ['1', '2', '3', '4', ''],
  民族: ['汉族', '满族', ''],
  文化程度: ['小学', '初中', '本科', ''],
  在校生状况: ['', '非在校生', '小学', '初中', '高中', '硕士研究生及以上', '中职一年级'],
  健康状况: ['健康', '残疾', '患有大病', '长期慢性病', ''],
  劳动技能: ['普通劳动力', '弱劳动力', '无劳动力', '丧失劳动力', ''],
  务工状况: ['', '省外务工', '县内务工'],
  参加大病医疗: ['是', '否', ''],
  脱贫属性: ['未脱贫', '已脱贫', '返贫', ''],
  贫困户属性: ['一般贫困户', '低保户', '五保户', ''],
  主要致贫原因: ['因病', '因残', '缺技术', ''],
  危房户: ['是', '否', ''],
  饮水安全: ['是', '否', ''],
  人均纯收入: ['2100.00', '9000', ''],
  监测对象类别: ['', '脱贫不稳定户'],
  工资性收入: ['0', '50', '8000', ''],
  住房面积: ['80', '0', ''],
  与村主干路距离: ['1.5', ''],
  '耕地面积(亩)': ['6', '150', ''],
  '林地面积(亩)': ['1', '260', ''],
  公益性岗位: ['保洁员', '护林员', '无', '否', ''],
  '公益性岗位(月数)': ['6', '0', ''],
  是否参加城乡居民基本医疗保险: ['是', '否', ''],
  是否解决安全饮用水: ['是', ''],
};
const OPTIONAL = Object.keys(CELLS);
/** One value for the household: rows that disagree are a problem of their own. */
const OF_HOUSEHOLD = new Set(
  '人数 脱贫属性 贫困户属性 主要致贫原因 危房户 饮水安全 人均纯收入 监测对象类别 工资性收入 住房面积 与村主干路距离 耕地面积(亩) 林地面积(亩) 是否解决安全饮用水'.split(
    ' ',
  ),
);

interface Member {
  readonly name: string;
  readonly id: string;
  readonly relation: string;
}
interface Family {
  readonly number: string;
  readonly village: string;
  readonly members: readonly Member[];
}

let born = 0;
function idNumber(year: number, serial: number): string {
  const first = `211382${year}0${1 + (born % 9)}${String(10 + (born++ % 18))}${String(serial).padStart(3, '0')}`;
  return first + checkDigit(first);
}

/** Families of every shape: children, old people, one in fifty known by number and certificate both. */
const FAMILIES: Family[] = Array.from({ length: 160 }, (_, index) => {
  const relations = ['户主', ...['配偶', '之子', '之女', '之父', '之孙子', '其他'].filter(() => random() < 0.4)];
  const members = relations.map((relation, at) => ({
    name: `人${index}之${at}`,
    relation,
    id: idNumber(pick([1900, 1934, 1950, 1960, 1975, 1988, 2004, 2008, 2013, 2017, 2022]), (index * 7 + at) % 1000),
  }));
  return {
    number: `2113821010${String(index + 1).padStart(4, '0')}`,
    village: pick(['佐杖子村', '康杖子村']),
    members,
  };
});
for (const at of [3, 60, 110]) {
  const twin = FAMILIES[at]?.members[0];
  const family = FAMILIES[at + 9];
  if (twin && family) {
    const certified = { name: `证${at}`, relation: '其他', id: `${twin.id}43` };
    FAMILIES[at + 9] = { ...family, members: [...family.members, certified] };
  }
}

/** A file of some families, of some of their members, in some of the columns; the head is always in it. */
function randomFile(families: readonly Family[], columns: readonly string[], share: number): string {
  const lines = families.flatMap(({ number, village, members }) => {
    const household = new Map(columns.map((column) => [column, pick(CELLS[column] ?? [''])]));
    return members
      .filter(({ relation }) => relation === '户主' || random() < share)
      .map(({ name, id, relation }) => {
        const cells = columns.map((column) =>
          OF_HOUSEHOLD.has(column) ? household.get(column) : pick(CELLS[column] ?? ['']),
        );
        return ['万元店镇', village, number, name, id, relation, ...cells].join(',');
      });
  });
  return `乡(镇),行政村,户编号,姓名,证件号码,与户主关系${columns.map((column) => `,${column}`).join('')}\n${lines.join('\n')}\n`;
}

const some = <T>(all: readonly T[], share: number): T[] => all.filter(() => random() < share);

const fired = new Set<string>();
async function kept(): Promise<string[]> {
  const { rows } = await database.query<{ breach: string }>(
    `SELECT concat_ws(' ', h.number, b.rule_id, p.name) AS breach FROM quality_breach b
       JOIN household h ON h.id = b.household_id LEFT JOIN person p ON p.id = b.subject_id ORDER BY 1`,
  );
  for (const { breach } of rows) fired.add(breach.split(' ')[1] ?? '');
  return rows.map(({ breach }) => breach);
}

async function onDemand(): Promise<string[]> {
  const { jobId } = await call(office, checkQuality, { body: {} });
  await until('the check is done', async () => {
    const { state } = await call(office, OPS.getJob, { params: { jobId } });
    if (state === 'failed') throw new Error('the check failed');
    return state === 'done';
  });
  return kept();
}

it('given random files, whole and in part, then the rules say the same after each import, its undo and a check', async () => {
  const bringsAll = await bringText(office, randomFile(FAMILIES, OPTIONAL, 1));
  expect(bringsAll.report?.households).toMatchObject({ create: FAMILIES.length, heldBack: 0 });
  const first = await kept();
  const counted = Object.values(bringsAll.report?.quality ?? {}).reduce((sum, n) => sum + n, 0);
  expect(first).toHaveLength(counted);
  expect(await onDemand()).toEqual(first);

  // The six columns alone say nothing of the problems that stand.
  await bringText(office, randomFile(FAMILIES, [], 0.5));
  expect(await kept()).toEqual(first);

  const later: string[] = [];
  for (let round = 0; round < 5; round++) {
    const { id, report } = await bringText(office, randomFile(some(FAMILIES, 0.3), some(OPTIONAL, 0.4), 0.5));
    expect(report?.households.heldBack).toBe(0);
    later.push(id);
    const atImport = await kept();
    expect(await onDemand()).toEqual(atImport);
  }
  await call(office, undoImport, { params: { importId: later.at(-1) ?? '' }, body: {} });
  const atUndo = await kept();
  expect(await onDemand()).toEqual(atUndo);

  const persons = ALL_RULES.filter(({ object }) => object !== 'village').map(({ id }) => id);
  expect(persons.filter((id) => !fired.has(id)).sort()).toEqual(Object.keys(NOT_BY_A_ROSTER).sort());
}, 60_000);
