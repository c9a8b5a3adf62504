import { householdRecorded } from '@bangfu/events/catalog/identification';
import { openPool } from '@bangfu/data/pool';
import { grant, type TestService, testService } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildIdentification } from '../../app.ts';
import { bring, bringRegions } from '../../testing/rosters.ts';

let world: TestService;
beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'identification', buildIdentification);
});
afterAll(() => world.stop());

/** What the others were told last of each household, by its number. */
async function told(): Promise<Record<string, string | null | undefined>> {
  const pool = openPool(world.urls.app, 1);
  const { rows } = await pool.query<{ data: unknown }>(
    `SELECT DISTINCT ON (key) data FROM platform.outbox_event WHERE type = $1 ORDER BY key, sequence DESC`,
    [householdRecorded.type],
  );
  await pool.end();
  const all = rows.map(({ data }) => householdRecorded.data.parse(data));
  return Object.fromEntries(all.map(({ number, exitedOn }) => [number.slice(-1), exitedOn]));
}

describe('given households that exit and such that had exited before', () => {
  it('when rosters say so, then the others are told the day of those whose exit the register saw', async () => {
    world.setNow(new Date('2026-03-02T02:00:00Z'));
    const office = world.as('office', grant('county-office'));
    await bringRegions(office);
    const household = (n: number, status: string) => ({
      number: `2113821010000${n}`,
      person: 2 * n,
      name: `甲${n}`,
      status,
    });
    await bring(office, [household(1, '贫困户'), household(2, '脱贫户'), household(3, '')]);
    expect(await told()).toEqual({ 1: null, 2: null, 3: null });
    world.setNow(new Date('2026-05-20T02:00:00Z'));
    await bring(office, [household(1, '脱贫户'), household(2, '脱贫户'), household(3, '脱贫户')]);
    expect(await told()).toEqual({ 1: '2026-05-20', 2: null, 3: null });
    // It falls back, and is told as one that has no exit day.
    world.setNow(new Date('2026-08-01T02:00:00Z'));
    await bring(office, [household(1, '返贫')]);
    expect((await told())['1']).toBeNull();
  });

  it('when a release before told no days, then the migration tells those the register knows', async () => {
    const office = world.as('office', grant('county-office'));
    const row = { number: '21138210100009', person: 40, name: '己九' };
    world.setNow(new Date('2026-03-02T02:00:00Z'));
    await bring(office, [{ ...row, status: '贫困户' }]);
    world.setNow(new Date('2026-06-10T02:00:00Z'));
    await bring(office, [{ ...row, status: '脱贫户' }]);
    const pool = openPool(world.urls.migrator, 1);
    await pool.query(`UPDATE platform.outbox_event SET data = data - 'exitedOn'`);
    expect((await told())['9']).toBeUndefined();
    // What the release before had in its place.
    await pool.query(
      `CREATE TEMP VIEW household_version AS SELECT id AS household_id, version, valid_until,
         jsonb_build_object('status', status) AS household FROM household_history`,
    );
    const folder = new URL('../../../prisma/migrations/20261201100100_exit_days/', import.meta.url);
    await pool.query(readFileSync(new URL('migration.sql', folder), 'utf8'));
    await pool.end();
    expect((await told())['9']).toBe('2026-06-10');
  });
});
