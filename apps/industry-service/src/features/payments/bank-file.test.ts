import { createHash } from 'node:crypto';
import { call, type Connection, send } from '@bangfu/contracts/core/client';
import { decideAccountChange, requestAccountChange } from '@bangfu/contracts/industry/account-changes';
import { listDividendLines } from '@bangfu/contracts/industry/declarations';
import {
  cancelPaymentBatch,
  decideBatchCancel,
  downloadBankFile,
  getPaymentBatch,
} from '@bangfu/contracts/industry/payments';
import { everyService } from '@bangfu/contracts/core/every-service';
import { grant, type TestService, testService } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildIndustry } from '../../app.ts';
import {
  bringReceipt,
  known,
  knowHouseholds,
  makeBatch,
  noticedDividend,
  people,
  refusal,
} from '../../testing/scene.ts';

const HOUSEHOLDS = [known(1), known(2)];

let world: TestService;
let who: ReturnType<typeof people>;
let secondFinance: Connection;
let scene: Awaited<ReturnType<typeof noticedDividend>>;
let batchId: string;

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'industry', buildIndustry);
  who = people(world);
  secondFinance = world.as('second-finance', grant('finance'));
  await knowHouseholds(who.pool, HOUSEHOLDS);
  world.setNow(new Date('2026-02-02T02:00:00Z'));
  scene = await noticedDividend(world, who, { name: '代发合作社', households: HOUSEHOLDS });
});
afterAll(async () => {
  await who.pool.end();
  await world.stop();
});

const params = () => ({ declarationId: scene.declaration.id });
const batchAll = async () => {
  batchId = (await makeBatch(who.finance, scene.declaration.id)).id;
};
const lines = async () => (await call(scene.account, listDividendLines, { params: params(), query: {} })).rows;
const batch = (as = who.finance) => call(as, getPaymentBatch, { params: { batchId } });
const fetchFile = async (as = who.finance, format: 'csv' | 'xlsx' = 'csv') => {
  const answer = await send(as, downloadBankFile, { params: { batchId }, query: { format } });
  return Buffer.from(await answer.arrayBuffer()).toString('base64');
};
const sha256 = (content: string) => createHash('sha256').update(Buffer.from(content, 'base64')).digest('hex');
const cancel = (as: Connection) =>
  call(as, cancelPaymentBatch, { params: { batchId }, body: { reason: '账号清单有误，已电话告知银行' } });
const decide = (as: Connection, approved: boolean) =>
  call(as, decideBatchCancel, { params: { batchId }, body: { approved } });
/** What is offered to somebody, each with the code of its refusal. */
const offered = async (as: Connection) =>
  Object.fromEntries((await batch(as)).steps.map(({ step, reason }) => [step, reason?.code ?? 'open']));

describe('given a batch for the bank', () => {
  it('when its file is fetched again, by anybody, after an account was changed, then it is the same to the byte and noted', async () => {
    await batchAll();
    expect((await batch()).file).toBeNull();
    const first = await fetchFile();
    const change = await call(who.officer, requestAccountChange, {
      params: { contractId: scene.contract.id, householdId: HOUSEHOLDS[0]?.id ?? '' },
      body: { bankName: '另一银行', account: '6217000000009999', reason: '原账号已销户' },
    });
    await call(who.secondOfficer, decideAccountChange, { params: { changeId: change.id }, body: { approved: true } });
    // Whatever becomes of the lines themselves.
    await who.pool.query(`UPDATE dividend_line SET bank_name = '改过的银行' WHERE batch_id = $1`, [batchId]);
    world.setNow(new Date('2026-02-12T02:00:00Z'));
    expect(await fetchFile(secondFinance)).toBe(first);
    expect(await batch()).toMatchObject({
      file: { format: 'csv', sha256: sha256(first), fetches: 2, fetchedBy: 'second-finance' },
    });
    const { rows } = await who.pool.query<{ change: { after: { sha256: string } } }>(
      `SELECT change FROM platform.audit_entry WHERE action = 'industry.bank-file.downloaded' ORDER BY recorded_at`,
    );
    expect(rows.map((row) => row.change.after.sha256)).toEqual([sha256(first), sha256(first)]);
  });

  it('when another format is asked for, then it is refused: there is one order to pay', async () => {
    expect(await refusal(fetchFile(who.finance, 'xlsx'))).toBe('422 BANK_FILE_OTHER_FORMAT');
  });

  it('when two ask for it at once for the first time, then both get the same', async () => {
    scene = await noticedDividend(world, who, { name: '同时合作社', households: HOUSEHOLDS });
    await batchAll();
    const [one, two] = await Promise.all([fetchFile(), fetchFile(secondFinance)]);
    expect(one).toBe(two);
    expect((await batch()).file).toMatchObject({ sha256: sha256(one), fetches: 2 });
  });

  it('when the bank has answered, in part or whole, then it is never handed out again, nor cancelled', async () => {
    const [one, two] = await lines();
    const bring = (row: string) => bringReceipt(who.finance, batchId, [row]);
    await bring(`${one?.id},60.00,成功,K1,`);
    expect(await refusal(fetchFile())).toBe('422 BANK_FILE_ANSWERED');
    expect(await refusal(cancel(who.finance))).toBe('422 BATCH_ANSWERED');
    await bring(`${two?.id},60.00,失败,,账号`);
    expect(await offered(who.finance)).toEqual({
      fetch: 'BANK_FILE_ANSWERED',
      cancel: 'BATCH_ANSWERED',
      'approve-cancel': 'BATCH_CANCEL_NONE',
      'refuse-cancel': 'BATCH_CANCEL_NONE',
    });
  });
});

describe('given a wrong batch', () => {
  it('when nobody fetched its file, then one person cancels it and its lines are open again', async () => {
    scene = await noticedDividend(world, who, { name: '撤销合作社', households: HOUSEHOLDS });
    await batchAll();
    expect(await cancel(who.finance)).toMatchObject({
      cancel: { state: 'cancelled', askedBy: 'finance' },
      rejectedLines: 0,
      waitingLines: 0,
    });
    expect((await lines()).map(({ state }) => state)).toEqual(['open', 'open']);
    expect(await refusal(fetchFile())).toBe('422 BATCH_CANCELLED');
    expect(await refusal(cancel(who.finance))).toBe('422 BATCH_CANCELLED');
  });

  it('when its file was fetched, then two persons cancel it, and what is offered is what is accepted', async () => {
    await batchAll();
    await fetchFile();
    expect(await cancel(who.finance)).toMatchObject({ cancel: { state: 'asked' }, waitingLines: 2 });
    expect(await refusal(fetchFile())).toBe('422 BATCH_CANCEL_ASKED');
    expect(await offered(who.finance)).toMatchObject({ 'approve-cancel': 'BATCH_CANCEL_SAME_PERSON' });
    expect(await refusal(decide(who.finance, true))).toBe('422 BATCH_CANCEL_SAME_PERSON');
    const { items } = await call(secondFinance, everyService('industry').listWork, {});
    expect(items.filter(({ kind }) => kind === 'batch-cancel-to-decide')).toHaveLength(1);
    await decide(who.office, false);
    expect((await batch()).cancel).toBeNull();
    await cancel(who.finance);
    expect(await decide(secondFinance, true)).toMatchObject({
      cancel: { state: 'cancelled', decidedBy: 'second-finance' },
    });
    expect((await lines()).map(({ state }) => state)).toEqual(['open', 'open']);
  });

  it('when the bank paid a line of it all the same, then its word is taken and the line is paid once', async () => {
    const [one] = await lines();
    const outcome = await bringReceipt(who.finance, batchId, [`${one?.id},60.00,成功,L1,`]);
    expect(outcome).toMatchObject({ taken: true, paid: 1 });
    await batchAll();
    expect((await lines()).map(({ state }) => state)).toEqual(['paid', 'batched']);
  });
});
