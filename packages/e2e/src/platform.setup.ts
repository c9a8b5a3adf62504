import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ADMIN_PASSWORD, DEMO_PASSWORD } from './world.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const READY_WITHIN_MS = 300_000;

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

function untilReady(platform: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = '';
    const fail = (why: string) => reject(new Error(`${why}\n${output}`));
    const timer = setTimeout(() => fail('the platform was not ready in time'), READY_WITHIN_MS);
    const take = (chunk: Buffer) => {
      output += chunk.toString();
      if (!/^ready http/m.test(output)) return;
      clearTimeout(timer);
      resolve();
    };
    platform.stdout?.on('data', take);
    platform.stderr?.on('data', take);
    platform.on('exit', () => fail('the platform ended before it was ready'));
  });
}

/** Starts the whole platform with the small demo county, as its start command does, on a data folder of its own. */
export default async function setup(): Promise<() => Promise<void>> {
  const data = mkdtempSync(join(tmpdir(), 'bangfu-journeys-'));
  const port = await freePort();
  const kafka = process.env['BANGFU_JOURNEY_KAFKA'] === '1' ? ['--kafka'] : [];
  const platform = spawn(
    process.execPath,
    ['--conditions=SOURCE', 'infra/local/start.ts', '--demo', 'small', '--port', String(port), '--data', data, ...kafka],
    {
      cwd: ROOT,
      env: { ...process.env, BANGFU_ADMIN_PASSWORD: ADMIN_PASSWORD, BANGFU_DEMO_PASSWORD: DEMO_PASSWORD, NODE_OPTIONS: '' },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  await untilReady(platform);
  process.env['BANGFU_E2E_URL'] = `http://127.0.0.1:${port}`;
  return async () => {
    platform.kill('SIGTERM');
    await new Promise((resolve) => platform.once('exit', resolve));
    rmSync(data, { recursive: true, force: true });
  };
}
