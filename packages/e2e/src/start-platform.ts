import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ADMIN_PASSWORD, DEMO_PASSWORD } from './accounts.ts';

export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const READY_WITHIN_MS = 300_000;

/** The platform as its start command runs it, on a data folder of its own. */
export interface StartedPlatform {
  readonly url: string;
  readonly data: string;
  readonly process: ChildProcess;
  /** Everything it printed so far. */
  output(): string;
  stop(): Promise<void>;
}

/** A folder for a platform's data, gone when the caller removes it. */
export const dataFolder = (): string => mkdtempSync(join(tmpdir(), 'bangfu-e2e-'));
export const removeFolder = (folder: string): void => rmSync(folder, { recursive: true, force: true });

/**
 * Runs the start command and waits until it says it is ready.
 * @param clock a file with the milliseconds by which the platform's time is moved; without it, it runs as shipped
 */
export async function startPlatform(
  data: string,
  port: number,
  args: readonly string[],
  clock?: string,
): Promise<StartedPlatform> {
  const program = clock ? 'packages/e2e/src/moved-start.ts' : 'infra/local/start.ts';
  const child = spawn(
    process.execPath,
    ['--conditions=SOURCE', program, '--port', String(port), '--data', data, ...args],
    {
      cwd: ROOT,
      env: {
        ...process.env,
        ...(clock ? { BANGFU_TEST_CLOCK: clock } : {}),
        BANGFU_ADMIN_PASSWORD: ADMIN_PASSWORD,
        BANGFU_DEMO_PASSWORD: DEMO_PASSWORD,
        NODE_OPTIONS: '',
        // A test runner's own settings must not reach the services.
        NODE_ENV: 'production',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  await new Promise<void>((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`${why}\n${output}`));
    const timer = setTimeout(() => fail('the platform was not ready in time'), READY_WITHIN_MS);
    const take = (chunk: Buffer) => {
      output += chunk.toString();
      if (!/^ready http/m.test(output)) return;
      clearTimeout(timer);
      resolve();
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('exit', () => fail('the platform ended before it was ready'));
  });
  return {
    url: `http://127.0.0.1:${port}`,
    data,
    process: child,
    output: () => output,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      await new Promise((resolve) => child.once('exit', resolve));
    },
  };
}
