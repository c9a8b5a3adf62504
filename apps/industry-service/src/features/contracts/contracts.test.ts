import { call, type Connection } from '@bangfu/contracts/core/client';
import { callJob } from '@bangfu/contracts/core/list-job';
import { everyService } from '@bangfu/contracts/core/every-service';
import {
  draftContract,
  getContract,
  ContractHouseholdsOutcome,
  importContractHouseholds,
  listContractHouseholds,
  listContracts,
  putContractHousehold,
  type ShareContract,
  signContract,
} from '@bangfu/contracts/industry/contracts';
import {
  declareDividend,
  getDeclaration,
  listDeclarations,
  listDividendLines,
} from '@bangfu/contracts/industry/declarations';
import {
  changeEntity,
  type Entity,
  getEntity,
  listEntities,
  registerEntity,
} from '@bangfu/contracts/industry/entities';
import { bringHostile } from '@bangfu/platform/testing/hostile-uploads';
import { type TestService, testService, until } from '@bangfu/platform/testing/test-service';
import { twinsOf } from '@bangfu/platform/testing/twins';
import '@bangfu/testkit/postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildIndustry } from '../../app.ts';
import {
  contractInForce,
  creditCodeOf,
  entityWithAccount,
  FAR_VILLAGE,
  file,
  known,
  knowHouseholds,
  people,
  refusal,
  SECOND_VILLAGE,
  stakeSheet,
  VILLAGE,
} from '../../testing/scene.ts';

const NEAR = [known(1), known(2), known(3, SECOND_VILLAGE)];
const FAR = known(9, FAR_VILLAGE);
const account = (n: number) => `6228000000${String(n).padStart(6, '0')}`;

let world: TestService;
let who: ReturnType<typeof people>;
let own: { entity: Entity; account: Connection };
let other: { entity: Entity; account: Connection };
let draft: ShareContract;

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'industry', buildIndustry);
  who = people(world);
  await knowHouseholds(who.pool, [...NEAR, FAR]);
  world.setNow(new Date('2026-03-02T02:00:00Z'));
  own = await entityWithAccount(world, who.office, '果业合作社');
  other = await entityWithAccount(world, who.office, '药材合作社');
});
afterAll(async () => {
  await who.pool.end();
  await world.stop();
});

const bring = (rows: Parameters<typeof stakeSheet>[0], as = own.account) =>
  callJob(as, importContractHouseholds, ContractHouseholdsOutcome, {
    params: { contractId: draft.id },
    query: { name: '名单.csv' },
    body: file(stakeSheet(rows)),
  });
const list = () => call(own.account, listContractHouseholds, { params: { contractId: draft.id }, query: {} });

describe('given an entity', () => {
  it('when the township registers one, then its villages must be its own and the credit code new', async () => {
    const body = {
      name: '远乡农场',
      creditCode: creditCodeOf(99),
      kind: 'family-farm' as const,
      representativeRole: '场主',
      seatCode: VILLAGE,
      villageCodes: [VILLAGE],
    };
    expect(await refusal(call(who.farOfficer, registerEntity, { body }))).toBe('422 ENTITY_VILLAGE_UNKNOWN');
    expect(await refusal(call(who.officer, registerEntity, { body: { ...body, seatCode: FAR_VILLAGE } }))).toBe(
      '422 ENTITY_SEAT_OUTSIDE',
    );
    expect(
      await refusal(call(who.officer, registerEntity, { body: { ...body, creditCode: own.entity.creditCode } })),
    ).toBe('422 ENTITY_KNOWN');
    for (const name of twinsOf(own.entity.name)) {
      expect(await refusal(call(who.officer, registerEntity, { body: { ...body, name } }))).toBe('422 ENTITY_NAMESAKE');
    }
    const wrong = `${creditCodeOf(99).slice(0, 17)}${creditCodeOf(99).endsWith('1') ? '2' : '1'}`;
    expect(await refusal(call(who.officer, registerEntity, { body: { ...body, creditCode: wrong } }))).toBe(
      '422 CREDIT_CODE_INVALID',
    );
    expect(await refusal(call(own.account, registerEntity, { body }))).toBe('403 NOT_GRANTED');
    expect(await refusal(call(world.anonymous, registerEntity, { body }))).toBe('401 NOT_SIGNED_IN');
    const made = await call(who.officer, registerEntity, { body });
    expect(made).toMatchObject({ townshipName: '乡101', villageNames: ['村201'], version: 1 });
    const change = { params: { entityId: made.id }, body: { version: 1, name: '远乡家庭农场' } };
    expect(await call(who.officer, changeEntity, change)).toMatchObject({ name: '远乡家庭农场', version: 2 });
    expect(await refusal(call(who.officer, changeEntity, change))).toBe('409 CHANGED_MEANWHILE');
  });
});

describe('given a contract’s draft', () => {
  it('when its list has wrong rows, then each is told by row and nothing is taken', async () => {
    draft = await call(own.account, draftContract, {
      body: {
        entityId: own.entity.id,
        number: 'GY-1',
        from: '2025-01-01',
        to: '2027-12-31',
        guaranteedBp: 500,
        profitShareBp: 0,
      },
    });
    expect(draft.findings.map((finding) => finding.code)).toEqual([
      'CONTRACT_WITHOUT_HOUSEHOLDS',
      'CONTRACT_BELOW_GUARANTEE_POLICY',
    ]);
    const outcome = await bring([
      { household: known(1), yuan: '1000', account: account(1) },
      { household: known(2), yuan: '一千', account: account(2) },
      { household: known(3), yuan: '1000', account: '12' },
      { household: known(77), yuan: '1', account: account(4) },
      { household: FAR, yuan: '1', account: account(5) },
      { household: known(1), yuan: '1', account: account(1), name: '李某' },
    ]);
    expect(outcome).toMatchObject({ rows: 6, taken: false });
    expect(outcome.problems.map(({ row, code }) => `${row} ${code}`)).toEqual([
      '3 LIST_STAKE_INVALID',
      '4 LIST_ACCOUNT_INVALID',
      '5 LIST_HOUSEHOLD_UNKNOWN',
      '6 LIST_HOUSEHOLD_OUTSIDE',
      '7 LIST_NAME_DIFFERS',
      '7 LIST_HOUSEHOLD_TWICE',
    ]);
    expect((await list()).total).toBe(0);
    const noHeader = callJob(own.account, importContractHouseholds, ContractHouseholdsOutcome, {
      params: { contractId: draft.id },
      query: { name: 'x.csv' },
      body: file('a,b\n1,2\n'),
    });
    expect(await refusal(noHeader)).toBe('422 LIST_HEADER');
  });

  it('when a list is made to be expensive, then it is refused, and none stays', async () => {
    const params = { contractId: draft.id };
    const bringFile = (body: Buffer, name: string) =>
      callJob(own.account, importContractHouseholds, ContractHouseholdsOutcome, { params, query: { name }, body });
    expect(await bringHostile(world, bringFile)).toEqual([]);
  }, 60_000);

  it('when its list is cancelled while it is read, then nothing of it is taken, and the file goes', async () => {
    const { getJob, cancelJob } = everyService('industry');
    const stored = await world.storedFiles();
    const rows = Array.from({ length: 150_000 }, (_, at) => `${at},某某,1000,农商行,${account(at)}`);
    const { jobId } = await call(own.account, importContractHouseholds, {
      params: { contractId: draft.id },
      query: { name: '大名单.csv' },
      body: file(`户编号,姓名,入股金额(元),开户行,账号\n${rows.join('\n')}\n`),
    });
    const params = { jobId };
    const job = () => call(own.account, getJob, { params });
    await until('it is being read', async () => (await job()).stage === 'reading');
    await call(own.account, cancelJob, { params, body: {} });
    await until('it has ended', async () => (await job()).endedAt !== null);
    // The reading ended, not what comes after it.
    expect(await job()).toMatchObject({ state: 'cancelled', stage: 'reading' });
    expect((await list()).total).toBe(0);
    expect(await world.storedFiles()).toBe(stored);
  });

  it('when the right list is brought, by file and by hand, then accounts are sealed and only their tail is shown', async () => {
    const rows = [
      { household: known(1), yuan: '1,000.50', account: account(1) },
      { household: known(2), yuan: '2000', account: account(2) },
    ];
    expect(await bring(rows)).toMatchObject({ taken: true, contract: { households: 2, stakeFen: 300_050 } });
    expect(await bring(rows)).toMatchObject({ taken: true, contract: { households: 2, stakeFen: 300_050 } });
    const entry = { householdNumber: known(3).number, stakeFen: 5, bankName: '邮储银行', account: account(2) };
    const put = (body: typeof entry) =>
      call(own.account, putContractHousehold, { params: { contractId: draft.id }, body });
    expect(await refusal(put(entry))).toBe('422 LIST_ACCOUNT_TWICE');
    expect(await put({ ...entry, account: account(3) })).toMatchObject({ villageName: '村202', accountTail: '0003' });
    expect((await list()).rows.map((row) => row.accountTail)).toEqual(['0001', '0002', '0003']);
    const { rows: kept } = await who.pool.query<{ text: string }>(
      'SELECT row_to_json(m)::text AS text FROM contract_household m',
    );
    expect(kept.some(({ text }) => text.includes(account(1)))).toBe(false);
    const { rows: traces } = await who.pool.query<{ text: string }>(
      `SELECT change::text AS text FROM platform.audit_entry UNION ALL SELECT answer::text FROM platform.idempotency_key`,
    );
    expect(traces.some(({ text }) => text?.includes(account(3)))).toBe(false);
  });

  it('when it is below the policy or signed by its drafter, then it does not come in force', async () => {
    const params = { contractId: draft.id };
    const { version } = await call(own.account, getContract, { params });
    const sign = { params, body: { version, signedOn: '2025-01-05' } };
    expect(await refusal(call(own.account, signContract, sign))).toBe('403 NOT_GRANTED');
    expect(await refusal(call(who.officer, signContract, sign))).toBe('422 CONTRACT_BELOW_GUARANTEE_POLICY');
    expect(await refusal(call(who.farOfficer, signContract, sign))).toBe('404 NOT_FOUND');
    expect(
      await refusal(
        call(own.account, declareDividend, { body: { contractId: draft.id, year: 2025, distributableFen: 0 } }),
      ),
    ).toBe('422 CONTRACT_NOT_IN_FORCE');
  });
});

describe('given two entities', () => {
  let contract: ShareContract;
  beforeAll(async () => {
    const rows = NEAR.map((household, i) => ({ household, yuan: '100', account: account(20 + i) }));
    contract = await contractInForce({ ...own, officer: who.officer }, rows, {
      number: 'GY-2',
      guaranteedBp: 600,
      profitShareBp: 0,
    });
    await call(own.account, declareDividend, { body: { contractId: contract.id, year: 2025, distributableFen: 0 } });
  });

  it('when one looks for the other’s records, then there are none, and counts say nothing either', async () => {
    const [mine] = (await call(own.account, listDeclarations, { query: {} })).rows;
    const declarationId = mine?.id ?? '';
    expect(await refusal(call(other.account, getEntity, { params: { entityId: own.entity.id } }))).toBe(
      '404 NOT_FOUND',
    );
    expect(await refusal(call(other.account, getContract, { params: { contractId: contract.id } }))).toBe(
      '404 NOT_FOUND',
    );
    expect(
      await refusal(call(other.account, listContractHouseholds, { params: { contractId: contract.id }, query: {} })),
    ).toBe('404 NOT_FOUND');
    expect(await refusal(call(other.account, getDeclaration, { params: { declarationId } }))).toBe('404 NOT_FOUND');
    expect(await refusal(call(other.account, listDividendLines, { params: { declarationId }, query: {} }))).toBe(
      '404 NOT_FOUND',
    );
    expect(
      await refusal(
        call(other.account, declareDividend, { body: { contractId: contract.id, year: 2026, distributableFen: 0 } }),
      ),
    ).toBe('404 NOT_FOUND');
    expect((await call(other.account, listContracts, { query: {} })).total).toBe(0);
    expect((await call(other.account, listDeclarations, { query: {} })).total).toBe(0);
    expect((await call(other.account, listEntities, { query: {} })).rows.map((row) => row.id)).toEqual([
      other.entity.id,
    ]);
  });

  it('when a village’s officer looks, then he sees the contract and his own village’s households only', async () => {
    const households = await call(who.village, listContractHouseholds, {
      params: { contractId: contract.id },
      query: {},
    });
    expect(households.rows.map((row) => row.villageCode)).toEqual([VILLAGE, VILLAGE]);
    expect(households.total).toBe(2);
    expect((await call(who.farOfficer, listContracts, { query: {} })).total).toBe(0);
    expect((await call(who.auditor, listContracts, { query: {} })).total).toBe(2);
  });

  it('when a year is declared too late, then its entity has it as work and the figures say so; who only reads has none', async () => {
    const { getHome, listWork, getDossier } = everyService('industry');
    world.setNow(new Date('2026-04-02T02:00:00Z'));
    const work = await call(who.officer, listWork);
    expect(work).toEqual({ items: [], total: 0 });
    expect((await call(own.account, listWork)).items).toMatchObject([
      { kind: 'dividend-to-submit', due: '2026-03-01', overdue: true },
    ]);
    expect((await call(other.account, listWork)).total).toBe(0);
    const { figures } = await call(who.leader, getHome);
    expect(Object.fromEntries(figures.map((figure) => [figure.key, figure.value]))).toMatchObject({
      contractsInForce: 1,
      shareHouseholds: 3,
      dividendLate: 1,
      dividendOpen: 0,
    });
    const dossier = await call(who.village, getDossier, { params: { householdNumber: known(1).number } });
    expect(dossier.sections[0]?.table?.rows[0]).toContain('GY-2');
    expect(await refusal(call(who.farOfficer, getDossier, { params: { householdNumber: known(1).number } }))).toBe(
      '404 NOT_FOUND',
    );
  });
});
