import { text } from 'node:stream/consumers';
import type { ReadableStream } from 'node:stream/web';
import { call, type Connection, send } from '@bangfu/contracts/core/client';
import {
  checkDeclaration,
  closeDeclaration,
  type Declaration,
  declareDividend,
  getDeclaration,
  listDividendLines,
  submitDeclaration,
} from '@bangfu/contracts/industry/declarations';
import {
  answerDividendObjection,
  closeDividendNotice,
  getPublicDividendNotice,
  listPublicDividendNotices,
  printDividendList,
  raiseDividendObjection,
  trackDividendObjection,
} from '@bangfu/contracts/industry/dividend-notices';
import type { Entity } from '@bangfu/contracts/industry/entities';
import {
  confirmReceived,
  createPaymentBatch,
  decideCorrection,
  downloadBankFile,
  proposeCorrection,
} from '@bangfu/contracts/industry/payments';
import {
  getIncomeStatement,
  issueIncomeStatement,
  listIncomeHouseholds,
  printIncomeStatement,
  verifyStatement,
} from '@bangfu/contracts/industry/statements';
import { type TestService, testService } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildIndustry } from '../../app.ts';
import {
  bringReceipt,
  closeAll,
  contractInForce,
  entityWithAccount,
  householdGrant,
  known,
  knowHouseholds,
  people,
  postAll,
  refusal,
  SECOND_VILLAGE,
} from '../../testing/scene.ts';

// Three stakes of 1 000 yuan and one of 777.77: neither base nor second distribution divides evenly.
const HOUSEHOLDS = [known(1), known(2), known(3, SECOND_VILLAGE), known(4)];
const STAKES = ['1000', '1000', '1000', '777.77'];

let world: TestService;
let who: ReturnType<typeof people>;
let entity: Entity;
let cooperative: Connection;
let declaration: Declaration;

const step = () => ({ params: { declarationId: declaration.id }, body: { version: declaration.version } });
const lines = async (as = cooperative) =>
  (await call(as, listDividendLines, { params: { declarationId: declaration.id }, query: {} })).rows;
const firstNotice = async () =>
  (await call(who.officer, getDeclaration, { params: { declarationId: declaration.id } })).notices[0]?.id ?? '';
const events = async () =>
  (
    await who.pool.query<{
      key: string;
      data: { lineId: string; amountFen: number; year: number; entityName: string };
    }>(
      `SELECT key, data FROM platform.outbox_event WHERE type = 'industry.dividend.confirmed.v1' ORDER BY xid, ordinal`,
    )
  ).rows;

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'industry', buildIndustry);
  who = people(world);
  await knowHouseholds(who.pool, HOUSEHOLDS);
  world.setNow(new Date('2026-02-02T02:00:00Z'));
  const registered = await entityWithAccount(world, who.office, '花菇合作社');
  entity = registered.entity;
  cooperative = registered.account;
  const rows = HOUSEHOLDS.map((household, i) => ({
    household,
    yuan: STAKES[i] ?? '',
    account: `62170000000000${i}${i}${i}${i}`,
  }));
  const contract = await contractInForce({ account: cooperative, officer: who.officer, entity }, rows, {
    number: 'HT-2025-001',
    guaranteedBp: 600,
    profitShareBp: 6000,
  });
  declaration = await call(cooperative, declareDividend, {
    body: { contractId: contract.id, year: 2025, distributableFen: 100_001 },
  });
});
afterAll(async () => {
  await who.pool.end();
  await world.stop();
});

describe('given a contract of uneven stakes, a guarantee of 6 % and 60 % of 1 000.01 yuan of profit', () => {
  it('when the entity declares, then base and second distribution add up to the fen', async () => {
    // Base: 3 777.77 × 6 % = 226.6662 → 226.67 yuan. Second: 1 000.01 × 60 % = 600.006 → 600.01 yuan.
    expect(declaration).toMatchObject({
      status: 'drafted',
      days: 365,
      lines: 4,
      baseFen: 22_667,
      secondFen: 60_001,
      totalFen: 82_668,
    });
    const rows = await lines();
    expect(rows.map((row) => row.baseFen)).toEqual([6000, 6000, 6000, 4667]);
    expect(rows.map((row) => row.secondFen)).toEqual([15_883, 15_883, 15_882, 12_353]);
    expect(rows.reduce((sum, row) => sum + row.amountFen, 0)).toBe(declaration.totalFen);
    expect(rows[0]).toMatchObject({ accountTail: '0000', state: 'open' });
  });

  it('when the year is declared again, then it is refused: nothing is paid twice', async () => {
    const body = { contractId: declaration.contractId, year: 2025, distributableFen: 1 };
    expect(await refusal(call(cooperative, declareDividend, { body }))).toBe('422 DECLARATION_KNOWN');
    const running = { ...body, year: 2026 };
    expect(await refusal(call(cooperative, declareDividend, { body: running }))).toBe('422 DECLARATION_TOO_EARLY');
  });

  it('when it is submitted, then only another person of the seat’s township checks it', async () => {
    declaration = await call(cooperative, submitDeclaration, step());
    const params = { declarationId: declaration.id };
    const verdict = { params, body: { version: declaration.version, passed: true } };
    // The declarer who is also the township's officer, under the same account.
    const both = world.as(
      'entity-花菇合作社-both',
      { role: 'entity', scope: { kind: 'entity', id: entity.id } },
      {
        role: 'township-officer',
        scope: { kind: 'region', code: '211382101000' },
      },
    );
    expect(await refusal(call(both, checkDeclaration, verdict))).toBe('422 DECLARATION_SAME_PERSON');
    expect(await refusal(call(cooperative, checkDeclaration, verdict))).toBe('403 NOT_GRANTED');
    expect(await refusal(call(who.farOfficer, checkDeclaration, verdict))).toBe('404 NOT_FOUND');
    declaration = await call(who.officer, checkDeclaration, verdict);
    expect(declaration).toMatchObject({ status: 'checked', checkedBy: 'officer' });
    expect(await refusal(call(who.officer, checkDeclaration, verdict))).toBe('409 CHANGED_MEANWHILE');
  });

  it('when the notice is open, then it stays seven full days and stops for an objection', async () => {
    const posted = await postAll(who.village, declaration.id);
    expect(posted.notices).toMatchObject([{ villageName: '村201', state: 'open', households: 3 }]);
    const [mine] = posted.notices;
    const noticeId = mine?.id ?? '';
    const close = () =>
      call(who.village, closeDividendNotice, {
        params: { declarationId: declaration.id },
        body: { noticeIds: [noticeId] },
      });
    // The officer of one village neither sees nor posts the other's list; the township posts both.
    expect(posted.notice).toMatchObject({ villages: 2, opened: 1, closed: 0, closableFrom: null });
    declaration = await postAll(who.officer, declaration.id);
    expect(declaration.notice).toMatchObject({
      requiredDays: 7,
      closableFrom: '2026-02-09T16:00:00.000Z',
      remainingDays: 7,
    });
    expect((await call(world.anonymous, listPublicDividendNotices, { query: {} })).rows).toMatchObject([
      { entityName: '花菇合作社', villageName: '村202', households: 1 },
      { entityName: '花菇合作社', villageName: '村201', households: 3 },
    ]);
    const page = await call(world.anonymous, getPublicDividendNotice, { params: { noticeId }, query: {} });
    expect(page.lines.rows[0]).toEqual({ lineNumber: 1, headName: '张某1', villageName: '村201', amountFen: 21_883 });

    world.setNow(new Date('2026-02-09T15:59:00Z'));
    expect(await refusal(close())).toBe('422 NOTICE_RUNNING');
    const objected = { params: { noticeId }, body: { text: '我家的股金写少了' } };
    const { receipt } = await call(world.anonymous, raiseDividendObjection, objected);
    const same = { ...objected, body: { text: '我家的股金，写少了！' } };
    expect(await call(world.anonymous, raiseDividendObjection, same)).toMatchObject({ receipt, repeated: true });
    const unseen = { ...objected, body: { text: '\u200b\u3164'.repeat(9) } };
    expect(await refusal(call(world.anonymous, raiseDividendObjection, unseen))).toBe('400 INVALID_INPUT');
    const tracked = () => call(world.anonymous, trackDividendObjection, { params: { receipt: receipt.toLowerCase() } });
    expect(await tracked()).toMatchObject({
      receipt,
      outcome: null,
      noticeTitle: '花菇合作社 2025 年度入股分红公示（村201）',
    });
    world.setNow(new Date('2026-02-20T02:00:00Z'));
    const stopped = await call(who.officer, getDeclaration, { params: { declarationId: declaration.id } });
    declaration = stopped;
    expect(declaration.notice?.closableFrom).toBeNull();
    expect(await refusal(close())).toBe('422 OBJECTION_OPEN');

    expect(stopped.notices.map(({ objections }) => objections.length)).toEqual([1, 0]);
    const objectionId = stopped.notices[0]?.objections[0]?.id ?? '';
    declaration = await call(who.officer, answerDividendObjection, {
      params: { declarationId: declaration.id, objectionId },
      body: { version: declaration.version, upheld: false, text: '经核对合同，股金无误' },
    });
    expect(await tracked()).toMatchObject({ outcome: 'dismissed', answer: '经核对合同，股金无误' });
    // The days touched by the stop were no full days; one more is needed after the answer.
    expect(declaration.notice?.closableFrom).toBe('2026-02-21T16:00:00.000Z');
    world.setNow(new Date('2026-02-21T16:00:00Z'));
    expect((await close()).status).toBe('on-notice');
    declaration = await closeAll(world, who.officer, declaration.id);
    expect(declaration.status).toBe('noticed');
    expect((await call(world.anonymous, listPublicDividendNotices, { query: {} })).total).toBe(0);
  });
});

describe('given a noticed declaration', () => {
  let batchId: string;
  const receipt = (rows: readonly string[]) => bringReceipt(who.finance, batchId, rows, { paidOn: '2026-02-22' });
  const bankFile = async () => {
    const answer = await send(who.finance, downloadBankFile, { params: { batchId }, query: { format: 'csv' } });
    return text(answer.body as ReadableStream);
  };

  it('when finance makes the batch, then the bank file has full accounts, for finance only and audited', async () => {
    world.setNow(new Date('2026-02-22T02:00:00Z'));
    const batch = await call(who.finance, createPaymentBatch, step());
    batchId = batch.id;
    expect(batch).toMatchObject({ lines: 4, totalFen: 82_668, waitingLines: 4 });
    expect(await bankFile()).toContain('621700000000000000,218.83');
    expect(await refusal(send(who.officer, downloadBankFile, { params: { batchId }, query: {} }))).toBe(
      '403 NOT_GRANTED',
    );
    const { rows } = await who.pool.query(
      `SELECT 1 FROM platform.audit_entry WHERE action = 'industry.bank-file.downloaded'`,
    );
    expect(rows).toHaveLength(1);
    declaration = await call(who.finance, getDeclaration, { params: { declarationId: declaration.id } });
    expect(await refusal(call(who.finance, createPaymentBatch, step()))).toBe('422 BATCH_EMPTY');
  });

  it('when a receipt has a wrong amount, then nothing of it is applied', async () => {
    const rows = await lines();
    const outcome = await receipt([`${rows[0]?.id},218.83,成功,R1,`, `${rows[1]?.id},218.00,成功,R2,`]);
    expect(outcome).toMatchObject({ taken: false, paid: 0, problems: [{ row: 3, code: 'RECEIPT_AMOUNT' }] });
    expect((await lines()).every((row) => row.state === 'batched')).toBe(true);
    expect(await events()).toHaveLength(0);
  });

  it('when the right receipt is brought twice, then each line is paid once and told once', async () => {
    const rows = await lines();
    const sheet = [
      `${rows[0]?.id},218.83,成功,R1,`,
      `${rows[1]?.id},218.83,成功,R2,`,
      `${rows[2]?.id},218.82,成功,R3,`,
      `${rows[3]?.id},170.20,失败,,账号已销户`,
    ];
    expect(await receipt(sheet)).toMatchObject({ taken: true, paid: 3, rejected: 1, unchanged: 0 });
    expect(await receipt(sheet)).toMatchObject({ taken: true, paid: 0, rejected: 0, unchanged: 4 });
    const told = await events();
    expect(told.map((event) => event.data.amountFen)).toEqual([21_883, 21_883, 21_882]);
    expect(told[0]).toMatchObject({
      key: HOUSEHOLDS[0]?.id,
      data: { year: 2025, entityName: '花菇合作社', lineId: rows[0]?.id },
    });
    const { rows: payments } = await who.pool.query('SELECT line_id FROM dividend_payment');
    expect(payments).toHaveLength(3);
  });

  it('when the rejected line is batched again and paid, and households confirm, then the declaration can be closed', async () => {
    declaration = await call(who.finance, getDeclaration, { params: { declarationId: declaration.id } });
    expect(await refusal(call(who.finance, closeDeclaration, step()))).toBe('422 DECLARATION_UNSETTLED');
    batchId = (await call(who.finance, createPaymentBatch, step())).id;
    const fourth = (await lines()).find((row) => row.lineNumber === 4);
    expect(await receipt([`${fourth?.id},170.20,成功,R4,`])).toMatchObject({ taken: true, paid: 1 });
    expect(await events()).toHaveLength(4);

    const own = world.as('household-1', householdGrant(HOUSEHOLDS[0]?.id ?? ''));
    const first = (await lines())[0];
    const second = (await lines())[1];
    expect(
      await call(own, confirmReceived, { params: { lineId: first?.id ?? '' }, body: { receivedFen: 21_883 } }),
    ).toMatchObject({ differs: false });
    expect(
      await refusal(call(own, confirmReceived, { params: { lineId: second?.id ?? '' }, body: { receivedFen: 1 } })),
    ).toBe('404 NOT_FOUND');
    expect(
      await call(who.village, confirmReceived, { params: { lineId: second?.id ?? '' }, body: { receivedFen: 20_000 } }),
    ).toMatchObject({ differs: true });
  });

  it('when a paid line is corrected, then another person approves, the difference is paid and told, nothing twice', async () => {
    const first = (await lines())[0];
    const params = { lineId: first?.id ?? '' };
    const correction = await call(who.finance, proposeCorrection, {
      params,
      body: { amountFen: 25_000, reason: '股金录入有误' },
    });
    expect(
      await refusal(
        call(who.finance, decideCorrection, { params: { correctionId: correction.id }, body: { approved: true } }),
      ),
    ).toBe('422 CORRECTION_SAME_PERSON');
    const decided = await call(who.officer, decideCorrection, {
      params: { correctionId: correction.id },
      body: { approved: true },
    });
    expect(decided.declaration).toMatchObject({ totalFen: 82_668 + 3117, lines: 4 });
    const replacement = (await lines()).find((row) => row.replaces === 1);
    expect(replacement).toMatchObject({ amountFen: 25_000, payableFen: 3117, state: 'open' });
    expect((await lines())[0]).toMatchObject({ state: 'paid', replacedBy: 5 });
    expect(
      await refusal(call(who.finance, proposeCorrection, { params, body: { amountFen: 1, reason: '再来一次' } })),
    ).toBe('422 LINE_REPLACED');

    declaration = decided.declaration;
    batchId = (await call(who.finance, createPaymentBatch, step())).id;
    await receipt([`${replacement?.id},31.17,成功,R5,`]);
    const told = (await events()).filter((event) => event.key === HOUSEHOLDS[0]?.id);
    expect(told.map((event) => event.data.amountFen)).toEqual([21_883, 3117]);

    declaration = await call(who.finance, getDeclaration, { params: { declarationId: declaration.id } });
    expect(declaration.differingLines).toBe(1);
    expect(await refusal(call(who.finance, closeDeclaration, step()))).toBe('422 DECLARATION_DIFFERS');
    const second = { params: { lineId: (await lines())[1]?.id ?? '' }, body: { receivedFen: 21_883 } };
    await call(who.village, confirmReceived, second);
    declaration = await call(who.finance, closeDeclaration, step());
    expect(declaration).toMatchObject({ status: 'closed', unsettledLines: 0, paidFen: 82_668 + 3117 });
  });

  it('when the household asks for its statement, then the paper can be verified by its number and says nothing sensitive', async () => {
    const household = HOUSEHOLDS[0];
    const params = { householdNumber: household?.number ?? '' };
    const own = world.as('household-1', householdGrant(household?.id ?? ''));
    expect(await call(own, getIncomeStatement, { params })).toMatchObject({
      totalFen: 25_000,
      years: [{ year: 2025, amountFen: 25_000 }],
    });
    const { rows } = await call(own, listIncomeHouseholds, { query: {} });
    expect(rows.map((row) => row.householdNumber)).toEqual([household?.number]);
    expect(await refusal(call(who.farOfficer, getIncomeStatement, { params }))).toBe('404 NOT_FOUND');
    const { number } = await call(who.village, issueIncomeStatement, { params, body: {} });
    const pdf = await (await send(who.village, printIncomeStatement, { params: { number } })).arrayBuffer();
    expect(Buffer.from(pdf).subarray(0, 5).toString()).toBe('%PDF-');
    const verified = await call(world.anonymous, verifyStatement, { params: { number } });
    for (const typed of [
      number.toLowerCase(),
      number.replaceAll('-', ''),
      number.replaceAll('-', ' '),
      `${number}\u3000`,
    ]) {
      expect(await call(world.anonymous, verifyStatement, { params: { number: typed } })).toEqual(verified);
    }
    expect(verified).toMatchObject({
      kind: 'income-statement',
      totalFen: 25_000,
      lines: 2,
      seal: 'intact',
      standing: 'current',
      subject: '乡101村201 张** 户产业收益对账单',
    });
    expect(JSON.stringify(verified)).not.toContain(household?.number);
    expect(await refusal(call(world.anonymous, verifyStatement, { params: { number: 'DZ-0000-0000-0000' } }))).toBe(
      '404 NOT_FOUND',
    );
    const list = await (
      await send(who.village, printDividendList, {
        params: { declarationId: declaration.id, noticeId: await firstNotice() },
      })
    ).arrayBuffer();
    expect(Buffer.from(list).subarray(0, 5).toString()).toBe('%PDF-');
  });
});
