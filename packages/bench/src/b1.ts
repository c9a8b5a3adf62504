import { spawn } from 'node:child_process';
import { createReadStream, existsSync, mkdirSync, openSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { call, type Connection } from '@bangfu/contracts/core/client';
import { getImport, type RosterImport, uploadRoster } from '@bangfu/contracts/identification/imports';
import { importRegions } from '@bangfu/contracts/identification/regions';
import { appFolder, commonEnvironment, serviceEnvironment } from '@bangfu/infra/local/environment';
import { readOptions, ROOT } from '@bangfu/infra/local/options';
import { ALLOCATOR, FLAGS } from '@bangfu/infra/local/supervise';
import { tokenSigner } from '@bangfu/platform/auth/token';
import { importFloor } from './b1-floor.ts';
import type { Benchmark, BenchOptions, Figure } from './figure.ts';
import { endProcess, messageOf, peakMemory, runToEnd } from './processes.ts';
import { type BenchServer, withServer } from './server.ts';

const COUNTY = '211382000000';
/** Households for a little more than 100 000 and 1 000 000 persons. */
const HOUSEHOLDS = 32_500;
const LARGE_HOUSEHOLDS = 325_000;
const POLL_MS = 50;

/** A roster of the demo county, made once and kept in the system's temporary place. */
async function rosterFile(households: number, say: (line: string) => void): Promise<string> {
  const file = join(tmpdir(), `bangfu-bench-roster-${households}.xlsx`);
  if (existsSync(file)) return file;
  say(`making a roster of ${households} households once`);
  const making = `${file}.part.xlsx`;
  const cli = ['--conditions=SOURCE', 'apps/cli/src/main.ts', 'demo', 'roster', '--seed', '7'];
  await runToEnd(process.execPath, [...cli, '--households', String(households), '--out', making], ROOT);
  renameSync(making, file);
  return file;
}

interface Ready {
  readonly ready: string;
  readonly port: number;
}
const isReady = (message: unknown): message is Ready => typeof (message as Partial<Ready>).port === 'number';

/** Starts identification as the platform does: a process of its own, its environment from the same function. */
async function startIdentification(server: BenchServer, options: BenchOptions) {
  const { folder, secrets, databases } = server;
  const settings = readOptions({ data: folder, county: COUNTY }, {});
  const common = commonEnvironment(settings, secrets, databases, '');
  const env = { ...serviceEnvironment(common, 'identification', 0, databases, folder), BANGFU_EVENTS: 'embedded' };
  const log = openSync(join(folder, 'identification.log'), 'a');
  if (options.profiles) mkdirSync(options.profiles, { recursive: true });
  const profile = options.profiles ? ['--cpu-prof', '--cpu-prof-dir', options.profiles] : [];
  const child = spawn(process.execPath, [...profile, ...FLAGS, 'src/main.ts'], {
    cwd: appFolder('identification'),
    env: { ...ALLOCATOR, ...env },
    stdio: ['ignore', log, log, 'ipc'],
  });
  const { port } = await messageOf(child, isReady);
  return { child, pid: child.pid ?? 0, baseUrl: `http://127.0.0.1:${port}` };
}

/** Speaks to a service directly as the county's office; a token lives five minutes, so each call gets its own. */
async function asOffice(baseUrl: string, privateKey: string): Promise<Connection> {
  const sign = await tokenSigner(privateKey);
  const grants = [{ role: 'county-office', scope: { kind: 'region', code: COUNTY } }] as const;
  const account = { id: 'bench-office', name: 'bench', countyCode: COUNTY, grants };
  return {
    baseUrl,
    fetch: async (input, init) => {
      const headers = new Headers(init?.headers);
      headers.set('authorization', `Bearer ${await sign(account, new Date())}`);
      return fetch(input, { ...init, headers });
    },
  };
}

async function settled(office: Connection, id: string): Promise<RosterImport> {
  for (;;) {
    const found = await call(office, getImport, { params: { importId: id } });
    if (!['checking', 'committing'].includes(found.state)) return found;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** Imports a roster from upload to commit. @returns seconds, persons and the process's peak memory in MiB */
async function importRoster(server: BenchServer, file: string, options: BenchOptions, say: (line: string) => void) {
  const service = await startIdentification(server, options);
  try {
    const office = await asOffice(service.baseUrl, server.secrets.tokenPrivateKey);
    const regions = createReadStream(join(ROOT, 'infra/demo/regions/211382.csv'));
    await call(office, importRegions, { query: { name: '211382.csv' }, body: regions });
    const begin = performance.now();
    const body = createReadStream(file);
    const { id } = await call(office, uploadRoster, { query: { name: 'roster.xlsx', commit: 'true' }, body });
    const done = await settled(office, id);
    const seconds = (performance.now() - begin) / 1000;
    if (done.state !== 'committed') throw new Error(`the import ended as ${done.state}, not committed`);
    const persons = done.report?.persons.create ?? 0;
    const peak = peakMemory(service.pid);
    say(`${persons} persons committed in ${seconds.toFixed(1)} s, peak ${peak.toFixed(0)} MiB`);
    return { seconds, persons, peak };
  } finally {
    await endProcess(service.child);
  }
}

async function run(options: BenchOptions, say: (line: string) => void): Promise<readonly Figure[]> {
  const file = await rosterFile(HOUSEHOLDS, say);
  const figures = await withServer(['identification', 'events'], async (server): Promise<Figure[]> => {
    const { seconds, persons, peak } = await importRoster(server, file, options, say);
    const floor = await importFloor(server.databases.identification.migrator, file);
    say(
      `floor: ${floor.rows} rows read ${floor.read.toFixed(1)} s, copied and inserted ${(floor.copy + floor.insert).toFixed(1)} s`,
    );
    return [
      {
        id: 'B1 time',
        what: `roster of ${persons} persons, upload to commit, all rules on`,
        figure: seconds,
        unit: 's',
        floor: floor.read + floor.copy + floor.insert,
        target: { of: 'ratio', atMost: 2 },
        note: `floor: exceljs stream ${floor.read.toFixed(1)} s + COPY ${floor.copy.toFixed(1)} s + INSERT…SELECT ${floor.insert.toFixed(1)} s`,
      },
      memoryFigure('B1 memory', persons, peak),
    ];
  });
  if (!options.large) return figures;
  const largeFile = await rosterFile(LARGE_HOUSEHOLDS, say);
  const large = await withServer(['identification', 'events'], (server) =>
    importRoster(server, largeFile, options, say),
  );
  return [...figures, memoryFigure('B1 memory, large', large.persons, large.peak)];
}

function memoryFigure(id: string, persons: number, peak: number): Figure {
  const what = `peak memory of the service process, ${persons} persons`;
  return { id, what, figure: peak, unit: 'MiB', floor: null, target: { of: 'figure', atMost: 350 } };
}

/** Import of a whole roster against reading the file and copying its rows. */
export const B1: Benchmark = { name: 'B1', run };
