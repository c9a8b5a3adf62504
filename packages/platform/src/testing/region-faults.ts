import { randomUUID } from 'node:crypto';
import { typedSql } from '@bangfu/data/typed-sql';
import { regionChanged, type RegionChanged } from '@bangfu/events/catalog/identification';
import pg from 'pg';
import { followRegions } from '../regions/follow-regions.ts';
import { type CurrentColumn, type DeclaredRegions, HOUSEHOLD_COPY_COLUMNS } from '../regions/region-columns.ts';
import { putRow } from './sealed-rows.ts';

const FIRST = '211382101000';
const SECOND = '211382102000';
const NAMES = { [FIRST]: '甲镇', [SECOND]: '乙镇' };
/** The villages before the changes, and what the changes make of each. */
const BECOMES: Readonly<
  Record<string, { readonly code: string; readonly village: string; readonly township: string }>
> = {
  '211382101201': { code: '211382101201', village: '东村', township: '新镇' },
  '211382101202': { code: '211382101202', village: '改名村', township: '新镇' },
  '211382102201': { code: '211382101203', village: '西村', township: '新镇' },
  '211382103201': { code: '211382103201', village: '别村', township: '别镇' },
};
/** Where the village that is split sends some of its households. */
const SPLIT_OFF = { code: '211382101209', village: '分村', township: '新镇' };
const SPLIT = '211382101201';

const line = (from: string, to: string, name: string, townshipName: string | null = '新镇') => ({
  from,
  to,
  id: randomUUID(),
  level: townshipName === null ? 'township' : 'village',
  name,
  parentCode: townshipName === null ? '211382000000' : FIRST,
  townshipName,
});

/** Two townships are merged, a village of the new one is split by households, and another one has a new name. */
function changesOf(households: readonly string[]): RegionChanged[] {
  const given = { on: '2026-06-01', document: '民政〔2026〕1号' };
  const changes = [
    {
      kind: 'merge',
      codes: [
        line(FIRST, FIRST, '新镇', null),
        line(SECOND, FIRST, '新镇', null),
        line('211382101201', '211382101201', '东村'),
        line('211382101202', '211382101202', '中村'),
        line('211382102201', '211382101203', '西村村民委员会'),
      ],
      households: [],
    },
    {
      kind: 'split',
      codes: [line(SPLIT, SPLIT, '东村'), line(SPLIT, SPLIT_OFF.code, SPLIT_OFF.village)],
      households: households.map((householdId) => ({ householdId, from: SPLIT, to: SPLIT_OFF.code })),
    },
    { kind: 'rename', codes: [line('211382101202', '211382101202', '改名村')], households: [] },
  ];
  return changes.map((change) => regionChanged.data.parse({ ...given, ...change, changeId: randomUUID() }));
}

/** The rows of a table that were put there, as texts in an order that no change alters. */
const contentOf = async (client: pg.Client, table: string): Promise<string[]> => {
  const { rows } = await client.query<{ row: string }>(`SELECT t::text AS row FROM ${table} t ORDER BY 1`);
  return rows.map(({ row }) => row);
};

/**
 * Puts rows of each village into every table with a column of divisions, changes the divisions, and looks where the rows
 * are now; all in a transaction that is rolled back.
 * @param url the address of the server's superuser, in the service's database
 * @returns what is wrong, each with its column
 */
export async function regionFaults(url: string, declared: DeclaredRegions): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, options: '-c search_path=public,platform' });
  await client.connect();
  try {
    await client.query('BEGIN');
    const columns: readonly CurrentColumn[] = [HOUSEHOLD_COPY_COLUMNS, ...declared.current];
    const wrong: string[] = [];
    let n = 0;
    for (const column of columns) {
      await client.query('SAVEPOINT of_column');
      wrong.push(
        ...(await ('codes' in column ? listFaults(client, column, ++n) : codeFaults(client, column, () => ++n))),
      );
      await client.query('ROLLBACK TO SAVEPOINT of_column');
    }
    return [...wrong, ...(await asThenFaults(client, columns, declared.asThen))];
  } finally {
    await client.query('ROLLBACK');
    await client.end();
  }
}

type Of<Key extends string> = Extract<CurrentColumn, { readonly [key in Key]: string }>;

async function codeFaults(client: pg.Client, column: Of<'code'>, next: () => number): Promise<string[]> {
  const { table, code, household, villageName, townshipName, only } = column;
  const moved: string[] = [];
  const put = (at: string, householdId: string, state?: string) =>
    putRow(client, { relation: table, record: 't.ctid::text' }, next(), {
      [code]: at,
      ...(household && { [household]: householdId }),
      ...(villageName && { [villageName]: '旧村' }),
      ...(townshipName && { [townshipName]: NAMES[FIRST] }),
      ...(only && { [only.column]: state ?? only.isAnyOf[0] }),
    });
  const marks = new Map<string, (typeof BECOMES)[string] | undefined>();
  for (const [at, becomes] of Object.entries(BECOMES)) {
    for (const goes of [false, true]) {
      const id = randomUUID();
      const isMoved = goes && at === SPLIT && household !== undefined;
      if (isMoved) moved.push(id);
      await put(at, id);
      if (household) marks.set(id, isMoved ? SPLIT_OFF : becomes);
    }
  }
  if (!household) await put(SECOND, randomUUID());
  if (only) await put('211382102201', randomUUID(), 'ended');
  const before = await contentOf(client, table);
  for (const change of changesOf(moved)) await followRegions(typedSql(client), [column], change);
  const names = [villageName && `${villageName} AS village`, townshipName && `${townshipName} AS township`];
  const { rows } = await client.query<{ code: string; household?: string; village?: string; township?: string }>(
    `SELECT ${[`${code} AS code`, household && `${household} AS household`, ...names].filter(Boolean).join(', ')} FROM ${table}`,
  );
  const at = `${table}.${code}`;
  const wrong = rows.length === before.length ? [] : [`${at}: ${before.length} rows became ${rows.length}`];
  if (household) {
    for (const row of rows) {
      const becomes = marks.get(row.household ?? '');
      const isElsewhere = becomes?.code === '211382103201';
      const isRight =
        row.code === becomes?.code &&
        (isElsewhere || row.village === undefined || row.village === becomes.village) &&
        (isElsewhere || row.township === undefined || row.township === becomes.township);
      if (!isRight) wrong.push(`${at}: ${JSON.stringify(row)} is not ${JSON.stringify(becomes)}`);
    }
    return wrong;
  }
  const counts = (codes: readonly string[]) => codes.toSorted().join(' ');
  const right = [
    ...Object.values(BECOMES).flatMap((becomes) => [becomes.code, becomes.code]),
    FIRST,
    ...(only ? ['211382102201'] : []),
  ];
  const found = counts(rows.map((row) => row.code));
  return found === counts(right) ? wrong : [...wrong, `${at}: ${found} is not ${counts(right)}`];
}

async function listFaults(client: pg.Client, column: Of<'codes'>, n: number): Promise<string[]> {
  const { table, codes } = column;
  await putRow(client, { relation: table, record: 't.ctid::text' }, n, { [codes]: Object.keys(BECOMES) });
  for (const change of changesOf([])) await followRegions(typedSql(client), [column], change);
  const { rows } = await client.query<{ codes: string[] }>(`SELECT ${codes} AS codes FROM ${table}`);
  const right = [...Object.values(BECOMES), SPLIT_OFF].map(({ code }) => code).sort();
  const found = rows.map((row) => row.codes.join()).join(' and ');
  return found === right.join() ? [] : [`${table}.${codes}: ${found} is not ${right.join()}`];
}

/** What is kept as it was written stays so to the last sign. */
async function asThenFaults(
  client: pg.Client,
  current: readonly CurrentColumn[],
  asThen: readonly string[],
): Promise<string[]> {
  const byTable = Map.groupBy(asThen, (name) => name.split('.')[0] ?? '');
  const wrong: string[] = [];
  for (const [table, names] of byTable) {
    const { rows } = await client.query<{ name: string }>(
      `SELECT a.attname AS name FROM pg_attribute a WHERE a.attrelid = $1::regclass AND a.atttypid = 'text'::regtype`,
      [table],
    );
    const texts = names.map((name) => name.split('.')[1] ?? '').filter((name) => rows.some((row) => row.name === name));
    const codes = Object.keys(BECOMES);
    for (const [at, code] of codes.entries()) {
      const given = Object.fromEntries(texts.map((name) => [name, code]));
      await putRow(client, { relation: table, record: 't.ctid::text' }, 100 + at, given);
    }
    const before = await contentOf(client, table);
    for (const change of changesOf([])) await followRegions(typedSql(client), current, change);
    if ((await contentOf(client, table)).join('\n') !== before.join('\n')) wrong.push(`${table} was rewritten`);
  }
  return wrong;
}
