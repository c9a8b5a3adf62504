import { call } from '@bangfu/contracts/core/client';
import { listDeclarations } from '@bangfu/contracts/industry/declarations';
import { type TestService, testService } from '@bangfu/service-kit/testing/test-service';
import '@bangfu/testkit/postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildIndustry } from '../app.ts';
import { COUNTY, idOf, known, knowHouseholds, people } from '../testing/scene.ts';

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
  });
});
