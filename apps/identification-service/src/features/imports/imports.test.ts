import { jobError } from '@bangfu/contracts/core/list-job';
import { createReadStream, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { call, type Connection } from '@bangfu/contracts/core/client';
import { everyService } from '@bangfu/contracts/core/every-service';
import { getStatistics } from '@bangfu/contracts/identification/households';
import {
  commitImport,
  getImport,
  listImportProblems,
  type RosterImport,
  undoImport,
  uploadRoster,
} from '@bangfu/contracts/identification/imports';
import { importRegions } from '@bangfu/contracts/identification/regions';
import { bringHostile } from '@bangfu/platform/testing/hostile-uploads';
import { grant, type TestService, testService, until } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import { ROSTER_NAMES, rosterKey } from '@bangfu/testkit/rosters';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildIdentification } from '../../app.ts';

const FIXTURES = fileURLToPath(new URL('../../../../../packages/testkit/fixtures/', import.meta.url));

let world: TestService;
let office: Connection;

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'identification', buildIdentification);
  office = world.as('office', grant('county-office'));
  await call(office, importRegions, {
    query: { name: '211382.csv' },
    body: createReadStream(`${FIXTURES}regions/211382.csv`),
  });
});
afterAll(() => world.stop());

const upload = (name: string, commit: 'true' | 'false') =>
  call(office, uploadRoster, { query: { name, commit }, body: createReadStream(`${FIXTURES}rosters/${name}`) });

const settled = (id: string): Promise<RosterImport> =>
  until(`import ${id} settles`, async () => {
    const found = await call(office, getImport, { params: { importId: id } });
    return ['checking', 'committing'].includes(found.state) ? null : found;
  });

async function problemHouseholds(id: string): Promise<Record<string, string[]>> {
  const byCode: Record<string, Set<string>> = {};
  let cursor: string | undefined;
  do {
    const page = await call(office, listImportProblems, {
      params: { importId: id },
      query: { limit: 500, ...(cursor ? { cursor } : {}) },
    });
    for (const { code, household } of page.rows) {
      if (code !== 'COLUMN_UNKNOWN') (byCode[code] ??= new Set()).add(household ?? 'null');
    }
    cursor = page.next ?? undefined;
  } while (cursor);
  return Object.fromEntries(Object.entries(byCode).map(([code, set]) => [code, [...set].sort()]));
}

describe.each(ROSTER_NAMES)('given an empty register and the roster %s', (name) => {
  const key = rosterKey(name);

  it('when it is run dry, committed, brought again and undone, then every number is the key’s', async () => {
    const checked = await settled((await upload(name, 'false')).id);
    expect(checked.state).toBe('checked');
    const report = checked.report;
    expect(report?.households).toMatchObject({ ...key.households, change: 0, unchanged: 0 });
    expect(report?.persons).toMatchObject({ ...key.persons, change: 0, move: 0, unchanged: 0 });
    expect(report?.sheets.reduce((sum, sheet) => sum + sheet.dataRows, 0)).toBe(key.dataRows);
    expect(report?.sheets.reduce((sum, sheet) => sum + sheet.skippedRows, 0)).toBe(key.skippedRows);
    expect(report?.columns.unknown).toEqual(key.unknownColumns);
    const expected = Object.fromEntries(
      Object.entries({ ...key.errors, ...key.warnings }).map(([code, list]) => [code, [...list].sort()]),
    );
    expect(await problemHouseholds(checked.id)).toEqual(expected);

    await call(office, commitImport, { params: { importId: checked.id }, body: { version: checked.version } });
    expect((await settled(checked.id)).state).toBe('committed');
    const statistics = await call(office, getStatistics, {});
    expect(statistics).toMatchObject({ households: key.households.create, persons: key.persons.create });

    const again = await settled((await upload(name, 'true')).id);
    expect(again.state).toBe('committed');
    expect(again.report?.households).toMatchObject({ create: 0, change: 0, unchanged: key.households.create });
    expect(again.report?.persons).toMatchObject({ create: 0, change: 0, move: 0, unchanged: key.persons.create });

    expect(await call(office, undoImport, { params: { importId: again.id }, body: {} })).toEqual({ undone: true });
    expect(await call(office, undoImport, { params: { importId: checked.id }, body: {} })).toEqual({ undone: true });
    expect(await call(office, getStatistics, {})).toMatchObject({ households: 0, persons: 0 });
  });
});

describe('given files that cannot be imported', () => {
  it('when they are made to be expensive, then each fails in words, and none stays', async () => {
    const bring = async (body: Buffer, name: string) => {
      const { jobId } = await call(office, uploadRoster, { query: { name, commit: 'true' }, body });
      const { getJob } = everyService('identification');
      const job = await until(`job ${jobId} ends`, async () => {
        const found = await call(office, getJob, { params: { jobId: jobId ?? '' } });
        return found.endedAt === null ? null : found;
      });
      if (job.state !== 'done') throw jobError(job);
    };
    expect(await bringHostile(world, bring)).toEqual([]);
    const table = (body: Buffer, name: string) => call(office, importRegions, { query: { name }, body });
    expect(await bringHostile(world, table)).toEqual([]);
  }, 60_000);

  it('when they are read, then each fails by its own reason and the next one is not held up', async () => {
    const bring = async (text: string) => {
      const { id, jobId } = await call(office, uploadRoster, {
        query: { name: 'roster.csv', commit: 'true' },
        body: new Blob([text]),
      });
      const job = await until(`job ${jobId} ends`, async () => {
        const found = await call(office, everyService('identification').getJob, { params: { jobId: jobId ?? '' } });
        return found.endedAt === null ? null : found;
      });
      return { state: (await settled(id)).state, code: job.problem?.code ?? null };
    };
    expect(await bring('商品,数量\n化肥,3\n')).toEqual({ state: 'failed', code: 'NOT_A_ROSTER' });
    // The header is sound, rows were taken, and then comes what no sheet holds.
    const rows = readFileSync(`${FIXTURES}rosters/utf8.csv`, 'utf8').trimEnd();
    expect(await bring(`${rows}\n${'字'.repeat(32_768)}\n`)).toEqual({ state: 'failed', code: 'WORKBOOK_TOO_LARGE' });
    const sound = await settled((await upload('clean.xlsx', 'false')).id);
    expect(sound.state).toBe('checked');
  });
});
