import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ServiceName } from '@bangfu/contracts/core/operation';
import type { StartedPlatform } from './start-platform.ts';

/** What a test may strike. */
export type Victim = ServiceName | 'gateway' | 'postgres' | 'kafka';

/** The processes for whose /proc entry the question is true. */
function processes(entry: 'environ' | 'cmdline', asks: (words: readonly string[]) => boolean): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        return asks(readFileSync(`/proc/${name}/${entry}`, 'utf8').split('\0'));
      } catch {
        // Gone meanwhile, or another user's.
        return false;
      }
    })
    .map(Number);
}

/** The processes of one part of a platform; none while it is down. */
export function pidsOf({ data, url }: Pick<StartedPlatform, 'data' | 'url'>, victim: Victim): number[] {
  switch (victim) {
    case 'postgres':
      return processes('cmdline', (words) => words[1] === '-D' && words[2] === join(data, 'postgres', 'cluster'));
    case 'kafka':
      return processes('cmdline', (words) => words.at(-2) === join(data, 'kafka', 'server.properties'));
    case 'gateway':
      return processes('environ', (words) => words.includes(`BANGFU_PORT=${new URL(url).port}`));
    default:
      return processes('environ', (words) => words.includes(`BANGFU_FILES=${join(data, 'files', victim)}`));
  }
}

/** Strikes one part of a platform. @throws Error when nothing of it runs, so that no test kills nobody */
export function strike(platform: StartedPlatform, victim: Victim, signal: NodeJS.Signals = 'SIGKILL'): void {
  const pids = pidsOf(platform, victim);
  if (pids.length === 0) throw new Error(`${victim} does not run`);
  for (const pid of pids) process.kill(pid, signal);
}
