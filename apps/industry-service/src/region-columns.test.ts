import { call } from '@bangfu/contracts/core/client';
import { declareDividend, listDividendLines } from '@bangfu/contracts/industry/declarations';
import { typedSql } from '@bangfu/data/typed-sql';
import { followRegions } from '@bangfu/platform/regions/follow-regions';
import { HOUSEHOLD_COPY_COLUMNS } from '@bangfu/platform/regions/region-columns';
import { grant, type TestService, testService } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildIndustry } from './app.ts';
import type { Tables } from './operations.ts';
import { REGION_COLUMNS } from './region-columns.ts';
import {
  contractInForce,
  entityWithAccount,
  FAR_VILLAGE,
  known,
  knowHouseholds,
  people,
  refusal,
  VILLAGE,
} from './testing/scene.ts';

const HOUSEHOLDS = [known(1), known(2, FAR_VILLAGE)];
const NEW_CODE = '211382990299';

let world: TestService;
let who: ReturnType<typeof people>;
beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'industry', buildIndustry);
  world.setNow(new Date('2026-02-02T02:00:00Z'));
  who = people(world);
  await knowHouseholds(who.pool, HOUSEHOLDS);
});
afterAll(async () => {
  await who.pool.end();
  await world.stop();
});

describe('given a dividend from before a change of divisions', () => {
  it('when its village has another code, then who holds the village now sees the same lines', async () => {
    const own = await entityWithAccount(world, who.office, '合作社', [VILLAGE, FAR_VILLAGE]);
    const rows = HOUSEHOLDS.map((household, i) => ({ household, yuan: '1000', account: `6217000000000${100 + i}` }));
    const terms = { number: 'HT-1', guaranteedBp: 600, profitShareBp: 0 };
    const { id: contractId } = await contractInForce({ ...own, officer: who.officer }, rows, terms);
    const body = { contractId, year: 2025, distributableFen: 0 };
    const { id: declarationId } = await call(own.account, declareDividend, { body });
    const linesOf = async (code: string) => {
      const officer = world.as(`officer-${code}`, grant('village-officer', code));
      const { rows: lines } = await call(officer, listDividendLines, { params: { declarationId }, query: {} });
      return lines.map(({ householdNumber, villageName }) => [householdNumber, villageName]);
    };
    const before = await linesOf(FAR_VILLAGE);
    expect(before).toHaveLength(1);
    const line = { id: contractId, level: 'village', name: '远村', parentCode: null, townshipName: '新镇' };
    await followRegions(typedSql<Tables>(who.pool), [HOUSEHOLD_COPY_COLUMNS, ...REGION_COLUMNS.current], {
      codes: [{ ...line, from: FAR_VILLAGE, to: NEW_CODE }],
      households: [],
    });
    expect(await linesOf(NEW_CODE)).toEqual(before);
    expect(await refusal(linesOf(FAR_VILLAGE))).toBe('404 NOT_FOUND');
  });
});
