import { call } from '@bangfu/contracts/core/client';
import { listContracts } from '@bangfu/contracts/industry/contracts';
import { getDeclaration, listDeclarations, listDividendYears } from '@bangfu/contracts/industry/declarations';
import { getIncomeStatement } from '@bangfu/contracts/industry/statements';
import { followFigures } from '@bangfu/platform/testing/figures';
import { walkLists } from '@bangfu/platform/testing/lists';
import { daysWithin } from '@bangfu/platform/testing/paper-days';
import { type TestService, testService } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildIndustry } from '../app.ts';
import { COUNTY, entityGrant, idOf, known, knowHouseholds, people } from '../testing/scene.ts';

let world: TestService;
let who: ReturnType<typeof people>;

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'industry', buildIndustry);
  who = people(world);
  const households = Array.from({ length: 6 }, (_, t) =>
    Array.from({ length: 5 }, (_, i) => known(t * 10 + i + 1, `21138210${t + 1}20${(i % 2) + 1}`)),
  );
  await knowHouseholds(who.pool, households.flat());
});
afterAll(async () => {
  await who.pool.end();
  await world.stop();
});

describe('given a register of six townships', () => {
  it('when the demo is made, then a closed year and every stage of the next stand there, paid to the fen', async () => {
    const today = new Date('2026-11-22T02:00:00Z');
    const named = ['county', 'township', 'village', 'finance', 'entity'].map((user) => [
      user,
      { id: `demo-${user}`, name: user },
    ]);
    const scopes = await world.service.demo?.({ countyCode: COUNTY, accounts: Object.fromEntries(named), today });
    expect(scopes).toEqual({
      entity: { kind: 'entity', id: expect.any(String) },
      household: { kind: 'household', id: idOf(1) },
    });
    world.setNow(today);
    const { rows } = await call(who.office, listDeclarations, { query: {} });
    const stages = (year: number) =>
      rows
        .filter((row) => row.year === year)
        .map((row) => row.status)
        .sort();
    expect(stages(2024)).toEqual(Array.from({ length: 6 }, () => 'closed'));
    expect(stages(2025)).toEqual(['closed', 'in-payment', 'noticed', 'on-notice', 'submitted']);
    expect(rows.filter((row) => row.status === 'closed').every((row) => row.paidFen === row.totalFen)).toBe(true);
    expect(rows.find((row) => row.status === 'in-payment')?.unsettledLines).toBe(1);

    // Every figure is what the rows it opens come to, for every role.
    const { followed, wrong } = await followFigures(world, 'industry', '211382101000');
    expect(wrong).toEqual([]);
    expect(followed.size).toBe(8);

    const scope = scopes?.['entity'];
    const own = world.as('entity', entityGrant(scope?.kind === 'entity' ? scope.id : ''));
    const [contract] = (await call(own, listContracts, { query: {} })).rows;
    const { rows: years } = await call(own, listDividendYears, { params: { contractId: contract?.id ?? '' } });
    expect(years.filter(({ open }) => open).map(({ year }) => year)).toEqual([2025]);
  });

  it('when every issued paper is read, then nothing in it is later than its own day', async () => {
    const { rows: papers } = await who.pool.query<{ number: string; day: string; content: unknown }>(
      `SELECT number, (issued_at AT TIME ZONE 'Asia/Shanghai')::date::text AS day, content FROM issued_paper`,
    );
    expect(papers.length).toBeGreaterThan(10);
    const later = papers.flatMap(({ number, day, content }) =>
      daysWithin(content)
        .filter((each) => each > day)
        .map((each) => `${number} of ${day} says ${each}`),
    );
    expect(later).toEqual([]);
  });

  it('when a paper is issued for an earlier day again, then it leaves out what came since', async () => {
    const { rows } = await who.pool.query<{ number: string }>(
      `SELECT l.household_number AS number FROM dividend_line l WHERE l.state = 'paid'
       GROUP BY 1 HAVING count(DISTINCT l.paid_on) > 1 LIMIT 1`,
    );
    const [{ number: householdNumber } = { number: '' }] = rows;
    world.setNow(new Date('2025-06-01T02:00:00Z'));
    const then = await call(who.office, getIncomeStatement, { params: { householdNumber } });
    world.setNow(new Date('2026-11-22T02:00:00Z'));
    const now = await call(who.office, getIncomeStatement, { params: { householdNumber } });
    expect(then.lines.every(({ paidOn }) => paidOn <= '2025-06-01')).toBe(true);
    expect(now.lines.length).toBeGreaterThan(then.lines.length);
  });

  it('when its lists are walked in each order, then every record comes once and in its place', async () => {
    const [contract] = (await call(who.office, listContracts, { query: { state: 'in-force' } })).rows;
    const [declaration] = (await call(who.office, listDeclarations, { query: { status: 'closed' } })).rows;
    const [notice] = (await call(who.office, listDeclarations, { query: { status: 'on-notice' } })).rows;
    const hanging = await call(who.office, getDeclaration, { params: { declarationId: notice?.id ?? '' } });
    const noticeId = hanging.notices.find(({ state }) => state === 'open')?.id ?? '';
    const params = { contractId: contract?.id ?? '', declarationId: notice?.id ?? declaration?.id ?? '', noticeId };
    const { rows: households } = await who.pool.query<{ number: string; code: string }>(
      'SELECT number, village_code AS code FROM platform.household_copy',
    );
    const villages = new Map(households.map(({ number, code }) => [number, code]));
    const villageOf = (row: { readonly householdNumber: string }) => villages.get(row.householdNumber) ?? null;
    const values = { 'listIncomeHouseholds.villageName': villageOf };
    const { wrong, thin } = await walkLists('industry', { ...world, params, values });
    expect(wrong).toEqual([]);
    expect(thin).toEqual(['getPublicDividendNotice', 'listClaims', 'listLateDividends', 'listPublicDividendNotices']);
  });
});
