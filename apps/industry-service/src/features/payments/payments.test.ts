import { call } from '@bangfu/contracts/core/client';
import { callJob } from '@bangfu/contracts/core/list-job';
import { everyService } from '@bangfu/contracts/core/every-service';
import { closeDeclaration, getDeclaration, listDividendLines } from '@bangfu/contracts/industry/declarations';
import {
  confirmReceived,
  decideCorrection,
  listPaymentBatches,
  proposeCorrection,
  BankReceiptOutcome,
  uploadBankReceipt,
} from '@bangfu/contracts/industry/payments';
import { getIncomeStatement, listIncomeHouseholds, verifyStatement } from '@bangfu/contracts/industry/statements';
import { typedSql } from '@bangfu/data/typed-sql';
import { bringHostile } from '@bangfu/platform/testing/hostile-uploads';
import { bringWritings } from '@bangfu/platform/testing/list-writings';
import { grant, type TestService, testService, until } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildIndustry } from '../../app.ts';
import type { Tables } from '../../operations.ts';
import { findPostedLines } from '../notices/print-dividend-list/print-dividend-list.ts';
import {
  bringReceipt,
  COUNTY,
  known,
  knowHouseholds,
  makeBatch,
  noticedDividend,
  people,
  refusal,
} from '../../testing/scene.ts';

const HOUSEHOLDS = [known(1), known(2)];
const PAID_FEN = 6000;

let world: TestService;
let who: ReturnType<typeof people>;
let scene: Awaited<ReturnType<typeof noticedDividend>>;
let batchId: string;

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'industry', buildIndustry);
  who = people(world);
  await knowHouseholds(who.pool, HOUSEHOLDS);
  world.setNow(new Date('2026-02-02T02:00:00Z'));
  scene = await noticedDividend(world, who, { name: '发放合作社', households: HOUSEHOLDS });
});
afterAll(async () => {
  await who.pool.end();
  await world.stop();
});

const declarationOf = () => ({ params: { declarationId: scene.declaration.id } });
const step = async () => {
  const { version } = await call(who.finance, getDeclaration, declarationOf());
  return { ...declarationOf(), body: { version } };
};
const lines = async () => (await call(scene.account, listDividendLines, { ...declarationOf(), query: {} })).rows;
const bring = (...rows: readonly string[]) => bringReceipt(who.finance, batchId, rows);
const batchAll = async () => (batchId = (await makeBatch(who.finance, scene.declaration.id)).id);
const propose = (lineId: string, amountFen: number) =>
  call(who.finance, proposeCorrection, { params: { lineId }, body: { amountFen, reason: '股金录入有误' } });
const decide = (correctionId: string, approved: boolean, by = who.officer) =>
  call(by, decideCorrection, { params: { correctionId }, body: { approved } });
const corrected = async () =>
  (
    await who.pool.query<{ data: { lineId: string; householdId: string; amountFen: number } }>(
      `SELECT data FROM platform.outbox_event WHERE type = 'industry.dividend.corrected.v1' ORDER BY xid, ordinal`,
    )
  ).rows.map(({ data }) => data);

describe('given a batch at the bank', () => {
  it('when cells of the receipt are wrong, then each is named with its column and what stands in it', async () => {
    await batchAll();
    const [first, second] = await lines();
    const outcome = await bring(
      `${first?.id},六十元,成功,8801,`,
      `${second?.id},60.00,成功,,`,
      `${first?.id},60.00,成功,8801,`,
      `${second?.id},60.00,未知,8802,`,
    );
    expect(outcome.problems.map(({ row, column, value, code }) => [row, column, value, code])).toEqual([
      [2, '金额(元)', '六十元', 'LIST_AMOUNT_INVALID'],
      [3, '流水号', '', 'RECEIPT_REFERENCE_MISSING'],
      [4, '明细编号', first?.id, 'RECEIPT_LINE_TWICE'],
      [5, '明细编号', second?.id, 'RECEIPT_LINE_TWICE'],
    ]);
  });

  it('when a household confirms while something else works on the declaration, then it waits and judges what stands then', async () => {
    const [first, second] = await lines();
    await bring(`${first?.id},60.00,成功,8801,`, `${second?.id},60.00,成功,8802,`);
    const other = await who.pool.connect();
    await other.query('BEGIN');
    await other.query('SELECT 1 FROM declaration WHERE id = $1 FOR UPDATE', [scene.declaration.id]);
    const confirming = refusal(
      call(who.village, confirmReceived, { params: { lineId: first?.id ?? '' }, body: { receivedFen: PAID_FEN } }),
    );
    await until('it waits', async () => {
      const { rows } = await who.pool.query(
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      return rows.length > 0;
    });
    await other.query(`UPDATE dividend_line SET state = 'void' WHERE id = $1`, [first?.id]);
    await other.query('COMMIT');
    expect(await confirming).toBe('422 LINE_NOT_PAID');
    await other.query(`UPDATE dividend_line SET state = 'paid' WHERE id = $1`, [first?.id]);
    other.release();
  });

  it('when a receipt is made to be expensive, then it is refused, and none stays', async () => {
    const bring = (body: Buffer, name: string) =>
      callJob(who.finance, uploadBankReceipt, BankReceiptOutcome, { params: { batchId }, query: { name }, body });
    expect(await bringHostile(world, bring)).toEqual([]);
  }, 60_000);

  it('when its receipt comes in any of its writings, then it is read as it is meant, or refused with the cell', async () => {
    const header = ['明细编号', '金额(元)', '结果', '流水号', '失败原因'];
    const rows = (await lines()).map(({ id }, i) => [id, '60.00', '成功', `880${i + 1}`, '']);
    const good = { header, rows, numbers: '流水号' };
    const { answered, right } = await bringWritings(good, async (body, expected) => {
      const receipt = { params: { batchId }, query: { name: '回单' }, body };
      const outcome = await callJob(who.finance, uploadBankReceipt, BankReceiptOutcome, receipt);
      if ('taken' in expected) expect(outcome).toMatchObject({ paid: 0, rejected: 0, unchanged: 2 });
      return outcome;
    });
    expect(answered).toEqual(right);
  });
});

describe('given paid lines', () => {
  it('when a correction waits, then the declaration is not closed; refused, it can be', async () => {
    const [first] = await lines();
    const { id } = await propose(first?.id ?? '', 1);
    expect(await call(who.finance, getDeclaration, declarationOf())).toMatchObject({ openCorrections: 1 });
    expect(await refusal(call(who.finance, closeDeclaration, await step()))).toBe('422 DECLARATION_CORRECTIONS_OPEN');
    await decide(id, false);
    expect(await corrected()).toEqual([]);
  });

  it('when corrections raise, lower and void a line, then each taking back tells what still counts, payment by payment', async () => {
    const [first] = await lines();
    const householdId = first?.householdId;
    await decide((await propose(first?.id ?? '', 8000)).id, true, who.leader);
    await batchAll();
    const second = (await lines()).find((line) => line.replaces === 1);
    await bring(`${second?.id},20.00,成功,8803,`);
    expect(await corrected()).toEqual([]);

    await decide((await propose(second?.id ?? '', 7000)).id, true);
    expect(await corrected()).toMatchObject([{ lineId: second?.id, householdId, amountFen: 1000 }]);
    const third = (await lines()).find((line) => line.replaces === second?.lineNumber);
    await decide((await propose(third?.id ?? '', 0)).id, true);
    expect((await corrected()).slice(1)).toMatchObject([
      { lineId: first?.id, amountFen: 0 },
      { lineId: second?.id, amountFen: 0 },
    ]);
    const params = { householdNumber: HOUSEHOLDS[0]?.number ?? '' };
    const statement = await call(who.village, getIncomeStatement, { params });
    expect(statement.lines.map((line) => line.amountFen).sort((a, b) => a - b)).toEqual([-7000, -1000, 2000, PAID_FEN]);
    expect(statement.totalFen).toBe(0);
    const { rows } = await call(who.village, listIncomeHouseholds, { query: {} });
    expect(rows.map((row) => row.totalFen)).toEqual([0, PAID_FEN]);
  });

  it('when batches are paged, then each comes once', async () => {
    const page = await call(who.finance, listPaymentBatches, { query: { limit: 1 } });
    const next = await call(who.finance, listPaymentBatches, { query: { limit: 1, cursor: page.next ?? '' } });
    expect([page.rows.length, page.total, next.rows.length, next.next]).toEqual([1, 2, 1, null]);
    expect(next.rows[0]?.id).not.toBe(page.rows[0]?.id);
  });
});

describe('given the list on the village board', () => {
  const verified = (at = world.anonymous) =>
    call(at, verifyStatement, { params: { number: scene.notices[0]?.verifyNumber ?? '' } });
  const broken = async () => (await call(who.auditor, everyService('industry').verifyAudit)).broken;

  it('when lines were corrected since, then it is intact but holds no more', async () => {
    expect(await verified()).toMatchObject({ kind: 'dividend-list', seal: 'intact', standing: 'changed' });
    expect(await broken()).toEqual([]);
  });

  it('when it is printed again, then it shows what was posted and no later correction', async () => {
    const usable = [grant('county-office')];
    const account = { id: 'office', name: 'office', countyCode: COUNTY, grants: usable };
    const caller = { ...account, usable, address: '', requestId: '' };
    const posted = await findPostedLines(typedSql<Tables>(who.pool), caller, scene.notices[0]?.id ?? '');
    expect(posted.map(({ n, amount }) => [n, amount])).toEqual([
      [1, PAID_FEN],
      [2, PAID_FEN],
    ]);
  });

  it('when one sign of a name is changed, then its verification and that of the audit find it', async () => {
    scene = await noticedDividend(world, who, { name: '清单合作社', households: HOUSEHOLDS });
    expect(await verified()).toMatchObject({ seal: 'intact', standing: 'current' });
    await who.pool.query(
      `UPDATE dividend_line SET head_name = '李某' || right(head_name, 1) WHERE declaration_id = $1 AND line_number = 1`,
      [scene.declaration.id],
    );
    // In the other language: what was answered is given again for two seconds.
    const inEnglish = { ...world.anonymous, headers: () => ({ 'accept-language': 'en' }) };
    expect(await verified(inEnglish)).toMatchObject({ seal: 'broken', standing: null });
    const { verifyNumber } = scene.notices[0] ?? {};
    expect(await broken()).toMatchObject([{ what: 'dividend list changed', id: verifyNumber }]);
  });
});
