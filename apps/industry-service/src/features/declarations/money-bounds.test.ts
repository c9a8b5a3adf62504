import { call, type Connection } from '@bangfu/contracts/core/client';
import { callJob } from '@bangfu/contracts/core/list-job';
import {
  draftContract,
  ContractHouseholdsOutcome,
  importContractHouseholds,
  listContracts,
  putContractHousehold,
  signContract,
} from '@bangfu/contracts/industry/contracts';
import {
  checkDeclaration,
  closeDeclaration,
  declareDividend,
  getDeclaration,
  listDeclarations,
  redraftDeclaration,
  submitDeclaration,
} from '@bangfu/contracts/industry/declarations';
import type { Entity } from '@bangfu/contracts/industry/entities';
import { MOST_FOR_A_CONTRACT, MOST_FOR_A_HOUSEHOLD } from '@bangfu/domain/shared/bounds';
import { type TestService, testService } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildIndustry } from '../../app.ts';
import {
  closeAll,
  contractInForce,
  COUNTY,
  entityWithAccount,
  file,
  known,
  knowHouseholds,
  people,
  postAll,
  refusal,
  VILLAGE,
} from '../../testing/scene.ts';

/** One more household than may each have the largest stake. */
const MANY = MOST_FOR_A_CONTRACT / MOST_FOR_A_HOUSEHOLD + 1;
const LARGEST_YUAN = String(MOST_FOR_A_HOUSEHOLD / 100);

let world: TestService;
let who: ReturnType<typeof people>;
let entity: Entity;
let cooperative: Connection;
let contracts = 0;

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'industry', buildIndustry);
  who = people(world);
  await knowHouseholds(
    who.pool,
    Array.from({ length: MANY }, (_, n) => known(n + 1)),
  );
  world.setNow(new Date('2026-02-02T02:00:00Z'));
  const registered = await entityWithAccount(world, who.office, '花菇合作社', [VILLAGE]);
  entity = registered.entity;
  cooperative = registered.account;
});
afterAll(async () => {
  await who.pool.end();
  await world.stop();
});

const draft = (terms: { guaranteedBp?: number; profitShareBp?: number } = {}) => {
  contracts += 1;
  const { guaranteedBp = 600, profitShareBp = 10_000 } = terms;
  const days = { from: '2025-01-01', to: '2027-12-31' };
  const body = { entityId: entity.id, number: `HT-${contracts}`, ...days, guaranteedBp, profitShareBp };
  return call(cooperative, draftContract, { body });
};
const bring = (contractId: string, yuan: readonly string[]) => {
  const rows = yuan.map(
    (each, n) => `${known(n + 1).number},${known(n + 1).head},${each},农商行,62${String(n).padStart(12, '0')}`,
  );
  return callJob(cooperative, importContractHouseholds, ContractHouseholdsOutcome, {
    params: { contractId },
    query: { name: '名单.csv' },
    body: file(`户编号,姓名,入股金额(元),开户行,账号\n${rows.join('\n')}\n`),
  });
};
const inForce = (terms: { guaranteedBp: number; profitShareBp: number }, yuan = '1000') => {
  contracts += 1;
  const rows = [{ household: known(1), yuan, account: '62170000000001' }];
  return contractInForce({ account: cooperative, officer: who.officer, entity }, rows, {
    number: `HT-${contracts}`,
    ...terms,
  });
};

describe('given stakes beyond what a stake, a contract or a county can have', () => {
  it('when they are entered, then field or row is named, nothing is kept, and the list answers', async () => {
    const { id } = await draft();
    const params = { contractId: id };
    const given = { householdNumber: known(1).number, bankName: '农商行', account: '62170000000001' };
    for (const stakeFen of [MOST_FOR_A_HOUSEHOLD + 1, 30_000_000_000_000, Number.MAX_SAFE_INTEGER]) {
      expect(await refusal(call(cooperative, putContractHousehold, { params, body: { ...given, stakeFen } }))).toMatch(
        /^400 /,
      );
    }
    for (const yuan of ['10000000.01', '300000000000', '90071992547409.91', '9007199254740993', '1'.repeat(40)]) {
      const { taken, problems } = await bring(id, ['1000', yuan]);
      expect([taken, problems[0]?.row, problems[0]?.column]).toEqual([false, 3, '入股金额(元)']);
    }
    expect((await call(who.office, listContracts, { query: {} })).rows).toMatchObject([{ households: 0, stakeFen: 0 }]);
  });

  it('when a list comes to more than a contract can have, then the row is named at which it does', async () => {
    const { id } = await draft();
    const { taken, problems } = await bring(
      id,
      Array.from({ length: MANY }, () => LARGEST_YUAN),
    );
    expect([taken, problems]).toMatchObject([false, [{ row: MANY + 1, code: 'STAKES_TOO_LARGE' }]]);
    expect(
      (
        await bring(
          id,
          Array.from({ length: MANY - 1 }, () => LARGEST_YUAN),
        )
      ).taken,
    ).toBe(true);
    // One more by hand is one too many.
    const body = { householdNumber: known(MANY).number, bankName: '农商行', account: '62179999999999', stakeFen: 1 };
    expect(await refusal(call(cooperative, putContractHousehold, { params: { contractId: id }, body }))).toBe(
      '422 SUM_TOO_LARGE',
    );
  });

  it('when all contracts of the county come to more than a county can have, then none takes another stake', async () => {
    const mine = await draft();
    await bring(mine.id, ['1000']);
    await who.pool.query(
      `INSERT INTO contract (id, county_code, entity_id, number, guaranteed_bp, profit_share_bp, period_from, period_to,
         stake_fen, drafted_by_id)
       SELECT gen_random_uuid(), $1, $2::uuid, 'X-' || n, 600, 0, '2025-01-01', '2027-12-31', $3::bigint, 'x'
       FROM generate_series(1, 1000) n`,
      [COUNTY, entity.id, String(MOST_FOR_A_CONTRACT)],
    );
    const params = { contractId: mine.id };
    const body = { householdNumber: known(2).number, bankName: '农商行', account: '62170000000002', stakeFen: 100 };
    expect(await refusal(call(cooperative, putContractHousehold, { params, body }))).toBe('422 SUM_TOO_LARGE');
    const sign = { version: 2, signedOn: '2025-01-05' };
    expect(await refusal(call(who.officer, signContract, { params, body: sign }))).toBe('422 SUM_TOO_LARGE');
    await who.pool.query(`DELETE FROM contract WHERE number LIKE 'X-%'`);
    await call(cooperative, putContractHousehold, { params, body });
  });
});

describe('given profits and what they come to', () => {
  it('when a line would be more than a household can get, then it is refused by its number and no draft is kept', async () => {
    const contract = await inForce({ guaranteedBp: 600, profitShareBp: 10_000 });
    const declare = (distributableFen: number) =>
      call(cooperative, declareDividend, { body: { contractId: contract.id, year: 2025, distributableFen } });
    expect(await refusal(declare(Number.MAX_SAFE_INTEGER))).toMatch(/^400 /);
    expect(await refusal(declare(MOST_FOR_A_CONTRACT))).toBe('422 DIVIDEND_LINE_TOO_LARGE');
    expect((await call(cooperative, listDeclarations, { query: {} })).total).toBe(0);
    const draft = await declare(1000);
    const params = { declarationId: draft.id };
    const redraft = { version: draft.version, distributableFen: MOST_FOR_A_HOUSEHOLD };
    expect(await refusal(call(cooperative, redraftDeclaration, { params, body: redraft }))).toBe(
      '422 DIVIDEND_LINE_TOO_LARGE',
    );
    expect(await call(cooperative, getDeclaration, { params })).toMatchObject({ totalFen: draft.totalFen, lines: 1 });
  });

  it('when a stake from before is beyond all bounds, then declaring on it is refused in words', async () => {
    const contract = await inForce({ guaranteedBp: 600, profitShareBp: 0 });
    for (const stake of ['30000000000000', '9007199254740991', '9223372036854775807']) {
      await who.pool.query('UPDATE contract_household SET stake_fen = $2 WHERE contract_id = $1', [contract.id, stake]);
      const body = { contractId: contract.id, year: 2025, distributableFen: 0 };
      expect(await refusal(call(cooperative, declareDividend, { body }))).toBe('422 DIVIDEND_STAKE_INVALID');
    }
  });
});

describe('given a dividend that comes to nothing', () => {
  it('when it is declared, or a draft is changed to it, then it is refused at once', async () => {
    const contract = await inForce({ guaranteedBp: 0, profitShareBp: 3000 });
    const body = { contractId: contract.id, year: 2025, distributableFen: 0 };
    expect(await refusal(call(cooperative, declareDividend, { body }))).toBe('422 DIVIDEND_ZERO');
    const draft = await call(cooperative, declareDividend, { body: { ...body, distributableFen: 1000 } });
    const params = { declarationId: draft.id };
    const nothing = { version: draft.version, distributableFen: 1 };
    expect(await refusal(call(cooperative, redraftDeclaration, { params, body: nothing }))).toBe('422 DIVIDEND_ZERO');
  });

  it('when one is stored from before, then a draft cannot be submitted, and one on its way can be closed', async () => {
    const contract = await inForce({ guaranteedBp: 600, profitShareBp: 0 });
    const body = { contractId: contract.id, year: 2025, distributableFen: 0 };
    const draft = await call(cooperative, declareDividend, { body });
    const params = { declarationId: draft.id };
    const empty = async () => {
      await who.pool.query('UPDATE declaration SET base_fen = 0, total_fen = 0 WHERE id = $1', [draft.id]);
      await who.pool.query(
        `UPDATE dividend_line SET base_fen = 0, amount_fen = 0, guaranteed_fen = 0, payable_fen = 0, state = 'void'
         WHERE declaration_id = $1`,
        [draft.id],
      );
    };
    await empty();
    expect(await refusal(call(cooperative, submitDeclaration, { params, body: { version: draft.version } }))).toBe(
      '422 DIVIDEND_ZERO',
    );
    const whole = { version: draft.version, distributableFen: 0 };
    const again = await call(cooperative, redraftDeclaration, { params, body: whole });
    const submitted = await call(cooperative, submitDeclaration, { params, body: { version: again.version } });
    await empty();
    const passed = { version: submitted.version, passed: true };
    await call(who.officer, checkDeclaration, { params, body: passed });
    await postAll(who.village, draft.id);
    await closeAll(world, who.village, draft.id);
    const noticed = await call(who.finance, getDeclaration, { params });
    expect(noticed).toMatchObject({ status: 'noticed', next: { step: 'close', missing: [] } });
    expect(await call(who.finance, closeDeclaration, { params, body: { version: noticed.version } })).toMatchObject({
      status: 'closed',
    });
  });
});
