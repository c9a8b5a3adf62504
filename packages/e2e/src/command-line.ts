import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { ADMIN_PASSWORD } from './accounts.ts';
import { ROOT } from './start-platform.ts';

/** What one command line left behind. */
export interface CommandRun {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `bangfu` as a process of its own, as its package script does. */
export async function bangfu(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<CommandRun> {
  const child = spawn(process.execPath, ['--conditions=SOURCE', 'apps/cli/src/main.ts', ...args], {
    cwd: ROOT,
    env: { ...process.env, NODE_OPTIONS: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr, [exit]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { exit: Number(exit), stdout, stderr };
}

/** The administrator's command line on one platform, under --json. */
export function commandLineOf(url: string): <T>(...args: string[]) => Promise<CommandRun & { readonly document: T }> {
  return async <T>(...args: string[]) => {
    const run = await bangfu([...args, '--json'], {
      BANGFU_URL: url,
      BANGFU_USER: 'admin',
      BANGFU_PASSWORD: ADMIN_PASSWORD,
    });
    // Anything beside the one document makes this throw.
    return { ...run, document: JSON.parse(run.stdout) as T };
  };
}
