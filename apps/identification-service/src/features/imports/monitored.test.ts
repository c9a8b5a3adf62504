import { householdRecorded } from '@bangfu/events/catalog/identification';
import { openPool } from '@bangfu/data/pool';
import { grant, type TestService, testService } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildIdentification } from '../../app.ts';
import { bring, bringRegions } from '../../testing/rosters.ts';

let world: TestService;
beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'identification', buildIdentification);
});
afterAll(() => world.stop());

describe('given a roster that says who is watched against poverty', () => {
  it('when it is committed, then the others are told of each household whether it is, unless its risk is cleared', async () => {
    const office = world.as('office', grant('county-office'));
    await bringRegions(office);
    const [kind, cleared] = ['监测对象类别', '风险是否已消除'];
    await bring(office, [
      { number: '21138210100001', person: 1, name: '甲一', later: { [kind]: '边缘易致贫户', [cleared]: '否' } },
      { number: '21138210100002', person: 3, name: '乙二', later: { [kind]: '脱贫不稳定户', [cleared]: '是' } },
      { number: '21138210100003', person: 5, name: '丙三', later: { [kind]: '突发严重困难户' } },
      { number: '21138210100004', person: 7, name: '丁四' },
    ]);
    const pool = openPool(world.urls.app, 1);
    const { rows } = await pool.query<{ data: unknown }>(
      `SELECT data FROM platform.outbox_event WHERE type = $1 ORDER BY data->>'number'`,
      [householdRecorded.type],
    );
    await pool.end();
    const told = rows.map(({ data }) => householdRecorded.data.parse(data));
    expect(told.map(({ monitored }) => monitored)).toEqual([true, false, true, false]);
  });
});
