import { ALL_OPERATIONS } from '@bangfu/contracts/all';
import { call } from '@bangfu/contracts/core/client';
import { everyService } from '@bangfu/contracts/core/every-service';
import { listClaims } from '@bangfu/contracts/industry/claims';
import { listDeclarations, listDividendLines } from '@bangfu/contracts/industry/declarations';
import { listDividends } from '@bangfu/contracts/industry/dividends';
import { getDividendLine, listCorrections, listPaymentBatches } from '@bangfu/contracts/industry/payments';
import { getIncomeStatement, listIncomeHouseholds } from '@bangfu/contracts/industry/statements';
import { followFigures } from '@bangfu/platform/testing/figures';
import { walkLists } from '@bangfu/platform/testing/lists';
import { type TestService, testService } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildIndustry } from '../../app.ts';
import { had, type HistoryScene, historyScene, type Pick, player, sum } from '../../testing/dividend-history.ts';
import { type Known, people } from '../../testing/scene.ts';

const RUNS = 3;
const STEPS = 50;

let world: TestService;
let who: ReturnType<typeof people>;

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'industry', buildIndustry);
  who = people(world);
});
afterAll(async () => {
  await who.pool.end();
  await world.stop();
});

/** What the events say each household has of income, payment by payment, as the register replays them. */
async function heard(household: Known): Promise<number> {
  const { rows } = await who.pool.query<{ type: string; data: { paymentId: string; amountFen: number } }>(
    `SELECT type, data FROM platform.outbox_event WHERE data ->> 'householdId' = $1 AND type LIKE 'industry.dividend.%'
     ORDER BY sequence`,
    [household.id],
  );
  const counted = new Map<string, number>();
  for (const { type, data } of rows) {
    if (type.includes('returned')) counted.set(data.paymentId, 0);
    else counted.set(data.paymentId, data.amountFen);
  }
  return sum(counted.values());
}

/** Compares everything the service says of a scene with the books. */
async function audit(
  { households, ids, book }: HistoryScene,
  lines: ReturnType<typeof player>['lines'],
): Promise<void> {
  const { rows: claims } = await call(who.finance, listClaims, { query: { limit: 500 } });
  for (const household of households) {
    let income = 0;
    for (const year of ids.keys()) {
      const account = book(year, household);
      const own = (await lines(year)).filter(({ householdNumber }) => householdNumber === household.number);
      const counting = own.filter(({ replacedBy }) => replacedBy === null);
      const says = { household: household.number, year };
      expect({ ...says, lines: counting.length <= 1, entitled: counting[0]?.amountFen ?? 0 }).toEqual({
        ...says,
        lines: true,
        entitled: account.entitled,
      });
      const lacks = account.entitled - had(account);
      const claimed = sum(
        claims
          .filter((claim) => claim.householdNumber === household.number && claim.year === year)
          .map(({ outstandingFen }) => outstandingFen),
      );
      expect({ ...says, claimed }).toEqual({ ...says, claimed: Math.max(0, -lacks) });
      const [line] = counting;
      // What is with the bank was right when it was sent; it is put right when the bank has answered.
      if (line && line.state !== 'batched') {
        const payable = line.state === 'open' ? line.payableFen : 0;
        expect({ ...says, payable }).toEqual({ ...says, payable: Math.max(0, lacks) });
      }
      const paid = sum(own.filter(({ state }) => state === 'paid').map(({ payableFen }) => payableFen));
      expect({ ...says, paid }).toEqual({ ...says, paid: sum(account.payments.values()) });
      income += Math.min(account.entitled, had(account));
    }
    const params = { householdNumber: household.number };
    const { totalFen } = await call(who.village, getIncomeStatement, { params });
    expect({ ...params, statement: totalFen, evidence: await heard(household) }).toEqual({
      ...params,
      statement: income,
      evidence: income,
    });
    const { rows } = await call(who.village, listIncomeHouseholds, { query: { search: household.number } });
    expect(rows[0]?.totalFen ?? 0).toBe(income);
  }
}

describe('given random histories of batches, receipts, returns, corrections, moves, claims and set-offs', () => {
  it('when the books are compared, then no fen is lost or doubled anywhere, and every list answers', async () => {
    const reached = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.noBias(fc.nat(1_000_000))), async (numbers) => {
        const set = await historyScene(world, who);
        const pick: Pick = (below) => (numbers.next().value ?? 0) % below;
        const { take, payAll, accepted, lines } = player(set, pick);
        await payAll(2025);
        const taken: string[] = [];
        for (let n = 1; n <= STEPS; n++) {
          taken.push(await take());
          if (n % 10 === 0) {
            await audit(set, lines).catch((error: unknown) => {
              throw new Error(`after ${taken.join(', ')}`, { cause: error });
            });
          }
        }
        for (const [kind, count] of accepted) reached.set(kind, (reached.get(kind) ?? 0) + count);
        for (const declarationId of set.ids.values()) {
          const { rows } = await call(who.finance, listCorrections, { params: { declarationId } });
          expect(rows.every(({ state }) => state !== 'proposed')).toBe(true);
          const [line] = (await call(set.account, listDividendLines, { params: { declarationId }, query: {} })).rows;
          await call(who.finance, getDividendLine, { params: { lineId: line?.id ?? '' } });
        }
      }),
      { numRuns: RUNS, seed: 20_270_301, endOnFailure: true },
    );
    // Every kind of step was taken somewhere.
    expect([...reached.keys()].toSorted()).toEqual([
      'again',
      'batch',
      'cancel',
      'close',
      'collect',
      'confirm',
      'correct',
      'move',
      'receipt',
      'return',
      'reverse',
      'set off',
    ]);
    await call(who.office, listDeclarations, { query: {} });
    await call(who.office, listDividends, { query: {} });
    await call(who.finance, listPaymentBatches, { query: {} });
    for (const as of [who.office, who.finance, who.leader, who.officer]) {
      await call(as, everyService('industry').getHome, {});
      await call(as, everyService('industry').listWork, {});
    }
    expect((await followFigures(world, 'industry', '211382101000')).wrong).toEqual([]);
    const walked = new Set(['listClaims', 'listDividends', 'listPaymentBatches']);
    const without = ALL_OPERATIONS.map(({ id }) => id).filter((id) => !walked.has(id));
    expect(await walkLists('industry', { ...world, without })).toMatchObject({ wrong: [], thin: [] });
  }, 240_000);
});
