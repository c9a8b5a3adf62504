import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A platform running on a data folder: who runs it, and where its database server listens. */
export interface Running {
  readonly pid: number;
  /** Start time of the process in clock ticks, so that another process with the same number is not taken for it. */
  readonly startedAt: string;
  readonly databaseServer: string | null;
}

const file = (data: string) => join(data, 'running.json');

function startTime(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return null;
  }
}

/** The platform that runs on a data folder at this moment; null when none does, or when it was killed. */
export function findRunning(data: string): Running | null {
  if (!existsSync(file(data))) return null;
  const noted = JSON.parse(readFileSync(file(data), 'utf8')) as Running;
  const now = startTime(noted.pid);
  // Where the system has no /proc the note alone must do.
  return now === null && existsSync('/proc') ? null : now === null || now === noted.startedAt ? noted : null;
}

/** Notes that this process runs the platform. */
export function noteRunning(data: string, databaseServer: string | null): void {
  const running: Running = { pid: process.pid, startedAt: startTime(process.pid) ?? '', databaseServer };
  writeFileSync(file(data), JSON.stringify(running), { mode: 0o600 });
}

export function forgetRunning(data: string): void {
  rmSync(file(data), { force: true });
}
