import { call, type Connection } from '@bangfu/contracts/core/client';
import { everyService, type Job } from '@bangfu/contracts/core/every-service';
import { verifyEverything } from '@bangfu/contracts/gateway/audit';
import { getStatistics } from '@bangfu/contracts/identification/households';
import { undoImport } from '@bangfu/contracts/identification/imports';
import {
  type Declaration,
  declareDividend,
  getDeclaration,
  redraftDeclaration,
} from '@bangfu/contracts/industry/declarations';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN_PASSWORD } from './accounts.ts';
import { connectAs } from './client.ts';
import { commandLineOf } from './command-line.ts';
import { allKnow, beginImport, bringRegions, committed, HEARERS, type Hearer, inventRoster } from './county.ts';
import { allLines, contractWithAll } from './dividend.ts';
import { pidsOf, strike, type Victim } from './processes.ts';
import { dataFolder, removeFolder, type StartedPlatform, startPlatform } from './start-platform.ts';
import { freePort } from '@bangfu/infra/local/free-port';
import { until } from './until.ts';

const HOUSEHOLDS = 4000;
/** What the households get of the profit beside the guarantee: a number that no even share divides. */
const SECOND_FEN = 1_000_007;
const data = dataFolder();
let port: number;
let platform: StartedPlatform;
let roster: string;
let admin: Connection;

beforeAll(async () => {
  port = await freePort();
  roster = `${data}.csv`;
  await inventRoster(roster, HOUSEHOLDS, 9);
  platform = await startPlatform(data, port, ['--demo', 'none']);
  admin = await connectAs(platform.url, 'admin', ADMIN_PASSWORD);
  await bringRegions(admin);
}, 300_000);
afterAll(async () => {
  await platform.stop();
  removeFolder(data);
  removeFolder(roster);
});

/** Waits until the platform says of itself that all of it is ready, the struck part by another process. */
async function healthyAgain(victim: Victim, before: readonly number[]): Promise<void> {
  await until(
    `the platform is healthy with another ${victim}`,
    async () => {
      const now = pidsOf(platform, victim);
      const isAnother = now.length > 0 && !now.some((pid) => before.includes(pid));
      return isAnother && (await fetch(`${platform.url}/readyz`)).ok ? true : null;
    },
    120_000,
  );
}

/** Takes an import back, for everybody. */
async function undone(importId: string): Promise<void> {
  await call(admin, undoImport, { params: { importId }, body: {} });
  await allKnow(admin, 0);
}

describe.each<Victim>(['identification', 'gateway', 'postgres'])('given an import under way', (victim) => {
  it(`when ${victim} is killed, then it comes back by itself and the import is finished, once, for everybody`, async () => {
    const begun = await beginImport(admin, roster);
    await until(
      'the job runs',
      async () => {
        const job = await call(admin, everyService('identification').getJob, { params: { jobId: begun.jobId ?? '' } });
        return job.state === 'running' && job.stage !== null ? job : null;
      },
      60_000,
    );
    const struck = pidsOf(platform, victim);
    const struckAt = Date.now();
    strike(platform, victim);

    await healthyAgain(victim, struck);
    const { report, committedAt } = await committed(admin, begun.id);
    expect(report?.households.create).toBe(HOUSEHOLDS);
    // Without the gateway the import runs on; without its service or the database it had to begin anew.
    if (victim !== 'gateway') expect(Date.parse(committedAt ?? '')).toBeGreaterThan(struckAt);
    const commits = await call(admin, everyService('identification').listAudit, {
      query: { recordId: begun.id, action: 'identification.roster.committed' },
    });
    expect(commits.total).toBe(1);
    await allKnow(admin, HOUSEHOLDS);
    expect(await call(admin, getStatistics, {})).toMatchObject({
      households: HOUSEHOLDS,
      persons: report?.persons.create,
    });

    await call(admin, undoImport, { params: { importId: begun.id }, body: {} });
    await allKnow(admin, 0);
  }, 300_000);
});

/**
 * Imports the roster and strikes a service that has heard of some of its households and not of all.
 * @returns the import's id
 */
async function struckWhileHearing(victim: Hearer): Promise<string> {
  const { id } = await beginImport(admin, roster);
  const heard = await until(
    `${victim} hears`,
    async () => (await call(admin, everyService(victim).getCopies, {})).households || null,
    120_000,
  );
  const struck = pidsOf(platform, victim);
  strike(platform, victim);
  await healthyAgain(victim, struck);
  await committed(admin, id);
  if (heard < HOUSEHOLDS) return id;
  // It had heard of all before the strike, which then proves nothing: once more.
  await undone(id);
  return struckWhileHearing(victim);
}

describe.each(HEARERS)('given an import of which the other services hear', (victim) => {
  it(`when ${victim} is killed meanwhile, then it goes on where it was and knows every household, once`, async () => {
    const id = await struckWhileHearing(victim);
    await allKnow(admin, HOUSEHOLDS);
    await undone(id);
  }, 300_000);
});

/** Strikes the service while it computes a draft's lines. @returns the draft when the lines stand */
async function struckWhileComputing(account: Connection, draft: Declaration): Promise<Declaration> {
  const params = { declarationId: draft.id };
  const job = (isThere: (job: Job) => boolean) =>
    until(
      'the job is where it should be',
      async () => {
        const found = await call(account, everyService('industry').getJob, {
          params: { jobId: draft.computingJobId ?? '' },
        });
        return isThere(found) ? found : null;
      },
      60_000,
    );
  await job(({ stage, endedAt }) => stage !== null || endedAt !== null);
  const struck = pidsOf(platform, 'industry');
  const struckAt = Date.now();
  strike(platform, 'industry');
  await healthyAgain('industry', struck);
  const { endedAt } = await job((found) => found.endedAt !== null);
  const declaration = await call(account, getDeclaration, { params });
  if (Date.parse(endedAt ?? '') > struckAt) return declaration;
  // It was over before the strike, which then proves nothing: its lines are computed anew.
  const body = { version: declaration.version, distributableFen: declaration.distributableFen };
  return struckWhileComputing(account, await call(account, redraftDeclaration, { params, body }));
}

describe('given a dividend that a job computes', () => {
  it('when its service is killed meanwhile, then every line is there once and their sum is the declared one', async () => {
    await committed(admin, (await beginImport(admin, roster)).id);
    await allKnow(admin, HOUSEHOLDS);
    const { account, contract, guaranteedFen } = await contractWithAll(platform.url, admin);
    const draft = await call(account, declareDividend, {
      body: { contractId: contract.id, year: 2025, distributableFen: 2 * SECOND_FEN },
    });
    const declaration = await struckWhileComputing(account, draft);

    expect(declaration).toMatchObject({
      lines: HOUSEHOLDS,
      baseFen: guaranteedFen,
      secondFen: SECOND_FEN,
      totalFen: guaranteedFen + SECOND_FEN,
    });
    const lines = await allLines(account, declaration.id);
    expect(lines.map((line) => line.lineNumber)).toEqual(Array.from({ length: HOUSEHOLDS }, (_, i) => i + 1));
    expect(new Set(lines.map((line) => line.householdNumber)).size).toBe(HOUSEHOLDS);
    expect(lines.reduce((sum, line) => sum + line.amountFen, 0)).toBe(declaration.totalFen);
    const { exit, document } = await commandLineOf(platform.url)('audit', 'verify');
    expect({ exit, document }).toMatchObject({ exit: 0, document: { broken: [], absent: [] } });
  }, 300_000);
});

describe('given a platform with its data', () => {
  it('when everything is killed and started again, then everything is there and the audit is whole', async () => {
    const before = await call(admin, getStatistics, {});
    const ended = new Promise((resolve) => platform.process.once('exit', resolve));
    platform.process.kill('SIGKILL');
    await ended;
    await until(
      'no process is left',
      async () => (pidsOf(platform, 'identification').length === 0 ? true : null),
      60_000,
    );
    platform = await startPlatform(data, port, ['--demo', 'none']);
    admin = await connectAs(platform.url, 'admin', ADMIN_PASSWORD);
    expect(await call(admin, getStatistics, {})).toEqual(before);
    const verified = await call(admin, verifyEverything, {});
    expect(verified.broken).toEqual([]);
    expect(verified.checked).toBeGreaterThan(0);
  }, 180_000);
});
