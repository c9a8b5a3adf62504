import { createReadStream } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { call, type Connection } from '@bangfu/contracts/core/client';
import { getImport, type RosterImport, uploadRoster } from '@bangfu/contracts/identification/imports';
import { importRegions } from '@bangfu/contracts/identification/regions';
import type { JobRun } from '@bangfu/platform/jobs/job';
import type { ServiceKit } from '@bangfu/platform/service';
import { grant, type TestService, testService, until } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildIdentification } from '../../../app.ts';
import { type RosterJobInput, runRosterJob, settleRoster } from './roster-job.ts';
import { IMPORT_LOCK } from '../../../register/import-turn.ts';

const FIXTURES = fileURLToPath(new URL('../../../../../../packages/testkit/fixtures/', import.meta.url));

let world: TestService;
let service: ServiceKit;
let office: Connection;

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'identification', (kit) => {
    service = kit;
    return buildIdentification(kit);
  });
  office = world.as('office', grant('county-office'));
  const body = createReadStream(`${FIXTURES}regions/211382.csv`);
  await call(office, importRegions, { query: { name: '211382.csv' }, body });
});
afterAll(() => world.stop());

/** Brings the roster, lets it be checked, and takes its commit into our own hands. */
async function checked(): Promise<RosterImport> {
  const body = createReadStream(`${FIXTURES}rosters/clean.xlsx`);
  const { id } = await call(office, uploadRoster, { query: { name: 'clean.xlsx' }, body });
  const found = await until('the roster is checked', async () => {
    const roster = await call(office, getImport, { params: { importId: id } });
    return roster.state === 'checked' && roster;
  });
  await service.pool.query(`UPDATE roster_import SET state = 'committing' WHERE id = $1::uuid`, [id]);
  return found;
}

/** Commits as the worker would, telling what stage begins. */
function commit(roster: RosterImport, onStage: (stage: string) => Promise<void>) {
  const run: JobRun<RosterJobInput> = {
    id: roster.id,
    input: { importId: roster.id, commit: true },
    caller: {
      id: 'office',
      name: 'office',
      countyCode: '211382000000',
      grants: [],
      usable: [grant('county-office')],
      address: '',
      requestId: '',
    },
    signal: new AbortController().signal,
    stage: onStage,
    advance: async () => undefined,
  };
  return runRosterJob(service, run);
}

describe('the commit of a roster', () => {
  it('when it reads, judges and compares, then no transaction is open that the others’ events would wait for', async () => {
    const writing = new Map<string, number>();
    const result = await commit(await checked(), async (stage) => {
      const { rows } = await service.pool.query<{ n: number }>(
        `SELECT count(*) AS n FROM pg_stat_activity a JOIN pg_locks l ON l.pid = a.pid AND l.locktype = 'advisory'
         WHERE a.datname = current_database() AND a.backend_xid IS NOT NULL AND l.objid = $1`,
        [IMPORT_LOCK],
      );
      writing.set(stage, rows[0]?.n ?? -1);
    });
    expect(result.committed).toBe(true);
    expect([...writing]).toEqual([
      ['reading', 0],
      ['checking', 0],
      ['quality', 0],
      ['writing', 0],
    ]);
  });

  it('given the register changes before it writes, then it is compared again and committed on what is there now', async () => {
    const roster = await checked();
    expect(roster.report?.households).toMatchObject({ create: 0, change: 0 });
    const stages: string[] = [];
    const result = await commit(roster, async (stage) => {
      stages.push(stage);
      if (stage !== 'writing' || stages.filter((each) => each === 'writing').length > 1) return;
      await service.pool.query(
        `UPDATE household SET version = version + 1 WHERE number = (SELECT max(number) FROM household)`,
      );
    });
    expect(result.committed).toBe(true);
    expect(stages).toEqual(['reading', 'checking', 'quality', 'writing', 'checking', 'quality', 'writing']);
  });

  it('given a register that never stands still, then it gives up with nothing written', async () => {
    const roster = await checked();
    const restless = commit(roster, async (stage) => {
      if (stage === 'writing') await service.pool.query('UPDATE household SET version = version + 1');
    });
    await expect(restless).rejects.toThrow('IMPORT_REGISTER_BUSY');
    await service.bulk((_client, sql) =>
      settleRoster(service, sql, { id: '', input: { importId: roster.id, commit: true }, how: 'failed' }),
    );
    expect((await call(office, getImport, { params: { importId: roster.id } })).state).toBe('failed');
  });
});
