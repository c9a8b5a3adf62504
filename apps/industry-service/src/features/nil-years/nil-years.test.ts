import { call, type Connection } from '@bangfu/contracts/core/client';
import { everyService } from '@bangfu/contracts/core/every-service';
import { requestContractEnd } from '@bangfu/contracts/industry/contract-ends';
import type { ShareContract } from '@bangfu/contracts/industry/contracts';
import { declareDividend, discardDeclaration, listDividendYears } from '@bangfu/contracts/industry/declarations';
import { listLateDividends } from '@bangfu/contracts/industry/dividends';
import { changeEntity, getEntity } from '@bangfu/contracts/industry/entities';
import { decideNilYear, declareNilYear, withdrawNilYear } from '@bangfu/contracts/industry/nil-years';
import { grant, type TestService, testService } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildIndustry } from '../../app.ts';
import {
  contractInForce,
  entityGrant,
  entityWithAccount,
  known,
  knowHouseholds,
  people,
  readersOf,
  refusal,
  TOWNSHIP,
  VILLAGE,
} from '../../testing/scene.ts';

let world: TestService;
let who: ReturnType<typeof people>;
let made = 0;

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'industry', buildIndustry);
  who = people(world);
  await knowHouseholds(who.pool, [known(1)]);
});
afterAll(async () => {
  await who.pool.end();
  await world.stop();
});

const on = (day: string) => world.setNow(new Date(`${day}T02:00:00Z`));
const REASON = '受灾减产，本年度亏损';

async function inForce(guaranteedBp: number, days: { from?: string; to?: string } = {}) {
  made += 1;
  const own = await entityWithAccount(world, who.office, `主体${made}`, [VILLAGE]);
  const rows = [{ household: known(1), yuan: '1000', account: '6217000000000100' }];
  const terms = { number: `HT-${made}`, guaranteedBp, profitShareBp: 4000, ...days };
  return { ...own, contract: await contractInForce({ ...own, officer: who.officer }, rows, terms) };
}
const declareNil = (at: Connection, { id }: ShareContract, year: number) =>
  call(at, declareNilYear, { params: { contractId: id }, body: { year, reason: REASON } });
const decide = (at: Connection, nilId: string, confirmed = true, reason = '') =>
  call(at, decideNilYear, { params: { nilId }, body: { confirmed, reason } });
const yearsOf = async (at: Connection, { id }: ShareContract) =>
  (await call(at, listDividendYears, { params: { contractId: id } })).rows;
const lateOf = async (number: string) =>
  (await call(who.office, listLateDividends, { query: { limit: 500 } })).rows
    .filter(({ contractNumber }) => contractNumber === number)
    .map(({ code, year }) => `${code} ${year}`);
const workOf = async (at: Connection) =>
  (await call(at, everyService('industry').listWork)).items.map(({ kind, due }) => `${kind} ${due}`);
const close = async (entityId: string) => {
  const { version } = await call(who.office, getEntity, { params: { entityId } });
  return refusal(call(who.office, changeEntity, { params: { entityId }, body: { version, state: 'closed' } }));
};

describe('given a contract that pays only a part of the profit, in a year of loss', () => {
  it('when the entity says so and the township confirms, then the year is declared everywhere', async () => {
    on('2026-03-10');
    const { entity, account, contract } = await inForce(0, { from: '2025-01-01', to: '2025-12-31' });
    const dividend = { body: { contractId: contract.id, year: 2025, distributableFen: 0 } };
    expect(await refusal(call(account, declareDividend, dividend))).toBe('422 DIVIDEND_ZERO');
    expect(await lateOf(contract.number)).toEqual(['DECLARATION_OVERDUE 2025']);
    expect(await close(entity.id)).toBe('422 ENTITY_OWES_YEARS');

    const nil = await call(account, declareNilYear, {
      params: { contractId: contract.id },
      body: { year: 2025, reason: REASON, documentNumber: '凌财报〔2026〕3号' },
    });
    expect(nil).toMatchObject({ state: 'proposed', from: '2025-01-01', to: '2025-12-31', decidedBy: null });
    // It is the township's turn: no alarm to the entity, and none to the township within its days.
    expect(await lateOf(contract.number)).toEqual([]);
    expect(await workOf(account)).toEqual([]);
    expect(await workOf(who.officer)).toContain('nil-year-to-decide 2026-03-17');
    expect(await close(entity.id)).toBe('422 ENTITY_HAS_DECLARATIONS');
    const profit = { body: { ...dividend.body, distributableFen: 100_000 } };
    expect(await refusal(call(account, declareDividend, profit))).toBe('422 DECLARATION_NIL');
    on('2026-03-18');
    expect(await lateOf(contract.number)).toEqual(['CHECK_OVERDUE 2025']);

    const turned = world.as(`turned-${entity.id}`, entityGrant(entity.id), grant('township-officer', TOWNSHIP));
    expect(await refusal(decide(turned, nil.id))).toBe('422 NIL_SAME_PERSON');
    expect(await refusal(decide(who.farOfficer, nil.id))).toMatch(/^404/);
    expect(await decide(who.officer, nil.id)).toMatchObject({ state: 'confirmed', decidedBy: 'officer' });
    expect(await refusal(decide(who.secondOfficer, nil.id))).toBe('422 NIL_DECIDED');
    expect(await refusal(call(account, withdrawNilYear, { params: { nilId: nil.id } }))).toBe('422 NIL_DECIDED');

    const [year] = await yearsOf(account, contract);
    expect(year).toMatchObject({ open: false, reason: { code: 'DECLARATION_NIL' }, declarationId: null });
    expect(await lateOf(contract.number)).toEqual([]);
    expect(await workOf(account)).toEqual([]);
    expect(await workOf(who.officer)).not.toContain('nil-year-to-decide 2026-03-17');
    expect(await close(entity.id)).toBe('not refused');
    const { rows: audit } = await who.pool.query<{ action: string }>(
      `SELECT action FROM platform.audit_entry WHERE record_id = $1 AND action LIKE 'industry.nil-year.%' ORDER BY id`,
      [contract.id],
    );
    expect(audit.map(({ action }) => action)).toEqual(['industry.nil-year.declared', 'industry.nil-year.decided']);
  });

  it('when it is returned or withdrawn, then the year is undeclared again; what was said stays', async () => {
    on('2026-03-10');
    const { entity, account, contract } = await inForce(0, { from: '2025-01-01', to: '2025-12-31' });
    const first = await declareNil(account, contract, 2025);
    expect(await refusal(decide(who.officer, first.id, false, ' '))).toBe('422 DECLARATION_REASON_MISSING');
    await decide(who.officer, first.id, false, '请附亏损报表');
    expect(await lateOf(contract.number)).toEqual(['DECLARATION_OVERDUE 2025']);
    expect(await close(entity.id)).toBe('422 ENTITY_OWES_YEARS');
    const second = await declareNil(account, contract, 2025);
    expect(await refusal(declareNil(account, contract, 2025))).toBe('422 DECLARATION_NIL');
    await call(account, withdrawNilYear, { params: { nilId: second.id } });
    expect(await refusal(decide(who.officer, second.id))).toBe('422 NIL_DECIDED');
    const [year] = await yearsOf(account, contract);
    expect(year?.nils.map(({ state, returnReason }) => [state, returnReason])).toEqual([
      ['withdrawn', null],
      ['returned', '请附亏损报表'],
    ]);
    const body = { contractId: contract.id, year: 2025, distributableFen: 100_000 };
    await call(account, declareDividend, { body });
    expect(await refusal(declareNil(account, contract, 2025))).toBe('422 DECLARATION_KNOWN');
  });

  it('when the year is declared twice at once, in either way, then once holds', async () => {
    on('2026-03-10');
    for (let round = 0; round < 4; round++) {
      const { account, contract } = await inForce(0);
      const body = { contractId: contract.id, year: 2025, distributableFen: 100_000 };
      const codes = await Promise.all([
        refusal(declareNil(account, contract, 2025)),
        refusal(call(account, declareDividend, { body })),
        refusal(declareNil(account, contract, 2025)),
      ]);
      expect(codes.filter((code) => code === 'not refused')).toHaveLength(1);
    }
  });

  it('when a contract is to end within a year declared so, then it is refused', async () => {
    on('2026-03-10');
    const { account, contract } = await inForce(0);
    const end = { params: { contractId: contract.id }, body: { day: '2025-06-30', reason: '终止合作' } };
    const nil = await declareNil(account, contract, 2025);
    expect(await refusal(call(account, requestContractEnd, end))).toBe('422 CONTRACT_END_DECLARED');
    await call(account, withdrawNilYear, { params: { nilId: nil.id } });
    expect(await refusal(call(account, requestContractEnd, end))).toBe('not refused');
  });
});

describe('given contracts with and without a guarantee, and years in every state', () => {
  it('when anybody looks and tries, then what is offered is what is taken, by a plain rule', async () => {
    for (const guaranteedBp of [0, 600, 10_000]) {
      on('2026-03-10');
      const { entity, account, contract } = await inForce(guaranteedBp, { from: '2021-01-01', to: '2027-12-31' });
      const declare = (year: number) =>
        call(account, declareDividend, { body: { contractId: contract.id, year, distributableFen: 100_000 } });
      // 2021 undeclared, 2022 declared, 2023 a draft given up, 2024 and 2025 by nil, 2026 runs, 2027 is to come.
      await declare(2022);
      const draft = await declare(2023);
      await call(account, discardDeclaration, {
        params: { declarationId: draft.id },
        body: { version: draft.version },
      });
      const states: Record<number, string> = {
        2021: 'undeclared',
        2022: 'declared',
        2023: 'undeclared',
        2024: 'undeclared',
        2025: 'undeclared',
        2026: 'runs',
        2027: 'runs',
      };
      if (guaranteedBp === 0) {
        await declareNil(account, contract, 2024);
        const { id } = await declareNil(account, contract, 2025);
        await decide(who.officer, id);
        Object.assign(states, { 2024: 'proposed', 2025: 'confirmed' });
      }
      for (const [name, at] of Object.entries(readersOf(world, who, entity.id))) {
        if (name === 'farOfficer') continue;
        const rows = await yearsOf(at, contract);
        expect(rows.map(({ year }) => year)).toEqual([2021, 2022, 2023, 2024, 2025, 2026, 2027]);
        for (const row of rows) {
          const isOwn = name === 'entity' || name === 'both';
          const expected = isOwn && guaranteedBp === 0 && states[row.year] === 'undeclared';
          const of = [guaranteedBp, name, row.year];
          expect([...of, row.declareNil.open]).toEqual([...of, expected]);
          expect([...of, row.open]).toEqual([...of, states[row.year] === 'undeclared']);
          if (isOwn) {
            const answer = await refusal(declareNil(at, contract, row.year));
            const told = row.declareNil.open ? 'not refused' : `422 ${row.declareNil.reason?.code}`;
            expect([...of, answer]).toEqual([...of, told]);
            if (guaranteedBp > 0) expect([...of, answer]).toEqual([...of, '422 NIL_GUARANTEED']);
            const nils = (await yearsOf(at, contract)).find(({ year }) => year === row.year)?.nils ?? [];
            if (expected) await call(at, withdrawNilYear, { params: { nilId: nils[0]?.id ?? '' } });
          }
          for (const nil of row.nils) {
            const open = nil.steps.filter((each) => each.open).map(({ step }) => step);
            const can = name === 'officer' ? ['decide'] : isOwn ? ['withdraw'] : [];
            expect([...of, open]).toEqual([...of, nil.state === 'proposed' ? can : []]);
          }
        }
      }
    }
  });
});
