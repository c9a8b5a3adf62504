import { text } from 'node:stream/consumers';
import type { ReadableStream } from 'node:stream/web';
import { call, send } from '@bangfu/contracts/core/client';
import { everyService } from '@bangfu/contracts/core/every-service';
import {
  decideAccountChange,
  listAccountChanges,
  requestAccountChange,
} from '@bangfu/contracts/industry/account-changes';
import { listContractHouseholds } from '@bangfu/contracts/industry/contracts';
import { closeDeclaration, getDeclaration, listDividendLines } from '@bangfu/contracts/industry/declarations';
import { createPaymentBatch, downloadBankFile } from '@bangfu/contracts/industry/payments';
import { guessableColumns } from '@bangfu/platform/testing/guesser';
import { grant, type TestService, testService } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildIndustry } from '../../app.ts';
import {
  bringReceipt,
  entityGrant,
  known,
  knowHouseholds,
  noticedDividend,
  people,
  refusal,
  TOWNSHIP,
} from '../../testing/scene.ts';

const WRONG = known(1);
const FINE = known(2);
const NEW_ACCOUNT = '6228481234567890';

let world: TestService;
let who: ReturnType<typeof people>;
let scene: Awaited<ReturnType<typeof noticedDividend>>;

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'industry', buildIndustry);
  who = people(world);
  await knowHouseholds(who.pool, [WRONG, FINE]);
  world.setNow(new Date('2026-02-02T02:00:00Z'));
  scene = await noticedDividend(world, who, { name: '账号合作社', households: [WRONG, FINE] });
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
const lineOf = async (number: string) => {
  const { rows } = await call(scene.account, listDividendLines, { ...declarationOf(), query: { search: number } });
  return rows[0];
};
const bring = (batchId: string, ...rows: readonly string[]) => bringReceipt(who.finance, batchId, rows);
const request = (account: string, as = scene.account) =>
  call(as, requestAccountChange, {
    params: { contractId: scene.contract.id, householdId: WRONG.id },
    body: { bankName: '农业银行', account, reason: '账号已销户' },
  });
const decide = (changeId: string, approved: boolean, as = who.office) =>
  call(as, decideAccountChange, { params: { changeId }, body: { approved } });

describe('given a line that the bank gave back for a wrong account', () => {
  it('when another account is requested, then it waits for another person, and the line with it', async () => {
    const batch = await call(who.finance, createPaymentBatch, await step());
    const [wrong, fine] = [await lineOf(WRONG.number), await lineOf(FINE.number)];
    await bring(batch.id, `${wrong?.id},60.00,失败,,账号已销户`, `${fine?.id},60.00,成功,R1,`);
    expect(await refusal(request('6217000000000101'))).toBe('422 LIST_ACCOUNT_TWICE');
    expect(await refusal(request('12'))).toBe('400 INVALID_INPUT');
    expect(await refusal(request(NEW_ACCOUNT, who.farOfficer))).toBe('404 NOT_FOUND');
    expect(await refusal(request(NEW_ACCOUNT, who.finance))).toBe('403 NOT_GRANTED');

    const change = await request(NEW_ACCOUNT, who.officer);
    expect(change).toMatchObject({ accountTail: '0100', newAccountTail: '7890', state: 'proposed' });
    expect(await refusal(request('6228481234567891'))).toBe('422 ACCOUNT_CHANGE_OPEN');
    expect(await refusal(call(who.finance, createPaymentBatch, await step()))).toBe('422 BATCH_EMPTY');
    const work = await call(who.office, everyService('industry').listWork);
    expect(work.items).toContainEqual(expect.objectContaining({ id: `account-${change.id}` }));

    expect(await refusal(decide(change.id, true, who.officer))).toBe('422 ACCOUNT_CHANGE_SAME_PERSON');
    expect(await refusal(decide(change.id, true, scene.account))).toBe('403 NOT_GRANTED');
    expect(await refusal(decide(change.id, true, who.farOfficer))).toBe('404 NOT_FOUND');
    const both = world.as('both', entityGrant(scene.entity.id), grant('township-officer', TOWNSHIP));
    expect(await refusal(decide(change.id, true, both))).toBe('422 ACCOUNT_CHANGE_SAME_PERSON');
    expect(await decide(change.id, false, who.secondOfficer)).toMatchObject({ state: 'refused' });
    expect((await lineOf(WRONG.number))?.accountTail).toBe('0100');
  });

  it('when it is approved, then the reopened line is paid to it, the declaration can be closed, and the log has no account', async () => {
    const change = await request(NEW_ACCOUNT);
    expect(await decide(change.id, true)).toMatchObject({ state: 'approved', decidedBy: 'office' });
    expect(await refusal(decide(change.id, false))).toBe('422 ACCOUNT_CHANGE_DECIDED');
    const list = { params: { contractId: scene.contract.id }, query: {} };
    const households = (await call(scene.account, listContractHouseholds, list)).rows;
    expect(households.map((row) => row.accountTail)).toEqual(['7890', '0101']);

    const batch = await call(who.finance, createPaymentBatch, await step());
    const sent = await send(who.finance, downloadBankFile, { params: { batchId: batch.id }, query: { format: 'csv' } });
    expect(await text(sent.body as ReadableStream)).toContain(`农业银行,${NEW_ACCOUNT},60.00`);
    const line = await lineOf(WRONG.number);
    expect(await bring(batch.id, `${line?.id},60.00,成功,R2,`)).toMatchObject({ paid: 1 });
    expect(await call(who.finance, closeDeclaration, await step())).toMatchObject({ status: 'closed' });

    const changes = await call(who.auditor, listAccountChanges, { params: { contractId: scene.contract.id } });
    expect(changes.rows.map((row) => row.state).sort()).toEqual(['approved', 'refused']);
    const { rows } = await who.pool.query<{ text: string; action: string }>(
      `SELECT change::text AS text, action FROM platform.audit_entry
       UNION ALL SELECT answer::text, '' FROM platform.idempotency_key`,
    );
    expect(rows.filter((row) => row.action.startsWith('industry.account-change'))).toHaveLength(4);
    expect(rows.some((row) => row.text?.includes(NEW_ACCOUNT))).toBe(false);
  });

  it('when it is approved while a line is with the bank, then the line has it as soon as the bank gives it back', async () => {
    const name = '退回合作社';
    scene = await noticedDividend(world, who, { name, households: [WRONG] });
    const batch = await call(who.finance, createPaymentBatch, await step());
    await decide((await request(NEW_ACCOUNT)).id, true);
    const line = await lineOf(WRONG.number);
    expect(line?.accountTail).toBe('0100');
    await bring(batch.id, `${line?.id},60.00,失败,,账号已销户`);
    expect(await lineOf(WRONG.number)).toMatchObject({ state: 'open', accountTail: '7890' });
  });
});

describe('given a dump of the database', () => {
  it('when someone tries every account, then no column tells them which it was', async () => {
    const input = { contractId: scene.contract.id, householdId: WRONG.id, bankName: '农业银行', account: NEW_ACCOUNT };
    const query = async (text: string) => (await who.pool.query(text)).rows as never;
    expect(await guessableColumns(query, [NEW_ACCOUNT], [input, { ...input, reason: '账号已销户' }])).toEqual([]);
  });
});
