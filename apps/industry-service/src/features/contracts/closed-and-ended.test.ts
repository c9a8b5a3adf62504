import { call, type Connection } from '@bangfu/contracts/core/client';
import { callJob } from '@bangfu/contracts/core/list-job';
import { everyService } from '@bangfu/contracts/core/every-service';
import { decideContractEnd, listContractEnds, requestContractEnd } from '@bangfu/contracts/industry/contract-ends';
import {
  changeContract,
  discardContract,
  draftContract,
  getContract,
  ContractHouseholdsOutcome,
  importContractHouseholds,
  listContractHouseholds,
  listContracts,
  putContractHousehold,
  signContract,
} from '@bangfu/contracts/industry/contracts';
import {
  closeDeclaration,
  declareDividend,
  discardDeclaration,
  getDeclaration,
  listDividendLines,
  listDividendYears,
  redraftDeclaration,
  submitDeclaration,
} from '@bangfu/contracts/industry/declarations';
import { changeEntity, type Entity, getEntity } from '@bangfu/contracts/industry/entities';
import { type TestService, testService } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildIndustry } from '../../app.ts';
import {
  bringReceipt,
  contractInForce,
  entityWithAccount,
  file,
  known,
  knowHouseholds,
  makeBatch,
  noticedDividend,
  people,
  refusal,
  stakeSheet,
  VILLAGE,
} from '../../testing/scene.ts';

const HOUSEHOLDS = [known(1), known(2)];

let world: TestService;
let who: ReturnType<typeof people>;
let made = 0;

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'industry', buildIndustry);
  who = people(world);
  await knowHouseholds(who.pool, HOUSEHOLDS);
});
afterAll(async () => {
  await who.pool.end();
  await world.stop();
});

const on = (day: string) => world.setNow(new Date(`${day}T02:00:00Z`));
const close = async ({ id }: Entity) => {
  const { version } = await call(who.office, getEntity, { params: { entityId: id } });
  return refusal(call(who.office, changeEntity, { params: { entityId: id }, body: { version, state: 'closed' } }));
};
const rows = HOUSEHOLDS.map((household, i) => ({ household, yuan: '1000', account: `6217000000000${100 + i}` }));
async function inForce(days: { from?: string; to?: string } = {}) {
  made += 1;
  const own = await entityWithAccount(world, who.office, `主体${made}`, [VILLAGE]);
  const terms = { number: `HT-${made}`, guaranteedBp: 600, profitShareBp: 0, ...days };
  return { ...own, contract: await contractInForce({ ...own, officer: who.officer }, rows, terms) };
}

describe('given an entity that is to be closed', () => {
  it('when it has drafts, contracts that run, declarations or undeclared years, then it is refused by their names', async () => {
    on('2026-01-10');
    const { entity, account, contract } = await inForce({ to: '2026-06-30' });
    const draft = await call(account, draftContract, {
      body: {
        entityId: entity.id,
        number: '草-1',
        from: '2026-01-01',
        to: '2026-12-31',
        guaranteedBp: 600,
        profitShareBp: 0,
      },
    });
    expect(await close(entity)).toBe('422 ENTITY_HAS_CONTRACTS');
    on('2026-07-10');
    expect(await close(entity)).toBe('422 ENTITY_HAS_DRAFTS');
    await call(account, discardContract, { params: { contractId: draft.id } });
    expect(await close(entity)).toBe('422 ENTITY_OWES_YEARS');
    const declarations = [];
    for (const year of [2025, 2026]) {
      const body = { contractId: contract.id, year, distributableFen: 0 };
      declarations.push(await call(account, declareDividend, { body }));
    }
    expect(await close(entity)).toBe('422 ENTITY_HAS_DECLARATIONS');
    await who.pool.query(`UPDATE declaration SET status = 'closed' WHERE id = $1`, [declarations[0]?.id]);
    const params = { declarationId: declarations[1]?.id ?? '' };
    expect(await close(entity)).toBe('422 ENTITY_HAS_DECLARATIONS');
    await call(account, discardDeclaration, { params, body: { version: declarations[1]?.version ?? 1 } });
    expect(await close(entity)).toBe('422 ENTITY_OWES_YEARS');
    await who.pool.query(`UPDATE declaration SET status = 'closed', live = true WHERE id = $1`, [params.declarationId]);
    expect(await close(entity)).toBe('not refused');
  });

  it('when it is closed, then no contract, list or declaration of it is begun or changed', async () => {
    on('2026-01-10');
    const { entity, account, contract } = await inForce({ to: '2025-12-31' });
    const body = {
      entityId: entity.id,
      number: '草-2',
      from: '2026-01-01',
      to: '2026-12-31',
      guaranteedBp: 600,
      profitShareBp: 0,
    };
    const draft = await call(account, draftContract, { body });
    const declaration = await call(account, declareDividend, {
      body: { contractId: contract.id, year: 2025, distributableFen: 0 },
    });
    // As one that was closed before the rule.
    await who.pool.query(`UPDATE entity SET state = 'closed' WHERE id = $1`, [entity.id]);
    const params = { contractId: draft.id };
    const one = { householdNumber: known(1).number, stakeFen: 100, bankName: '农商行', account: '62170000000001' };
    const declared = { params: { declarationId: declaration.id } };
    const { version } = declaration;
    const tries = {
      draft: () => call(account, draftContract, { body: { ...body, number: '草-3' } }),
      change: () => call(account, changeContract, { params, body: { version: draft.version, guaranteedBp: 700 } }),
      put: () => call(account, putContractHousehold, { params, body: one }),
      bring: () =>
        callJob(account, importContractHouseholds, ContractHouseholdsOutcome, {
          params,
          query: { name: '名单.csv' },
          body: file(stakeSheet(rows)),
        }),
      sign: () => call(who.officer, signContract, { params, body: { version: draft.version, signedOn: '2026-01-05' } }),
      declare: () =>
        call(account, declareDividend, { body: { contractId: contract.id, year: 2025, distributableFen: 0 } }),
      redraft: () => call(account, redraftDeclaration, { ...declared, body: { version, distributableFen: 1 } }),
      submit: () => call(account, submitDeclaration, { ...declared, body: { version } }),
    };
    for (const [name, work] of Object.entries(tries)) {
      expect([name, await refusal(work())]).toEqual([name, '422 ENTITY_CLOSED']);
    }
    // What the pages offer says the same.
    const { steps } = await call(account, getContract, { params });
    expect(steps.filter(({ open }) => open).map(({ step }) => step)).toEqual(['discard']);
    const offered = (await call(account, getDeclaration, declared)).steps;
    expect(offered.filter(({ open }) => open).map(({ step }) => step)).toEqual(['discard']);
    const { rows: years } = await call(account, listDividendYears, { params: { contractId: contract.id } });
    expect(years.map(({ open, reason }) => [open, reason?.code])).toEqual([[false, 'ENTITY_CLOSED']]);
  });
});

describe('given the days of a contract', () => {
  it('when they cannot be meant, then they are refused; a signing far from them is asked for', async () => {
    on('2026-01-10');
    const own = await entityWithAccount(world, who.office, '期限合作社', [VILLAGE]);
    const draft = (from: string, to: string) => {
      made += 1;
      const terms = { guaranteedBp: 600, profitShareBp: 0 };
      return call(own.account, draftContract, {
        body: { entityId: own.entity.id, number: `期-${made}`, from, to, ...terms },
      });
    };
    for (const [from, to, code] of [
      ['2026-01-02', '2026-01-01', '422 CONTRACT_PERIOD_INVALID'],
      ['1999-12-31', '2026-01-01', '422 CONTRACT_TOO_EARLY'],
      ['2026-01-01', '2056-01-01', '422 CONTRACT_TOO_LONG'],
      ['1026-01-01', '2026-12-31', '400 INVALID_INPUT'],
    ] as const) {
      expect([from, to, await refusal(draft(from, to))]).toEqual([from, to, code]);
    }
    await draft('2026-01-01', '2055-12-31');
    const made30 = await draft('2026-01-01', '2026-12-31');
    const params = { contractId: made30.id };
    const change = (body: object) =>
      refusal(call(own.account, changeContract, { params, body: { version: made30.version, ...body } }));
    expect(await change({ to: '2206-12-31' })).toMatch(/^400/);
    expect(await change({ to: '2096-12-31' })).toBe('422 CONTRACT_TOO_LONG');
    expect(await change({ from: '2027-01-01' })).toBe('422 CONTRACT_PERIOD_INVALID');
    const brought = await callJob(own.account, importContractHouseholds, ContractHouseholdsOutcome, {
      params,
      query: { name: '名单.csv' },
      body: file(stakeSheet(rows)),
    });
    const sign = (signedOn: string, sureOfDays = false) =>
      refusal(
        call(who.officer, signContract, { params, body: { version: brought.contract.version, signedOn, sureOfDays } }),
      );
    expect(await sign('2026-01-11')).toBe('422 CONTRACT_SIGNED_LATER');
    expect(await sign('1999-01-01', true)).toBe('422 DAY_TOO_EARLY');
    expect(await sign('2016-01-05')).toBe('422 DAY_UNUSUAL');
    expect(await sign('2016-01-05', true)).toBe('not refused');
  });
});

describe('given a contract in force with a slip in it', () => {
  const decide = (at: Connection, endId: string, approved = true) =>
    call(at, decideContractEnd, { params: { endId }, body: { approved } });

  it('when it is ended by two persons, then its dividend runs to that day, and it is in force no more', async () => {
    on('2026-03-10');
    const { entity, account, contract } = await inForce({ from: '2025-01-01', to: '2035-12-31' });
    const params = { contractId: contract.id };
    const ask = (day: string) =>
      call(account, requestContractEnd, { params, body: { day, reason: '终止日期录入有误' } });
    expect(await refusal(ask('2024-12-30'))).toBe('422 CONTRACT_END_DAY');
    expect(await refusal(ask('2035-12-31'))).toBe('422 CONTRACT_END_DAY');
    const end = await ask('2025-06-30');
    expect(await refusal(ask('2025-07-31'))).toBe('422 CONTRACT_END_OPEN');
    const both = world.as(
      `both-主体${made}`,
      { role: 'entity', scope: { kind: 'entity', id: entity.id } },
      { role: 'township-officer', scope: { kind: 'region', code: '211382101000' } },
    );
    expect(await refusal(decide(both, end.id))).toBe('422 CONTRACT_END_SAME_PERSON');
    expect((await call(who.officer, everyService('industry').listWork)).items.map(({ kind }) => kind)).toContain(
      'contract-end-to-decide',
    );
    const inForceToday = async () =>
      (await call(who.office, listContracts, { query: { state: 'in-force', entityId: entity.id } })).total;
    expect(await inForceToday()).toBe(1);
    expect(await decide(who.officer, end.id)).toMatchObject({ state: 'approved', decidedBy: 'officer' });
    expect(await refusal(decide(who.office, end.id))).toBe('422 CONTRACT_END_DECIDED');
    expect(await inForceToday()).toBe(0);
    expect(await call(who.office, getContract, { params })).toMatchObject({ state: 'ended', to: '2025-06-30' });
    // What was agreed at first stays stored.
    const { rows: stored } = await who.pool.query<{ agreed: string }>(
      'SELECT period_to::text AS agreed FROM contract WHERE id = $1',
      [contract.id],
    );
    expect(stored).toEqual([{ agreed: '2035-12-31' }]);
    const body = { contractId: contract.id, year: 2025, distributableFen: 0 };
    // 1 000 yuan × 6 % × 181 of 365 days each.
    expect(await call(account, declareDividend, { body })).toMatchObject({ to: '2025-06-30', totalFen: 5951 });
    const { rows: ends } = await call(who.auditor, listContractEnds, { params });
    expect(ends.map(({ state, day }) => [state, day])).toEqual([['approved', '2025-06-30']]);
  });

  it('when a household leaves, then only its own days end; what is declared is not touched', async () => {
    on('2026-03-10');
    const { account, contract } = await inForce({ from: '2024-01-01', to: '2026-12-31' });
    const params = { contractId: contract.id };
    const body = { contractId: contract.id, year: 2024, distributableFen: 0 };
    await call(account, declareDividend, { body });
    const householdId = known(1).id;
    const ask = (day: string) =>
      call(account, requestContractEnd, { params, body: { householdId, day, reason: '农户退股' } });
    expect(await refusal(ask('2024-06-30'))).toBe('422 CONTRACT_END_DECLARED');
    await decide(who.office, (await ask('2025-03-31')).id);
    const list = await call(account, listContractHouseholds, { params, query: {} });
    expect(list.rows.map(({ to }) => to)).toEqual(['2025-03-31', '2026-12-31']);
    const declared = await call(account, declareDividend, { body: { ...body, year: 2025 } });
    const lines = await call(account, listDividendLines, { params: { declarationId: declared.id }, query: {} });
    // 60 yuan × 90 of 365 days, and the whole.
    expect(lines.rows.map(({ amountFen }) => amountFen)).toEqual([1479, 6000]);
  });

  it('when it never should have been, then it ends on the day before its first and owes nothing', async () => {
    on('2026-03-10');
    const { entity, account, contract } = await inForce({ from: '2025-01-01', to: '2025-12-31' });
    const params = { contractId: contract.id };
    const end = await call(account, requestContractEnd, {
      params,
      body: { day: '2024-12-31', reason: '重复录入的合同' },
    });
    await decide(who.office, end.id);
    expect((await call(account, listDividendYears, { params })).rows).toEqual([]);
    expect(await close(entity)).toBe('not refused');
  });
});

describe('given a paid and closed dividend', () => {
  it('when the contract is over, then its entity can be closed', async () => {
    on('2026-02-02');
    const scene = await noticedDividend(world, who, { name: '办结合作社', households: HOUSEHOLDS });
    const params = { declarationId: scene.declaration.id };
    const batch = await makeBatch(who.finance, scene.declaration.id);
    const { rows: lines } = await call(scene.account, listDividendLines, { params, query: {} });
    const paid = lines.map((line, n) => `${line.id},60.00,成功,R${n},`);
    await bringReceipt(who.finance, batch.id, paid);
    const { version } = await call(who.finance, getDeclaration, { params });
    await call(who.finance, closeDeclaration, { params, body: { version } });
    expect(await close(scene.entity)).toBe('422 ENTITY_HAS_CONTRACTS');
    const ask = { params: { contractId: scene.contract.id }, body: { day: '2025-12-31', reason: '合作社解散' } };
    const end = await call(who.officer, requestContractEnd, ask);
    await decideBy(who.office, end.id);
    expect(await close(scene.entity)).toBe('not refused');
  });
});

const decideBy = (at: Connection, endId: string) =>
  call(at, decideContractEnd, { params: { endId }, body: { approved: true } });
