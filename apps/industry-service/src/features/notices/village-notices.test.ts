import { readFileSync } from 'node:fs';
import { call, type Connection, send } from '@bangfu/contracts/core/client';
import { everyService } from '@bangfu/contracts/core/every-service';
import {
  checkDeclaration,
  declareDividend,
  getDeclaration,
  listDividendLines,
  redraftDeclaration,
  submitDeclaration,
} from '@bangfu/contracts/industry/declarations';
import {
  answerDividendObjection,
  closeDividendNotice,
  getPublicDividendNotice,
  listPublicDividendNotices,
  openDividendNotice,
  printDividendList,
  raiseDividendObjection,
  trackDividendObjection,
} from '@bangfu/contracts/industry/dividend-notices';
import { issueIncomeStatement, verifyStatement } from '@bangfu/contracts/industry/statements';
import { grant, type TestService, testService } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildIndustry } from '../../app.ts';
import type { Tables } from '../../operations.ts';
import { openPool, type Pool } from '@bangfu/data/pool';
import { findDeclared, oldListHash, oldListSubject } from '../../papers/dividend-list.ts';
import { typedSql } from '@bangfu/data/typed-sql';
import {
  bringReceipt,
  closeAll,
  contractInForce,
  entityWithAccount,
  FAR_VILLAGE,
  known,
  knowHouseholds,
  makeBatch,
  noticedDividend,
  people,
  postAll,
  refusal,
  SECOND_VILLAGE,
  VILLAGE,
} from '../../testing/scene.ts';

const HOUSEHOLDS = [known(1), known(2), known(3, SECOND_VILLAGE), known(4, FAR_VILLAGE)];

let world: TestService;
let who: ReturnType<typeof people>;
let second: Connection;
let made = 0;

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'industry', buildIndustry);
  who = people(world);
  second = world.as('second-village', grant('village-officer', SECOND_VILLAGE));
  await knowHouseholds(who.pool, HOUSEHOLDS);
});
afterAll(async () => {
  await who.pool.end();
  await world.stop(['declaration_notice.policy_id']);
});

/** A dividend over three villages of two townships that the township of the seat has passed. */
async function passed() {
  world.setNow(new Date('2026-02-02T02:00:00Z'));
  made += 1;
  const own = await entityWithAccount(world, who.office, `合作社${made}`, [VILLAGE, SECOND_VILLAGE, FAR_VILLAGE]);
  const rows = HOUSEHOLDS.map((household, i) => ({ household, yuan: '1000', account: `6217000000000${100 + i}` }));
  const terms = { number: `HT-${made}`, guaranteedBp: 600, profitShareBp: 0 };
  const contract = await contractInForce({ ...own, officer: who.officer }, rows, terms);
  const body = { contractId: contract.id, year: 2025, distributableFen: 0 };
  const draft = await call(own.account, declareDividend, { body });
  return { ...own, id: draft.id, ...(await pass(own.account, draft)) };
}
/** Submits a draft and has it passed. */
async function pass(entity: Connection, draft: { id: string; version: number }) {
  const params = { declarationId: draft.id };
  const { version } = await call(entity, submitDeclaration, { params, body: { version: draft.version } });
  await call(who.officer, checkDeclaration, { params, body: { version, passed: true } });
  return { params };
}
const openBy = (at: Connection, params: { declarationId: string }, noticeIds: string[]) =>
  refusal(call(at, openDividendNotice, { params, body: { noticeIds } }));
const closeBy = (at: Connection, params: { declarationId: string }, noticeIds: string[]) =>
  refusal(call(at, closeDividendNotice, { params, body: { noticeIds } }));
/** Verifies at a moment of its own: what the public was answered is given again for two seconds. */
let moment = Date.parse('2026-02-02T03:00:00Z');
const verify = (number: string) => {
  world.setNow(new Date((moment += 3000)));
  return call(world.anonymous, verifyStatement, { params: { number } });
};

describe('given a declaration with households in three villages of two townships', () => {
  it('when each posts its list, then nobody posts or closes another’s, and payment waits for the last', async () => {
    const { account, params } = await passed();
    const { notices } = await call(account, getDeclaration, { params });
    expect(notices.map(({ villageCode, state, households }) => [villageCode, state, households])).toEqual([
      [VILLAGE, 'waiting', 2],
      [SECOND_VILLAGE, 'waiting', 1],
      [FAR_VILLAGE, 'waiting', 1],
    ]);
    const [first = '', other = '', far = ''] = notices.map(({ id }) => id);
    expect(await openBy(who.village, params, [other])).toBe('404 NOT_FOUND');
    expect(await openBy(who.village, params, [first, far])).toBe('404 NOT_FOUND');
    expect(await openBy(who.officer, params, [far])).toBe('404 NOT_FOUND');
    expect(await openBy(who.finance, params, [first])).toBe('403 NOT_GRANTED');
    // Each sees the lists of his own region only.
    const seenBy = async (at: Connection) => (await call(at, getDeclaration, { params })).notices.map(({ id }) => id);
    expect(await seenBy(second)).toEqual([other]);
    expect(await seenBy(who.farOfficer)).toEqual([far]);

    expect(await openBy(who.village, params, [first])).toBe('not refused');
    expect(await openBy(who.village, params, [first])).toBe('422 NOTICE_OPENED');
    world.setNow(new Date('2026-02-05T02:00:00Z'));
    expect(await openBy(who.officer, params, [other])).toBe('not refused');
    expect(await openBy(who.farOfficer, params, [far])).toBe('not refused');
    world.setNow(new Date('2026-02-09T16:00:00Z'));
    // The first village's seven days have run; the others began three days later.
    expect(await closeBy(second, params, [first])).toBe('404 NOT_FOUND');
    expect(await closeBy(second, params, [other])).toBe('422 NOTICE_RUNNING');
    expect(await closeBy(who.village, params, [first])).toBe('not refused');
    expect(await call(account, getDeclaration, { params })).toMatchObject({
      status: 'on-notice',
      notice: { villages: 3, opened: 3, closed: 1, closedAt: null },
    });
    const pay = () => refusal(makeBatch(who.finance, params.declarationId));
    expect(await pay()).toBe('422 DECLARATION_STATUS');
    world.setNow(new Date('2026-02-12T16:00:00Z'));
    expect(await closeBy(second, params, [other])).toBe('not refused');
    expect(await pay()).toBe('422 DECLARATION_STATUS');
    expect(await closeBy(who.farOfficer, params, [far])).toBe('not refused');
    expect(await call(account, getDeclaration, { params })).toMatchObject({ status: 'noticed', notice: { closed: 3 } });
    expect(await pay()).toBe('not refused');
  });

  it('when somebody objects in one village, then only its clock stops, and its public page names only its own', async () => {
    const { account, params } = await passed();
    await postAll(who.officer, params.declarationId);
    await postAll(who.farOfficer, params.declarationId);
    const { notices } = await call(account, getDeclaration, { params });
    const [first, other] = notices;
    const hanging = await call(world.anonymous, listPublicDividendNotices, { query: {} });
    const mine = hanging.rows.filter(({ declarationId }) => declarationId === params.declarationId);
    expect(mine.map(({ villageName, households }) => [villageName, households]).toSorted()).toEqual([
      ['村201', 1],
      ['村201', 2],
      ['村202', 1],
    ]);
    const noticeId = other?.id ?? '';
    const page = await call(world.anonymous, getPublicDividendNotice, { params: { noticeId }, query: {} });
    expect(page.lines.rows.map(({ headName }) => headName)).toEqual(['张某3']);
    world.setNow(new Date('2026-02-03T02:00:00Z'));
    await call(world.anonymous, raiseDividendObjection, { params: { noticeId }, body: { text: '我家的股金写少了' } });
    world.setNow(new Date('2026-02-09T16:00:00Z'));
    expect(await closeBy(who.village, params, [first?.id ?? ''])).toBe('not refused');
    expect(await closeBy(second, params, [noticeId])).toBe('422 OBJECTION_OPEN');
    const over = { params: { noticeId: first?.id ?? '' }, body: { text: '我家的股金也写少了' } };
    expect(await refusal(call(world.anonymous, raiseDividendObjection, over))).toBe('404 NOT_FOUND');
    const print = { params: { ...params, noticeId } };
    expect(await refusal(send(who.village, printDividendList, print))).toBe('404 NOT_FOUND');
    const pdf = await (await send(second, printDividendList, print)).arrayBuffer();
    expect(Buffer.from(pdf).subarray(0, 5).toString()).toBe('%PDF-');
  });
});

describe('given an objection that is upheld', () => {
  it('when the next edition is posted, then the first stays verifiable, as superseded, with the number of the new one', async () => {
    const { account, params } = await passed();
    const before = await postAll(who.officer, params.declarationId);
    const [first, other] = before.notices;
    const numbers = [first?.verifyNumber ?? '', other?.verifyNumber ?? ''];
    for (const number of numbers) expect(await verify(number)).toMatchObject({ seal: 'intact', standing: 'current' });
    const noticeId = first?.id ?? '';
    const object = async (text: string) =>
      (await call(world.anonymous, raiseDividendObjection, { params: { noticeId }, body: { text } })).receipt;
    const receipts = [await object('名单少了一户'), await object('我家的金额写少了')];
    const objected = await call(who.officer, getDeclaration, { params });
    const objectionId = objected.notices[0]?.objections[0]?.id ?? '';
    const draft = await call(who.officer, answerDividendObjection, {
      params: { ...params, objectionId },
      body: { version: objected.version, upheld: true, text: '属实，退回重报' },
    });
    expect(draft).toMatchObject({ status: 'drafted', revision: 2, notice: null, returnReason: '属实，退回重报' });
    const tracks = receipts.map((receipt) => call(world.anonymous, trackDividendObjection, { params: { receipt } }));
    expect((await Promise.all(tracks)).map((tracked) => tracked.outcome).toSorted()).toEqual(['lapsed', 'upheld']);
    expect(await verify(numbers[0] ?? '')).toMatchObject({
      seal: 'intact',
      standing: 'superseded',
      supersededBy: null,
    });

    const again = await call(account, redraftDeclaration, {
      params,
      body: { version: draft.version, distributableFen: 5000 },
    });
    await pass(account, again);
    const after = await postAll(who.officer, params.declarationId);
    expect(after.notices.map(({ id }) => id)).not.toContain(noticeId);
    expect(await openBy(who.officer, params, [noticeId])).toBe('404 NOT_FOUND');
    const [newer] = after.notices;
    expect(await verify(numbers[0] ?? '')).toMatchObject({
      seal: 'intact',
      standing: 'superseded',
      supersededBy: newer?.verifyNumber,
    });
    expect(await verify(newer?.verifyNumber ?? '')).toMatchObject({ seal: 'intact', standing: 'current' });
    // The superseded lists are named; the list that was never posted is not among them.
    expect(after.superseded.map(({ revision, verifyNumber }) => [revision, verifyNumber])).toEqual(
      numbers.map((number) => [1, number]),
    );
    const lines = await call(account, listDividendLines, { params, query: {} });
    expect(lines.total).toBe(HOUSEHOLDS.length);
  });
});

describe('given papers that are stored', () => {
  /** What stands in a row beside what the paper says: where it belongs, when the row was written, what came later. */
  const NOT_SAID: Readonly<Record<string, readonly string[]>> = {
    posted_line: ['county_code', 'recorded_at'],
    issued_paper: ['county_code', 'recorded_at'],
    declaration_notice: ['county_code', 'recorded_at', 'closed_at', 'closed_by'],
  };
  /** What of a line is posted; the rest is its way to the household. */
  const POSTED = ['line_number', 'head_name', 'village_code', 'village_name', 'base_fen', 'second_fen', 'amount_fen'];
  const CHANGES: Readonly<Record<string, (column: string) => string>> = {
    text: (column) => `"${column}" || '.'`,
    integer: (column) => `"${column}" + 1`,
    bigint: (column) => `"${column}" + 1`,
    uuid: () => 'gen_random_uuid()',
    'timestamp with time zone': (column) => `"${column}" + interval '1 millisecond'`,
  };

  async function columnsOf(pool: Pool, table: string): Promise<{ name: string; type: string }[]> {
    const { rows } = await pool.query<{ name: string; type: string }>(
      `SELECT column_name AS name, data_type AS type FROM information_schema.columns
       WHERE table_schema = 'public' AND table_name = $1 ORDER BY ordinal_position`,
      [table],
    );
    return rows;
  }

  /** Changes something as the owner of the database, whom no GRANT stops; looks; and puts the table back. */
  async function afterChange(pool: Pool, table: string, change: string, look: () => Promise<void>): Promise<void> {
    await pool.query(`CREATE TABLE kept AS SELECT * FROM ${table}`);
    await pool.query(change);
    await look();
    await pool.query(`DELETE FROM ${table}`);
    await pool.query(`INSERT INTO ${table} SELECT * FROM kept`);
    await pool.query('DROP TABLE kept');
  }

  it('when any one thing of them is changed, then neither public page nor audit calls them intact', async () => {
    world.setNow(new Date('2026-02-02T02:00:00Z'));
    const scene = await noticedDividend(world, who, { name: '封存合作社', households: [known(1), known(2)] });
    const [notice] = scene.notices;
    const list = notice?.verifyNumber ?? '';
    expect(notice?.basis).toMatchObject({ document: '系统默认政策' });
    const { id } = scene.declaration;
    const batch = await makeBatch(who.finance, id);
    const lines = (await call(scene.account, listDividendLines, { params: { declarationId: id }, query: {} })).rows;
    const paid = lines.map((line, n) => `${line.id},60.00,成功,R${n},`);
    await bringReceipt(who.finance, batch.id, paid);
    const params = { householdNumber: known(1).number };
    const { number: statement } = await call(who.officer, issueIncomeStatement, { params, body: {} });
    for (const number of [list, statement]) expect(await verify(number)).toMatchObject({ seal: 'intact' });

    const pool = openPool(world.urls.migrator, 1);
    const wrong: string[] = [];
    let tried = 0;
    const tryChange = async (number: string, table: string, what: string, change: string) => {
      tried += 1;
      await afterChange(pool, table, change, async () => {
        const seal = await verify(number).then(
          (answer) => answer.seal,
          () => 'not found',
        );
        if (seal === 'intact') wrong.push(`${table} ${what}: called intact`);
        const { broken } = await call(who.auditor, everyService('industry').verifyAudit);
        if (broken.length === 0) wrong.push(`${table} ${what}: the audit finds nothing`);
      });
    };
    const tables: [string, string, string][] = [
      [list, 'posted_line', `notice_id = '${notice?.id}' AND line_number = 1`],
      [list, 'declaration_notice', `id = '${notice?.id}'`],
      [list, 'dividend_line', `declaration_id = '${id}' AND line_number = 1`],
      [list, 'issued_paper', `number = '${list}'`],
      [statement, 'issued_paper', `number = '${statement}'`],
    ];
    for (const [number, table, where] of tables) {
      for (const { name, type } of await columnsOf(pool, table)) {
        const isSaid = table === 'dividend_line' ? POSTED.includes(name) : !NOT_SAID[table]?.includes(name);
        if (!isSaid || type === 'jsonb') continue;
        const to =
          name === 'kind'
            ? `(ARRAY['dividend-list', 'income-statement'])[1 + (kind = 'dividend-list')::int]`
            : CHANGES[type]?.(name);
        if (!to) throw new Error(`no change for ${table}.${name} of ${type}`);
        // A line that takes another's number takes its place.
        const value = name === 'line_number' ? 'line_number + 100' : to;
        await tryChange(number, table, name, `UPDATE ${table} SET "${name}" = ${value} WHERE ${where}`);
      }
    }
    // Every word of what a paper says.
    for (const number of [list, statement]) {
      const { rows } = await pool.query<{ path: string }>(
        `SELECT k AS path FROM issued_paper p, jsonb_object_keys(p.content) k WHERE p.number = $1
         UNION ALL SELECT 'lines,0,' || k FROM issued_paper p, jsonb_object_keys(p.content->'lines'->0) k WHERE p.number = $1`,
        [number],
      );
      for (const { path } of rows) {
        const change = `UPDATE issued_paper SET content = jsonb_set(content, '{${path}}', '"?"') WHERE number = '${number}'`;
        await tryChange(number, 'issued_paper', path, change);
      }
    }
    // A line, a notice, a list that is gone.
    await tryChange(
      list,
      'posted_line',
      'a line',
      `DELETE FROM posted_line WHERE notice_id = '${notice?.id}' AND line_number = 1`,
    );
    await tryChange(list, 'posted_line', 'all lines', `DELETE FROM posted_line WHERE notice_id = '${notice?.id}'`);
    await tryChange(list, 'declaration_notice', 'gone', `DELETE FROM declaration_notice WHERE id = '${notice?.id}'`);
    await pool.end();
    expect(wrong).toEqual([]);
    expect(tried).toBeGreaterThan(50);
    for (const number of [list, statement]) expect(await verify(number)).toMatchObject({ seal: 'intact' });
  }, 120_000);

  it('when a notice for all villages together was posted before, then it keeps its number and hash; one whose list was not kept is unknown', async () => {
    const { account, params } = await passed();
    const declared = await call(account, getDeclaration, { params });
    const pool = openPool(world.urls.migrator, 1);
    const openedAt = new Date('2026-02-02T02:00:00Z');
    const paper = async (number: string, revision: number, lines: Awaited<ReturnType<typeof findDeclared>>) => {
      const entity = declared.entityName;
      const hash = await oldListHash({ entity, year: 2025, openedAt }, lines);
      const stored = [number, 'dividend-list', declared.id, VILLAGE, oldListSubject({ entity, year: 2025 })];
      await pool.query(
        `INSERT INTO issued_paper (number, county_code, kind, subject_id, village_code, subject, content, content_hash, lines,
           total_fen, issued_by, issued_at)
         SELECT $1, county_code, $2, id, $4, $5, $6::jsonb, $7, $8, $9, 'officer', $10 FROM declaration WHERE id = $3`,
        [...stored, JSON.stringify({ revision, entity }), hash, lines.length, declared.totalFen, openedAt],
      );
      return hash;
    };
    const lines = await findDeclared(typedSql<Tables>(pool), declared.id, '');
    await paper('FH-AAAA-AAAA-AAA1', 1, lines);
    await paper('FH-AAAA-AAAA-AAA2', 2, lines);
    await pool.query(
      `UPDATE declaration SET status = 'on-notice', revision = 2, notice_opened_at = $2, notice_days = 7,
         notice_number = 'FH-AAAA-AAAA-AAA2' WHERE id = $1`,
      [declared.id, openedAt],
    );
    await pool.query('DELETE FROM declaration_notice WHERE declaration_id = $1', [declared.id]);
    const migration = readFileSync(
      new URL('../../../prisma/migrations/20261201020000_village_notices/migration.sql', import.meta.url),
      'utf8',
    );
    const parts = migration
      .split(/;\s*\n/)
      .filter((part) => /INSERT INTO "(declaration_notice|posted_line)"/.test(part));
    expect(parts).toHaveLength(3);
    // The statements of the migration, as they find it.
    for (const part of parts.slice(0, 2)) await pool.query(part);
    await pool.end();

    expect(await verify('FH-AAAA-AAAA-AAA1')).toMatchObject({
      seal: 'unknown',
      standing: 'superseded',
      supersededBy: 'FH-AAAA-AAAA-AAA2',
    });
    expect(await verify('FH-AAAA-AAAA-AAA2')).toMatchObject({ seal: 'intact', standing: 'current' });
    expect(await call(who.auditor, everyService('industry').verifyAudit)).toMatchObject({ broken: [] });
    // It is found at the address it always had, and closed for all villages by the seat.
    const noticeId = declared.id;
    const page = await call(world.anonymous, getPublicDividendNotice, { params: { noticeId }, query: {} });
    expect(page).toMatchObject({ households: HOUSEHOLDS.length, verifyNumber: 'FH-AAAA-AAAA-AAA2' });
    expect(await closeBy(who.farOfficer, params, [noticeId])).toBe('404 NOT_FOUND');
    expect(await closeAll(world, who.officer, declared.id)).toMatchObject({ status: 'noticed' });
  });
});
