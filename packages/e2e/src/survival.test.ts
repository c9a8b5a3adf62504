import { execFileSync } from 'node:child_process';
import { createReadStream, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { call, type Connection } from '@bangfu/contracts/core/client';
import { everyService } from '@bangfu/contracts/core/every-service';
import { verifyEverything } from '@bangfu/contracts/gateway/audit';
import { getStatistics } from '@bangfu/contracts/identification/households';
import { getImport, uploadRoster } from '@bangfu/contracts/identification/imports';
import { importRegions } from '@bangfu/contracts/identification/regions';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN_PASSWORD } from './accounts.ts';
import { connectAs } from './client.ts';
import { dataFolder, freePort, removeFolder, type StartedPlatform, startPlatform } from './start-platform.ts';
import { until } from './until.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const HOUSEHOLDS = 3000;
const data = dataFolder();
let port: number;
let platform: StartedPlatform;
let roster: string;
let admin: Connection;

beforeAll(async () => {
  port = await freePort();
  roster = join(data, '..', `roster-${port}.csv`);
  execFileSync(
    process.execPath,
    [
      '--conditions=SOURCE',
      'apps/cli/src/main.ts',
      'demo',
      'roster',
      '--county',
      '211382000000',
      '--households',
      String(HOUSEHOLDS),
      '--seed',
      '9',
      '--out',
      roster,
    ],
    { cwd: ROOT, stdio: 'ignore' },
  );
  platform = await startPlatform(data, port, ['--demo', 'none']);
  admin = await connectAs(platform.url, 'admin', ADMIN_PASSWORD);
  await call(admin, importRegions, {
    query: { name: '211382.csv' },
    body: createReadStream(join(ROOT, 'infra/demo/regions/211382.csv')),
  });
}, 300_000);
afterAll(async () => {
  await platform.stop();
  removeFolder(data);
  removeFolder(roster);
});

/** The processes of the platform whose working folder ends so. */
function pidsIn(folder: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const environ = readFileSync(`/proc/${pid}/environ`, 'utf8');
        return environ.includes(`BANGFU_FILES=${join(data, 'files', folder)}`);
      } catch {
        return false;
      }
    });
}

describe('given an import under way', () => {
  it('when its service is killed, then the import is finished once by the next one, and all hear of it once', async () => {
    const begun = await call(admin, uploadRoster, {
      query: { name: 'roster.csv', commit: 'true' },
      body: createReadStream(roster),
    });
    await until(
      'the job runs',
      async () => {
        const job = await call(admin, everyService('identification').getJob, { params: { jobId: begun.jobId ?? '' } });
        return job.state === 'running' && job.stage !== null ? job : null;
      },
      20_000,
    );
    for (const pid of pidsIn('identification')) process.kill(pid, 'SIGKILL');

    const settled = await until(
      'the import is committed',
      async () => {
        const found = await call(admin, getImport, { params: { importId: begun.id } });
        return found.state === 'committed' ? found : null;
      },
      90_000,
    );
    expect(settled.report?.households.create).toBe(HOUSEHOLDS);
    const statistics = await call(admin, getStatistics, {});
    expect(statistics.households).toBe(HOUSEHOLDS);
    for (const service of ['pairing', 'industry', 'training', 'evaluation'] as const) {
      const known = await until(
        `${service} has heard of all`,
        async () => {
          const copies = await call(admin, everyService(service).getCopies, {});
          return copies.households >= HOUSEHOLDS ? copies.households : null;
        },
        60_000,
      );
      expect(known).toBe(HOUSEHOLDS);
    }
  }, 240_000);

  it('when everything is killed and started again, then everything is there and the audit is whole', async () => {
    const before = await call(admin, getStatistics, {});
    const ended = new Promise((resolve) => platform.process.once('exit', resolve));
    platform.process.kill('SIGKILL');
    await ended;
    await until('no process is left', async () => (pidsIn('identification').length === 0 ? true : null), 60_000);
    platform = await startPlatform(data, port, ['--demo', 'none']);
    admin = await connectAs(platform.url, 'admin', ADMIN_PASSWORD);
    expect(await call(admin, getStatistics, {})).toEqual(before);
    const verified = await call(admin, verifyEverything, {});
    expect(verified.broken).toEqual([]);
    expect(verified.checked).toBeGreaterThan(0);
  }, 180_000);
});
