import { readFileSync } from 'node:fs';

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly startedAt: string;
  readonly command: string;
}

function look(pid: number): Process | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in brackets may hold spaces and brackets itself.
    const rest = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    return { pid, parent: Number(rest[1]), startedAt: rest[19] ?? '', command };
  } catch {
    return null;
  }
}

/**
 * Watches the topmost npx, npm or pnpm this process runs under: those pass no signal on when they are ended, so their
 * end is noticed here. On systems without /proc only our own parent's end is seen, by the closed channel.
 */
export function whenLauncherEnds(onEnd: () => void): { stop(): void } {
  let top: Process | null = null;
  for (let at = look(process.ppid); at && at.pid > 1; at = look(at.parent)) {
    if (/\b(npx|npm|pnpm|pnpx)\b|\bsh -c\b/.test(at.command)) top = at;
    else break;
  }
  if (!top) return { stop: () => undefined };
  const { pid, startedAt } = top;
  const timer = setInterval(() => {
    if (look(pid)?.startedAt === startedAt) return;
    clearInterval(timer);
    onEnd();
  }, 500);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}
