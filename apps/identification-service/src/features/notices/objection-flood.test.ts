import { call, type Connection } from '@bangfu/contracts/core/client';
import { getCase } from '@bangfu/contracts/identification/cases';
import { listHouseholds } from '@bangfu/contracts/identification/households';
import {
  answerObjection,
  fileObjection,
  getNotice,
  openNotice,
  trackObjection,
} from '@bangfu/contracts/identification/notices';
import { MOST_UNANSWERED } from '@bangfu/domain/shared/objection';
import { openPool } from '@bangfu/data/pool';
import { guessableColumns } from '@bangfu/platform/testing/guesser';
import { from, grant, type TestService, testService } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildIdentification } from '../../app.ts';
import { caseWalks } from '../../testing/case-walks.ts';
import { fillRegister } from '../../testing/register.ts';

const VILLAGE = '211382101200';
const HEADS = ['甲一', '乙二'];

let world: TestService;
let village: Connection;
let office: Connection;
let noticeId: string;
const ids = new Map<string, string>();
const { picked, upToAppraisal } = caseWalks({
  office: () => office,
  village: () => village,
  household: (head) => ids.get(head) ?? '',
  at: (day) => world.setNow(new Date(`${day}T04:00:00Z`)),
});

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'identification', buildIdentification);
  office = world.as('office', grant('county-office'));
  village = world.as('village', grant('village-officer', VILLAGE));
  world.setNow(new Date('2026-03-01T04:00:00Z'));
  await fillRegister(
    office,
    HEADS.map((head, at) => ({ number: `2113821010000${at + 1}`, head, village: '佐杖子村' })),
  );
  for (const row of (await call(office, listHouseholds, {})).rows) ids.set(row.headName, row.id);
  const cases = [await upToAppraisal('甲一', '2026-03-02'), await upToAppraisal('乙二', '2026-03-02')];
  const hanging = await Promise.all(cases.map((caseId) => picked(caseId)));
  ({ noticeId } = await call(village, openNotice, { body: { cases: hanging } }));
});
afterAll(() => world.stop());

let moment = Date.parse('2026-03-03T04:00:00Z');
/** Objects from an address, a second after the one before. */
const file = (address: string, content: string, more: { name?: string; position?: number } = {}) => {
  world.setNow(new Date((moment += 1000)));
  return call(from(world, address), fileObjection, { params: { noticeId }, body: { position: 1, content, ...more } });
};
const refusedFor = (text: string) => expect.objectContaining({ problem: expect.objectContaining({ code: text }) });
const listed = async () => (await call(village, getNotice, { params: { noticeId } })).objectionList;

describe('given a notice that is open to objections from everyone', () => {
  it('when many say the same without a name, then one answer is theirs all; who gives a name is answered by himself', async () => {
    const first = await file('203.0.113.1', '该户在县城有商品房');
    const version = (await call(village, getCase, { params: { caseId: (await listed())[0]?.caseId ?? '' } })).version;
    const second = await file('198.51.100.1', '该户　在县城有 商品房！');
    const third = await file('2001:db8::1', '该户在县城有商品房');
    expect(await file('2001:db8::1', '该户在县城有商品房')).toEqual({ ...third, repeated: true });
    await file('192.0.2.1', '该户在县城有商品房', { position: 2 });
    await file('192.0.2.2', '该户在县城有商品房', { name: '路人' });
    expect(new Set([first, second, third].map(({ receipt }) => receipt)).size).toBe(3);
    expect((await listed()).map(({ name, supporters }) => [name, supporters])).toEqual([
      [null, 2],
      [null, 0],
      ['路人', 0],
    ]);
    const [shared] = await listed();
    expect(shared?.caseVersion).toBe(version + 1);
    const answer = { version: shared?.caseVersion ?? 0, outcome: 'dismissed' as const, answer: '经查为其子所有' };
    await call(village, answerObjection, { params: { objectionId: shared?.id ?? '' }, body: answer });
    for (const { receipt, filedAt } of [first, second, third]) {
      const tracked = await call(world.anonymous, trackObjection, { params: { receipt } });
      expect(tracked).toMatchObject({ receipt, filedAt, outcome: 'dismissed', answer: answer.answer });
    }
    // Answered once is answered: who says it afterwards is heard again.
    await file('203.0.113.9', '该户在县城有商品房');
    expect((await listed()).filter(({ outcome }) => !outcome).map(({ supporters }) => supporters)).toEqual([0, 0, 0]);
  });

  it('when one network floods it, then it is refused in words while everyone else is still heard', async () => {
    const taken: string[] = [];
    const refused: unknown[] = [];
    for (let at = 0; at < MOST_UNANSWERED.fromNetwork + 3; at++) {
      await file(`233.252.0.${at}`, `第${at}条不同的意见`).then(
        ({ receipt }) => taken.push(receipt),
        (error: unknown) => refused.push(error),
      );
    }
    expect(taken).toHaveLength(MOST_UNANSWERED.fromNetwork);
    expect(refused).toEqual([1, 2, 3].map(() => refusedFor('OBJECTIONS_TOO_MANY')));
    await expect(file('233.252.1.1', '邻居的意见是另一回事')).resolves.toMatchObject({ repeated: false });
  });

  it('when as many wait as officers can read, then no more are taken until some are answered', async () => {
    const pool = openPool(world.urls.migrator, 1);
    await pool.query(
      `INSERT INTO objection (id, county_code, notice_id, case_id, receipt, content, filed_at)
       SELECT gen_random_uuid(), county_code, notice_id, case_id, 'X' || n, content || n, filed_at
       FROM (SELECT * FROM objection WHERE notice_id = $1 LIMIT 1) o, generate_series(1, $2) n`,
      [noticeId, MOST_UNANSWERED.ofNotice],
    );
    await expect(file('100.64.0.1', '来晚了的意见还能提吗')).rejects.toEqual(refusedFor('OBJECTIONS_TOO_MANY'));
    await pool.query(`DELETE FROM objection WHERE receipt LIKE 'X%'`);
    await pool.end();
    await expect(file('100.64.0.1', '来晚了的意见还能提吗')).resolves.toMatchObject({ repeated: false });
  });
});

describe('given a dump of the database', () => {
  it('when someone tries every telephone of an objection or a person, then no column tells them which it was', async () => {
    const body = { position: 2, content: '该户在县城有车', name: '告状人', phone: '13812345678' };
    const visitor = from(world, '192.0.2.77');
    const sent = { params: { noticeId }, body, idempotencyKey: 'guess' };
    world.setNow(new Date((moment += 1000)));
    await call(visitor, fileObjection, sent);
    const pool = openPool(world.urls.app, 1);
    const { rows } = await pool.query<{ key: string }>(`SELECT key FROM platform.idempotency_key WHERE key = 'guess'`);
    expect(rows).toHaveLength(1);
    const requests = [body, { noticeId, ...body }, { operation: fileObjection.id, input: { noticeId, ...body } }];
    const query = async (text: string) => (await pool.query(text)).rows as never;
    expect(await guessableColumns(query, ['13812345678', '告状人'], requests)).toEqual([]);
    await pool.end();
  });
});
