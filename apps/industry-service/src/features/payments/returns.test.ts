import { call, type Connection } from '@bangfu/contracts/core/client';
import {
  closeDeclaration,
  getDeclaration,
  listDividendLines,
  listDeclarations,
} from '@bangfu/contracts/industry/declarations';
import { listDividends } from '@bangfu/contracts/industry/dividends';
import {
  confirmReceived,
  decideCorrection,
  getDividendLine,
  getPaymentBatch,
  proposeCorrection,
} from '@bangfu/contracts/industry/payments';
import { getIncomeStatement, listIncomeHouseholds } from '@bangfu/contracts/industry/statements';
import { decideAccountChange, requestAccountChange } from '@bangfu/contracts/industry/account-changes';
import { type TestService, testService } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildIndustry } from '../../app.ts';
import {
  bringReceipt,
  entityGrant,
  householdGrant,
  known,
  knowHouseholds,
  makeBatch,
  noticedDividend,
  people,
  refusal,
} from '../../testing/scene.ts';

const HOUSEHOLDS = [known(1), known(2), known(3)];
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
  scene = await noticedDividend(world, who, { name: '退汇合作社', households: HOUSEHOLDS });
});
afterAll(async () => {
  await who.pool.end();
  await world.stop();
});

const params = () => ({ declarationId: scene.declaration.id });
const declaration = () => call(who.finance, getDeclaration, { params: params() });
const step = async () => ({ params: params(), body: { version: (await declaration()).version } });
const lines = async () => (await call(scene.account, listDividendLines, { params: params(), query: {} })).rows;
const lineOf = async (n: number) => {
  const found = (await lines()).find(
    ({ householdNumber, replacedBy }) => householdNumber === HOUSEHOLDS[n - 1]?.number && replacedBy === null,
  );
  if (!found) throw new Error(`household ${n} has no line`);
  return found;
};
const batchAll = async () => (batchId = (await makeBatch(who.finance, scene.declaration.id)).id);
const HEADER = '明细编号,金额(元),结果,流水号,失败原因,日期';
const bring = (rows: readonly string[], into = batchId, paidOn?: string) =>
  bringReceipt(who.finance, into, rows, { header: HEADER, paidOn });
const wrong = async (...given: Parameters<typeof bring>) =>
  (await bring(...given)).problems.map(({ row, column, code }) => `${row} ${column} ${code}`);
const events = async (type: string) =>
  (
    await who.pool.query<{ data: Record<string, unknown> }>(
      `SELECT data FROM platform.outbox_event WHERE type = $1 ORDER BY xid, ordinal`,
      [type],
    )
  ).rows.map(({ data }) => data);
const statementOf = (n: number, as: Connection = who.village) =>
  call(as, getIncomeStatement, { params: { householdNumber: HOUSEHOLDS[n - 1]?.number ?? '' } });
const correct = async (lineId: string, body: { amountFen: number; householdNumber?: string; leftFen?: number }) => {
  const proposal = await call(who.finance, proposeCorrection, {
    params: { lineId },
    body: { ...body, reason: '核对后更正' },
  });
  return call(who.leader, decideCorrection, { params: { correctionId: proposal.id }, body: { approved: true } });
};

describe('given a batch that the bank paid', () => {
  let first: string;
  let firstFile: readonly string[];

  beforeAll(async () => {
    first = await batchAll();
    firstFile = (await lines()).map(({ id }, i) => `${id},60.00,成功,A${i + 1},,2026-02-10`);
    expect(await bring(firstFile)).toMatchObject({ taken: true, paid: 3 });
  });

  it('when days of a receipt lie before the batch, before the payment or ahead, then each row is named', async () => {
    const [one, two] = await lines();
    expect(
      await wrong([`${one?.id},60.00,退汇,,账号已销户,2001-02-10`, `${two?.id},60.00,退汇,,账号已销户,2026-02-11`]),
    ).toEqual(['2 日期 DAY_TOO_EARLY', '3 日期 DAY_TOO_LATE']);
    expect(await wrong([`${one?.id},60.00,退汇,,账号已销户,昨天`])).toEqual(['2 日期 RECEIPT_DAY_UNREADABLE']);
    expect(await refusal(bring([`${one?.id},60.00,退汇,,,`], batchId, '2001-01-01'))).toBe('422 DAY_TOO_EARLY');
    expect(await refusal(bring([`${one?.id},60.00,退汇,,,`], batchId, '2026-02-11'))).toBe('422 DAY_TOO_LATE');
  });

  it('when the bank returns a payment days later, then the line is unpaid with the reason and the income taken back', async () => {
    world.setNow(new Date('2026-02-14T02:00:00Z'));
    const one = await lineOf(1);
    await call(who.village, confirmReceived, { params: { lineId: one.id }, body: { receivedFen: PAID_FEN } });
    const outcome = await bring([`${one.id},60.00,退汇,,账号已销户,2026-02-13`]);
    expect(outcome).toMatchObject({ taken: true, returned: 1, paid: 0, batch: { paidLines: 3, returnedLines: 1 } });
    expect(await lineOf(1)).toMatchObject({
      state: 'open',
      rejection: '账号已销户',
      payableFen: PAID_FEN,
      paidOn: null,
      confirmedFen: null,
    });
    const opened = await call(who.finance, getDividendLine, { params: { lineId: one.id } });
    expect(opened.payments).toMatchObject([
      { batchId: first, amountFen: PAID_FEN, reference: 'A1', returnedOn: '2026-02-13', returnReason: '账号已销户' },
    ]);
    expect(opened.words).toMatchObject([{ receivedFen: PAID_FEN, isHousehold: false, saidBy: 'village' }]);
    const [confirmed] = (await events('industry.dividend.confirmed.v1')).filter(({ lineId }) => lineId === one.id);
    expect(await events('industry.dividend.returned.v1')).toMatchObject([
      { lineId: one.id, paymentId: confirmed?.['paymentId'], amountFen: PAID_FEN, returnedOn: '2026-02-13' },
    ]);
    expect(await statementOf(1)).toMatchObject({ totalFen: 0 });
    const own = world.as('own-1', householdGrant(HOUSEHOLDS[0]?.id ?? ''));
    expect((await statementOf(1, own)).lines.map(({ kind, amountFen }) => [kind, amountFen])).toEqual([
      ['payment', PAID_FEN],
      ['return', -PAID_FEN],
    ]);
    expect((await call(own, listIncomeHouseholds, { query: {} })).rows).toMatchObject([{ totalFen: 0 }]);
    const { payableFen } = await call(who.finance, listDividends, { query: { state: 'paid' } });
    expect(payableFen).toBe(2 * PAID_FEN);
  });

  it('when any of its files is brought again, then nothing changes', async () => {
    const one = await lineOf(1);
    for (const rows of [firstFile, [`${one.id},60.00,退汇,,账号已销户,2026-02-13`], [`${one.id},,退回,A1,销户,`]]) {
      expect(await bring(rows)).toMatchObject({ taken: true, paid: 0, returned: 0, unchanged: rows.length });
    }
    expect((await lineOf(1)).state).toBe('open');
  });

  it('when the line is paid again to another account, then both payments stay and the sum is right', async () => {
    const account = { bankName: '凌源农商行', account: '6217000000009999', reason: '原账号已销户' };
    const target = { contractId: scene.contract.id, householdId: HOUSEHOLDS[0]?.id ?? '' };
    const change = await call(who.officer, requestAccountChange, { params: target, body: account });
    await call(who.secondOfficer, decideAccountChange, { params: { changeId: change.id }, body: { approved: true } });
    const second = await batchAll();
    const one = await lineOf(1);
    expect(one).toMatchObject({ state: 'batched', accountTail: '9999' });
    expect(await wrong([`${one.id},60.00,成功,A 2,,`])).toEqual(['2 流水号 RECEIPT_REFERENCE_TWICE']);
    expect(await wrong([`${one.id},60.00,退汇,,,`])).toEqual(['2 明细编号 RECEIPT_RETURN_UNPAID']);
    expect(await wrong([`${one.id},60.00,成功,A1,,`])).toEqual(['2 流水号 RECEIPT_REFERENCE_TWICE']);
    expect(await bring([`${one.id},60.00,成功,B1,,`])).toMatchObject({ taken: true, paid: 1 });
    // The first batch's files say nothing new, though the line is paid by another now.
    expect(await bring(firstFile, first)).toMatchObject({ unchanged: 3 });
    expect(await bring([`${one.id},60.00,退汇,,再来一次,`], first)).toMatchObject({ unchanged: 1, returned: 0 });
    expect((await lineOf(1)).state).toBe('paid');
    const opened = await call(who.finance, getDividendLine, { params: { lineId: one.id } });
    expect(opened.payments.map(({ reference, returnedOn }) => [reference, returnedOn])).toEqual([
      ['A1', '2026-02-13'],
      ['B1', null],
    ]);
    expect(await statementOf(1)).toMatchObject({ totalFen: PAID_FEN });
    expect(await call(who.finance, getPaymentBatch, { params: { batchId: second } })).toMatchObject({ paidLines: 1 });
  });

  it('when a payment of a closed declaration is returned, then it is in payment again and says so in the log', async () => {
    await call(who.finance, closeDeclaration, await step());
    const two = await lineOf(2);
    expect(await bring([`${two.id},60.00,退汇,,户名不符,`], first)).toMatchObject({ returned: 1, reopened: true });
    expect(await declaration()).toMatchObject({ status: 'in-payment', unsettledLines: 1 });
    const { rows } = await who.pool.query(
      `SELECT change FROM platform.audit_entry WHERE action = 'industry.declaration.reopened' AND record_id = $1`,
      [scene.declaration.id],
    );
    expect(rows).toMatchObject([{ change: { before: { status: 'closed' }, after: { status: 'in-payment' } } }]);
    await batchAll();
    await bring([`${two.id},60.00,成功,B2,,`]);
    await call(who.finance, closeDeclaration, await step());
  });
});

describe('given words about what was received', () => {
  it('when who pays, or had a hand in it, says so, then it is refused, for every way to have one', async () => {
    scene = await noticedDividend(world, who, { name: '确认合作社', households: HOUSEHOLDS });
    await batchAll();
    await bring((await lines()).map(({ id }, i) => `${id},60.00,成功,C${i + 1},,`));
    const one = await lineOf(1);
    const say = (as: Connection, receivedFen = PAID_FEN, receivedOn?: string) =>
      call(as, confirmReceived, {
        params: { lineId: one.id },
        body: { receivedFen, ...(receivedOn && { receivedOn }) },
      });
    const village = { role: 'village-officer', scope: { kind: 'region', code: '211382101201' } } as const;
    const entity = entityGrant(scene.entity.id);
    const finance = { role: 'finance', scope: { kind: 'region', code: '211382000000' } } as const;
    expect(await refusal(say(scene.account))).toBe('403 NOT_GRANTED');
    expect(await refusal(say(who.finance))).toBe('403 NOT_GRANTED');
    expect(await refusal(say(world.as('both-entity', entity, village)))).toBe('422 WITNESS_PAYS');
    expect(await refusal(say(world.as('both-finance', finance, village)))).toBe('422 WITNESS_PAYS');
    // The officer checked the declaration.
    expect(await refusal(say(who.officer))).toBe('422 WITNESS_PAYS');
    expect(await refusal(say(world.as('submitter', village)))).toBe('not refused');
    expect(await refusal(say(who.secondOfficer, 2 ** 53 - 1))).toContain('400');
    expect(await refusal(say(who.secondOfficer, 1_000_000_001))).toContain('400');
    expect(await refusal(say(who.secondOfficer, PAID_FEN, '2001-01-01'))).toBe('422 DAY_TOO_EARLY');
    expect(await refusal(say(who.secondOfficer, PAID_FEN, '2027-01-01'))).toBe('422 DAY_TOO_LATE');
  });

  it('when the household has spoken, then no word taken down later is over its own, and all are kept', async () => {
    const one = await lineOf(1);
    const own = world.as('own-1', householdGrant(HOUSEHOLDS[0]?.id ?? ''));
    const say = (as: Connection, receivedFen: number) =>
      call(as, confirmReceived, { params: { lineId: one.id }, body: { receivedFen } });
    expect(await say(own, 5000)).toMatchObject({ differs: true, line: { confirmedFen: 5000 } });
    expect(await say(who.village, PAID_FEN)).toMatchObject({ differs: true, line: { confirmedFen: 5000 } });
    expect((await declaration()).differingLines).toBe(1);
    expect(await say(own, PAID_FEN)).toMatchObject({ differs: false });
    const { words } = await call(who.finance, getDividendLine, { params: { lineId: one.id } });
    expect(words.map(({ receivedFen, isHousehold }) => [receivedFen, isHousehold])).toEqual([
      [PAID_FEN, false],
      [5000, true],
      [PAID_FEN, false],
      [PAID_FEN, true],
    ]);
  });

  it('when the declaration is closed, then neither a word nor a correction is taken', async () => {
    await call(who.finance, closeDeclaration, await step());
    const { id: lineId } = await lineOf(1);
    const body = { amountFen: PAID_FEN + 1, reason: '核对后更正' };
    expect(await refusal(call(who.finance, proposeCorrection, { params: { lineId }, body }))).toBe(
      '422 DECLARATION_CLOSED',
    );
    expect(
      await refusal(call(who.village, confirmReceived, { params: { lineId }, body: { receivedFen: PAID_FEN } })),
    ).toBe('422 DECLARATION_CLOSED');
  });
});

describe('given corrections at their bounds', () => {
  beforeAll(async () => {
    scene = await noticedDividend(world, who, { name: '更正合作社', households: HOUSEHOLDS });
    await batchAll();
    await bring((await lines()).map(({ id }, i) => `${id},60.00,成功,D${i + 1},,`));
  });

  it('when one is beyond what the policy lets the offices decide, then only the county leader can, and nothing is done else', async () => {
    const { id: lineId } = await lineOf(1);
    const propose = (amountFen: number) =>
      call(who.finance, proposeCorrection, { params: { lineId }, body: { amountFen, reason: '核对后更正' } });
    for (const sum of [2 ** 53 - 1, 900_000_000_000_000, 1_000_000_001]) {
      expect(await refusal(propose(sum))).toContain('400');
    }
    const large = await propose(1_000_000_000);
    expect(large).toMatchObject({ higherHand: true, basis: { document: '系统默认政策' } });
    const decide = (as: Connection, approved: boolean) =>
      call(as, decideCorrection, { params: { correctionId: large.id }, body: { approved } });
    expect(await refusal(decide(who.officer, true))).toBe('422 CORRECTION_HIGHER_HAND');
    expect((await lineOf(1)).amountFen).toBe(PAID_FEN);
    await decide(who.officer, false);
    const within = await propose(7200);
    expect(within.higherHand).toBe(false);
    await call(who.officer, decideCorrection, { params: { correctionId: within.id }, body: { approved: true } });
    expect(await lineOf(1)).toMatchObject({ amountFen: 7200, payableFen: 1200, state: 'open' });
    expect((await call(who.office, listDeclarations, { query: {} })).rows.length).toBeGreaterThan(0);
  });

  it('when it is of the wrong household, then one correction moves it to another with a line, and the claim is exact', async () => {
    const [, two, three] = [null, await lineOf(2), await lineOf(3)];
    const { declaration: after } = await correct(two.id, {
      householdNumber: three.householdNumber,
      amountFen: 4000,
      leftFen: 2000,
    });
    expect(after.totalFen).toBe(7200 + 2 * PAID_FEN);
    expect(await lineOf(2)).toMatchObject({ amountFen: 2000, payableFen: 0, state: 'void' });
    expect(await lineOf(3)).toMatchObject({ amountFen: 10_000, payableFen: 4000, state: 'open' });
    const reversed = (await lines()).filter(({ id }) => [two.id, three.id].includes(id));
    expect(reversed.map(({ recoverableFen }) => recoverableFen)).toEqual([4000, null]);
    expect((await statementOf(2)).lines.at(-1)).toMatchObject({ kind: 'correction', amountFen: -4000 });
  });

  it('when the bank returns what a correction had claimed, then the claim is gone and only the rest is paid', async () => {
    const two = (await lines()).find(({ lineNumber }) => lineNumber === 2);
    expect(await bring([`${two?.id},60.00,退汇,,户名不符,`])).toMatchObject({ taken: true, returned: 1 });
    expect(await lineOf(2)).toMatchObject({ amountFen: 2000, payableFen: 2000, state: 'open' });
    expect((await lines()).find(({ lineNumber }) => lineNumber === 2)).toMatchObject({
      recoverableFen: null,
      state: 'void',
    });
    const batch = await batchAll();
    const now = await lines();
    const due = now.filter(({ state }) => state === 'batched');
    expect(due.map(({ payableFen }) => payableFen).sort()).toEqual([1200, 2000, 4000]);
    await bring(
      due.map(({ id, payableFen }, i) => `${id},${payableFen / 100},成功,E${i},,`),
      batch,
    );
    const wanted: Readonly<Record<number, number>> = { 1: 7200, 2: 2000, 3: 10_000 };
    for (const n of [1, 2, 3]) {
      const { lines: own } = await statementOf(n);
      const here = own.filter(({ entityName }) => entityName === '更正合作社');
      expect(here.reduce((sum, each) => sum + each.amountFen, 0)).toBe(wanted[n]);
    }
  });
});
