import { call, type Connection } from '@bangfu/contracts/core/client';
import { everyService } from '@bangfu/contracts/core/every-service';
import {
  decideSettlement,
  getClaim,
  listClaims,
  proposeReversal,
  proposeSettlement,
} from '@bangfu/contracts/industry/claims';
import { declareDividend, listDividendLines } from '@bangfu/contracts/industry/declarations';
import { decideCorrection, proposeCorrection } from '@bangfu/contracts/industry/payments';
import { getIncomeStatement } from '@bangfu/contracts/industry/statements';
import { type TestService, testService } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import type { z } from 'zod';
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
  throughNotice,
} from '../../testing/scene.ts';

const HOUSEHOLDS = [known(1), known(2)];

let world: TestService;
let who: ReturnType<typeof people>;
let scene: Awaited<ReturnType<typeof noticedDividend>>;
let batchId: string;
/** The declaration of the year after, of the same contract. */
let next: string;
type Proposal = z.input<NonNullable<(typeof proposeSettlement)['body']>>;

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'industry', buildIndustry);
  who = people(world);
  await knowHouseholds(who.pool, HOUSEHOLDS);
  world.setNow(new Date('2026-02-02T02:00:00Z'));
  scene = await noticedDividend(world, who, { name: '追回合作社', households: HOUSEHOLDS });
  await pay(scene.declaration.id, 'M');
  const [one] = await linesOf(scene.declaration.id);
  await correct(one?.id ?? '', 2000);
  world.setNow(new Date('2027-02-02T02:00:00Z'));
  const body = { contractId: scene.contract.id, year: 2026, distributableFen: 0 };
  const draft = await call(scene.account, declareDividend, { body });
  next = (await throughNotice(world, { ...who, account: scene.account }, draft)).id;
});
afterAll(async () => {
  await who.pool.end();
  await world.stop();
});

const linesOf = async (declarationId: string) =>
  (await call(scene.account, listDividendLines, { params: { declarationId }, query: {} })).rows;
async function pay(declarationId: string, prefix: string) {
  batchId = (await makeBatch(who.finance, declarationId)).id;
  const due = (await linesOf(declarationId)).filter(({ state }) => state === 'batched');
  const rows = due.map(({ id, payableFen }, i) => `${id},${payableFen / 100},成功,${prefix}${i},`);
  await bring(rows);
}
const bring = (rows: readonly string[], into = batchId) => bringReceipt(who.finance, into, rows);
async function correct(lineId: string, amountFen: number) {
  const { id } = await call(who.finance, proposeCorrection, {
    params: { lineId },
    body: { amountFen, reason: '多算了' },
  });
  await call(who.officer, decideCorrection, { params: { correctionId: id }, body: { approved: true } });
}
const open = async () => {
  const { rows } = await call(who.finance, listClaims, { query: { state: 'open' } });
  if (!rows[0]) throw new Error('no claim is open');
  return rows[0];
};
const propose = (claimId: string, body: Proposal) =>
  call(who.finance, proposeSettlement, { params: { claimId }, body });
const decide = (settlementId: string, approved = true, as: Connection = who.officer) =>
  call(as, decideSettlement, { params: { settlementId }, body: { approved } });
const cash = (amountFen: number, settledOn = '2027-02-09') =>
  ({ kind: 'cash', amountFen, settledOn, reference: '收据 0001', reason: '上门收回' }) as const;
const total = async () =>
  (await call(who.village, getIncomeStatement, { params: { householdNumber: HOUSEHOLDS[0]?.number ?? '' } })).totalFen;
const confirmedBySetOff = async () =>
  (
    await who.pool.query<{ data: object }>(
      `SELECT data FROM platform.outbox_event WHERE data ->> 'by' = 'set-off' ORDER BY xid, ordinal`,
    )
  ).rows.map(({ data }) => data);

describe('given a household that had too much', () => {
  it('when the correction is approved, then it is a claim in the list, on the home and among the work', async () => {
    expect(await open()).toMatchObject({
      amountFen: 4000,
      outstandingFen: 4000,
      householdNumber: HOUSEHOLDS[0]?.number,
    });
    expect(await total()).toBe(2000);
    const { figures } = await call(who.leader, everyService('industry').getHome, {});
    expect(figures.find(({ key }) => key === 'claimsOpen')?.value).toBe(4000);
    const { items } = await call(who.finance, everyService('industry').listWork, {});
    expect(items.filter(({ kind }) => kind === 'claim-to-settle')).toHaveLength(1);
  });

  it('when too much, too early, alone or without its paper, then it is not settled', async () => {
    const { id } = await open();
    expect(await refusal(propose(id, cash(4001)))).toBe('422 SETTLEMENT_TOO_LARGE');
    expect(await refusal(propose(id, cash(0)))).toBe('422 SETTLEMENT_TOO_LARGE');
    expect(await refusal(propose(id, cash(100, '2025-12-31')))).toBe('422 DAY_TOO_EARLY');
    expect(await refusal(propose(id, cash(100, '2028-01-01')))).toBe('422 DAY_TOO_LATE');
    expect(await refusal(propose(id, { ...cash(100), reference: '' }))).toBe('422 SETTLEMENT_INCOMPLETE');
    expect(await refusal(propose(id, { kind: 'set-off', amountFen: 100, reason: '抵扣' }))).toBe(
      '422 SETTLEMENT_INCOMPLETE',
    );
    const settlement = await propose(id, cash(1000));
    expect(await refusal(propose(id, cash(3001)))).toBe('422 SETTLEMENT_TOO_LARGE');
    expect(await refusal(decide(settlement.id, true, who.finance))).toBe('422 SETTLEMENT_SAME_PERSON');
    await decide(settlement.id);
    expect(await refusal(decide(settlement.id))).toBe('422 SETTLEMENT_DECIDED');
    expect(await open()).toMatchObject({ outstandingFen: 3000 });
    // What was claimed is no income already; that it comes back changes nothing.
    expect(await total()).toBe(2000);
  });

  it('when it is set off against what the same entity owes the household, then that pays so much less and is income', async () => {
    const { id } = await open();
    const [one, two] = await linesOf(next);
    const other = await noticedDividend(world, who, { name: '别家合作社', households: [HOUSEHOLDS[0] ?? known(1)] });
    const foreign = (
      await call(other.account, listDividendLines, {
        params: { declarationId: other.declaration.id },
        query: {},
      })
    ).rows[0];
    const setOff = (lineId: string, amountFen: number) =>
      propose(id, { kind: 'set-off', amountFen, lineId, reason: '农户同意抵扣' });
    expect(await refusal(setOff(two?.id ?? '', 100))).toBe('422 SET_OFF_OTHER_HOUSEHOLD');
    expect(await refusal(setOff(foreign?.id ?? '', 100))).toBe('422 SET_OFF_OTHER_ENTITY');
    const shown = await call(who.finance, getClaim, { params: { claimId: id } });
    expect(shown.lines).toMatchObject([{ id: one?.id, payableFen: 6000, year: 2026 }]);
    const { id: settlementId } = await setOff(one?.id ?? '', 3000);
    await decide(settlementId);
    expect((await call(who.finance, listClaims, { query: { state: 'open' } })).rows).toEqual([]);
    expect((await call(who.finance, listClaims, { query: { state: 'settled' } })).rows).toMatchObject([
      { outstandingFen: 0, amountFen: 4000 },
    ]);
    expect((await linesOf(next))[0]).toMatchObject({ payableFen: 3000, amountFen: 6000, state: 'open' });
    expect((await linesOf(scene.declaration.id))[0]).toMatchObject({ recoverableFen: null });
    expect(await total()).toBe(2000 + 3000);
    expect(await confirmedBySetOff()).toMatchObject([{ paymentId: settlementId, amountFen: 3000, lineId: one?.id }]);
    await pay(next, 'N');
    expect(await total()).toBe(2000 + 6000);
  });

  it('when a set-off was wrong, then two persons reverse it: the claim is open and the line owed again', async () => {
    const { rows } = await call(who.finance, listClaims, { query: { state: 'settled' } });
    const claimId = rows[0]?.id ?? '';
    const { settlements } = await call(who.finance, getClaim, { params: { claimId } });
    const [collected, setOff] = settlements;
    const reverse = (settlementId: string) =>
      call(who.finance, proposeReversal, { params: { settlementId }, body: { reason: '农户不同意抵扣' } });
    const reversal = await reverse(setOff?.id ?? '');
    expect(await refusal(reverse(setOff?.id ?? ''))).toBe('422 SETTLEMENT_FINAL');
    await decide(reversal.id);
    expect(await open()).toMatchObject({ outstandingFen: 3000 });
    const [, , top] = await linesOf(next);
    expect(top).toMatchObject({ householdNumber: HOUSEHOLDS[0]?.number, payableFen: 3000, state: 'open', replaces: 1 });
    expect(await total()).toBe(2000 + 3000);
    // The bank returns what was claimed: what the household gave in cash must go back to it first.
    const [line] = await linesOf(scene.declaration.id);
    const { rows: batches } = await who.pool.query<{ batch: string }>(
      'SELECT batch_id::text AS batch FROM dividend_payment WHERE line_id = $1',
      [line?.id],
    );
    const returned = [`${line?.id},60.00,退汇,,户名不符`];
    const outcome = await bring(returned, batches[0]?.batch);
    expect(outcome.problems).toMatchObject([{ row: 2, column: '明细编号', code: 'RECEIPT_RETURN_COLLECTED' }]);
    await decide((await reverse(collected?.id ?? '')).id);
    expect(await bring(returned, batches[0]?.batch)).toMatchObject({ returned: 1 });
    expect((await call(who.finance, listClaims, { query: { state: 'open' } })).rows).toEqual([]);
    expect((await linesOf(scene.declaration.id)).at(-1)).toMatchObject({
      amountFen: 2000,
      payableFen: 2000,
      state: 'open',
    });
    expect(await total()).toBe(3000);
  });

  it('when everybody looks at it, then what is offered is what is accepted', async () => {
    await pay(next, 'P');
    const [one] = (await linesOf(next)).filter(({ replacedBy }) => replacedBy === null);
    await correct(one?.id ?? '', 5000);
    const { id } = await open();
    await propose(id, cash(10, '2027-02-18'));
    const wrong: string[] = [];
    for (const [name, as] of Object.entries({
      officer: who.officer,
      finance: who.finance,
      village: who.village,
      office: who.office,
    })) {
      const seen = await call(as, getClaim, { params: { claimId: id } });
      for (const { step, open: may } of seen.settlements[0]?.steps ?? []) {
        const settlementId = seen.settlements[0]?.id ?? '';
        const now = (await call(as, getClaim, { params: { claimId: id } })).settlements[0]?.steps.find(
          (each) => each.step === step,
        );
        const answer = await refusal(
          step === 'reverse'
            ? call(as, proposeReversal, { params: { settlementId }, body: { reason: '收错了' } })
            : decide(settlementId, step === 'approve', as),
        );
        if (now?.open !== (answer === 'not refused')) wrong.push(`${name} ${step} ${may}: ${answer}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});
