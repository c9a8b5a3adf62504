import { call } from '@bangfu/contracts/core/client';
import { everyService } from '@bangfu/contracts/core/every-service';
import { verifyStatement } from '@bangfu/contracts/industry/statements';
import { openPool } from '@bangfu/data/pool';
import { typedSql } from '@bangfu/data/typed-sql';
import { type TestService, testService } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildIndustry } from '../../app.ts';
import type { Tables } from '../../operations.ts';
import { findPosted, type FormerListContent, listHash, type ListContent } from '../../papers/dividend-list.ts';
import { known, knowHouseholds, noticedDividend, people } from '../../testing/scene.ts';

let world: TestService;
let who: ReturnType<typeof people>;

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'industry', buildIndustry);
  who = people(world);
  await knowHouseholds(who.pool, [known(1)]);
});
afterAll(async () => {
  await who.pool.end();
  await world.stop(['declaration_notice.policy_id']);
});

const verify = (number: string) => call(world.anonymous, verifyStatement, { params: { number } });

describe('given a list that is posted', () => {
  it('when a list was posted before it said by which policy, then it is verified as it was sealed', async () => {
    world.setNow(new Date('2026-02-02T02:00:00Z'));
    const scene = await noticedDividend(world, who, { name: '旧式合作社', households: [known(1)] });
    const [notice] = scene.notices;
    const number = notice?.verifyNumber ?? '';
    const pool = openPool(world.urls.migrator, 1);
    const sql = typedSql<Tables>(pool);
    const paper = sql.selectFrom('issued_paper').where('number', '=', number).select('content');
    const { basis: _basis, ...said } = (await paper.executeTakeFirstOrThrow()).content as ListContent;
    const former: FormerListContent = { ...said, format: 2 };
    const hash = await listHash(former, await findPosted(sql, notice?.id ?? ''));
    const kept = [JSON.stringify(former), hash, number];
    await pool.query('UPDATE issued_paper SET content = $1::jsonb, content_hash = $2 WHERE number = $3', kept);
    const lost = 'UPDATE declaration_notice SET policy_id = NULL, content_hash = $1 WHERE number = $2';
    await pool.query(lost, [hash, number]);
    await pool.end();
    expect(await verify(number)).toMatchObject({ seal: 'intact' });
    expect(await call(who.auditor, everyService('industry').verifyAudit)).toMatchObject({ broken: [] });
  });
});
