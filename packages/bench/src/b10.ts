import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { ROOT } from '@bangfu/infra/local/options';
import { type Benchmark, type Figure, median } from './figure.ts';
import { endProcess, familyOf, lineOf, loadOf, proportionalMemory } from './processes.ts';

const ROUNDS = 3;
const REST_MS = 10_000;
const PLATFORM = 'infra/local/start.ts';
const FLOOR = 'packages/bench/src/b10-floor.ts';

interface Started {
  readonly seconds: number;
  /** PSS of all its processes at rest, in MiB; only where it is asked for. */
  readonly memory: number;
  /** How much of a core all its processes use at rest, in percent; only where it is asked for. */
  readonly load: number;
}

const rest = () => setTimeout(REST_MS);

/** Starts one program as the root's start script does and ends it again. */
async function startOnce(program: string, args: string, weigh: boolean): Promise<Started> {
  const node = 'node --disable-warning=TimeoutNegativeWarning --conditions=SOURCE';
  const begin = performance.now();
  const child = spawn('sh', ['-c', `node infra/local/prepare.mjs && exec ${node} ${program} ${args}`], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    await lineOf(child, 'ready');
    const seconds = (performance.now() - begin) / 1000;
    if (!weigh) return { seconds, memory: 0, load: 0 };
    await rest();
    const family = familyOf(child.pid ?? 0);
    const memory = family.reduce((sum, pid) => sum + proportionalMemory(pid), 0);
    const load = await loadOf(family, rest);
    return { seconds, memory, load };
  } finally {
    await endProcess(child);
  }
}

async function run(_options: unknown, say: (line: string) => void): Promise<readonly Figure[]> {
  const data = await mkdtemp(join(tmpdir(), 'bangfu-bench-start-'));
  await chmod(data, 0o755);
  try {
    const platform = `--data ${join(data, 'platform')} --port 0 --demo none`;
    const bare = join(data, 'bare');
    say('first start of both: builds, databases, compile caches');
    await startOnce(PLATFORM, platform, false);
    await startOnce(FLOOR, bare, false);
    const ours: Started[] = [];
    const floors: Started[] = [];
    for (let round = 1; round <= ROUNDS; round++) {
      ours.push(await startOnce(PLATFORM, platform, round === ROUNDS));
      floors.push(await startOnce(FLOOR, bare, false));
      say(`round ${round}: ${ours.at(-1)?.seconds.toFixed(2)} s, floor ${floors.at(-1)?.seconds.toFixed(2)} s`);
    }
    const { memory, load } = ours.at(-1) ?? { memory: NaN, load: NaN };
    return [
      {
        id: 'B10 time',
        what: 'start command, installed and built, to all healthy',
        figure: median(ours.map((each) => each.seconds)),
        unit: 's',
        floor: median(floors.map((each) => each.seconds)),
        target: { of: 'ratio', atMost: 2 },
        note: `median of ${ROUNDS}; floor: PostgreSQL and six bare Express processes`,
      },
      {
        id: 'B10 memory',
        what: 'the whole platform at rest, PSS',
        figure: memory,
        unit: 'MiB',
        floor: null,
        target: { of: 'figure', atMost: 550 },
      },
      {
        id: 'B10 rest',
        what: 'processor time of the whole platform at rest, of one core',
        figure: load,
        unit: '%',
        floor: null,
        target: { of: 'figure', atMost: 1 },
      },
    ];
  } finally {
    // A server that just ended may still be putting its last files away.
    await rm(data, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
  }
}

/** From the start command to a healthy platform, and what it weighs. */
export const B10: Benchmark = { name: 'B10', run };
