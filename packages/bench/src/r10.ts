import { fork, spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { constants, setPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { call } from '@bangfu/contracts/core/client';
import { signIn } from '@bangfu/contracts/gateway/session';
import { ROOT } from '@bangfu/infra/local/options';
import { type Benchmark, type Figure, percentile } from './figure.ts';
import { endProcess, lineOf, messageOf } from './processes.ts';

const PER_SECOND = 40;
const SECONDS = 20;
const PASSWORD = 'Bench-demo-2026';
const LIST = '/api/identification/households?limit=50';
const THROWER = join(ROOT, 'packages/bench/src/r10-thrower.ts');

/** Milliseconds that a list takes at a fixed rate, whatever became of the calls before, by p99. */
async function p99Of(url: string, cookie: string): Promise<number> {
  const took: number[] = [];
  const asked: Promise<void>[] = [];
  const ask = async () => {
    const began = performance.now();
    const answer = await fetch(url + LIST, { headers: { cookie } });
    await answer.arrayBuffer();
    if (answer.status !== 200) throw new Error(`the list answered ${answer.status}`);
    took.push(performance.now() - began);
  };
  const begin = performance.now();
  for (let n = 0; n < PER_SECOND * SECONDS; n++) {
    const wait = begin + (n * 1000) / PER_SECOND - performance.now();
    if (wait > 0) await setTimeout(wait);
    asked.push(ask());
  }
  await Promise.all(asked);
  return percentile(took, 0.99);
}

async function run(_options: unknown, say: (line: string) => void): Promise<readonly Figure[]> {
  const data = await mkdtemp(join(tmpdir(), 'bangfu-bench-hostile-'));
  await chmod(data, 0o755);
  const node = 'node --disable-warning=TimeoutNegativeWarning --conditions=SOURCE';
  const start = `infra/local/start.ts --data ${join(data, 'platform')} --port 0 --demo small`;
  const platform = spawn('sh', ['-c', `node infra/local/prepare.mjs && exec ${node} ${start}`], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, BANGFU_ADMIN_PASSWORD: PASSWORD, BANGFU_DEMO_PASSWORD: PASSWORD, NODE_ENV: 'production' },
  });
  try {
    const url = (await lineOf(platform, 'ready')).replace(/^ready\s+/, '').trim();
    let cookie = '';
    const keeping: typeof fetch = async (input, init) => {
      const answer = await fetch(input, init);
      cookie = answer.headers
        .getSetCookie()
        .map((line) => line.split(';')[0])
        .join('; ');
      return answer;
    };
    const body = { username: 'county', password: PASSWORD };
    const { csrf } = await call({ baseUrl: url, fetch: keeping }, signIn, { body });
    await p99Of(url, cookie);
    const quiet = await p99Of(url, cookie);
    say(`quiet: p99 ${quiet.toFixed(1)} ms`);
    const thrower = fork(THROWER, [url, cookie, csrf.header, csrf.token], { execArgv: ['--conditions=SOURCE'] });
    // Sending costs processor time that no stranger would take from the platform.
    setPriority(thrower.pid ?? 0, constants.priority.PRIORITY_LOW);
    await messageOf(thrower, (message): message is 'begun' => message === 'begun');
    const isSaid = (message: unknown): message is { said: Record<string, number> } => typeof message === 'object';
    const said = messageOf(thrower, isSaid);
    await setTimeout(2000);
    const hostile = await p99Of(url, cookie);
    await endProcess(thrower);
    const answers = Object.entries((await said).said)
      .map(([status, times]) => `${times} × ${status === '0' ? 'cut off' : status}`)
      .join(', ');
    say(`under hostile input: p99 ${hostile.toFixed(1)} ms; ${answers}`);
    return [
      {
        id: 'R10 p99',
        what: `list of households at ${PER_SECOND}/s while hostile bodies and files are thrown at the platform, p99`,
        figure: hostile,
        unit: 'ms',
        floor: quiet,
        target: { of: 'ratio', atMost: 2 },
        note: `floor: the same without them; answers to them: ${answers}`,
      },
    ];
  } finally {
    await endProcess(platform);
    await rm(data, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
  }
}

/** What a signed-in user feels while hostile input is thrown at the platform. */
export const R10: Benchmark = { name: 'R10', run };
