import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Refusal } from '../http/refusal.ts';

/** What a kind of worker processes may cost a service. */
interface WorkerLimits {
  /** Its program, beside the module that uses it. */
  readonly program: URL;
  /** How many there are at the same time; whoever comes later waits. */
  readonly max: number;
  readonly maxWaiting: number;
  /** The code of the refusal when too many wait already. */
  readonly busyCode: string;
  readonly memoryMb: number;
}

/** Why a worker answers no more: somebody's own reason, too much memory, or its end. */
export type Lost = Error | 'memory' | 'ended';

/** A worker process while one piece of work is in it. */
export interface WorkerProcess<Request, Answer> {
  send(request: Request): void;
  /**
   * Begins a piece of work: called with each answer, and once with why no other will come.
   * @param memoryMb a lower ceiling than the worker's own
   */
  use(onAnswer: (answer: Answer) => void, onLost: (why: Lost) => void, memoryMb?: number): void;
  /** Ends the process, whatever it does, and says why to whoever uses it. */
  kill(why: Error): void;
  /** Gives the process back, to be kept or ended. */
  release(): void;
}

/** A process that was useful is kept for the next piece of work, for a moment and as long as it is small. */
const IDLE_MS = 5_000;
const MAX_IDLE_BYTES = 200 * 2 ** 20;
const LOOK_EVERY_MS = 100;
const PAGE_BYTES = 4096;
const KB = 1024;

/** Memory of a process in bytes; null where the system does not show it. */
function residentBytes(pid: number | undefined): number | null {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ')[1]) * PAGE_BYTES;
  } catch {
    return null;
  }
}

function spawnWorker({ program, memoryMb }: WorkerLimits): ChildProcess {
  const flags = ['--conditions=SOURCE', '--max-semi-space-size=8', `--max-old-space-size=${memoryMb}`];
  const command = [process.execPath, ...flags, fileURLToPath(program)];
  // What is not set cannot be read out of it: the process gets no address and no key of its service.
  const env = { PATH: process.env['PATH'] ?? '', TZ: process.env['TZ'] ?? '', MALLOC_ARENA_MAX: '2' };
  // The kernel ends what grows in one leap, before anybody can look: at a third more than the ceiling. Where it can be
  // asked for, the process gets the processor only when nothing else wants it.
  const script = `ulimit -d ${Math.floor((memoryMb * KB * 4) / 3)} 2>/dev/null
    command -v chrt >/dev/null && exec chrt --idle 0 "$@"
    exec "$@"`;
  const limited = ['/bin/sh', '-c', script, 'sh'];
  const [first = '', ...args] = process.platform === 'linux' ? [...limited, ...command] : command;
  const child = spawn(first, args, { env, stdio: ['ignore', 'ignore', 'ignore', 'ipc'], serialization: 'advanced' });
  try {
    if (child.pid) setPriority(child.pid, constants.priority.PRIORITY_LOW);
  } catch {
    // Without it the process is as quick as others.
  }
  return child;
}

function startWorker<Request extends object, Answer>(
  limits: WorkerLimits,
  onEnd: () => void,
  onFree: (worker: WorkerProcess<Request, Answer>) => void,
): WorkerProcess<Request, Answer> {
  const child = spawnWorker(limits);
  let user: { onAnswer: (answer: Answer) => void; onLost: (why: Lost) => void } | null = null;
  let watch: NodeJS.Timeout | undefined;
  let idle: NodeJS.Timeout | undefined;
  let hasEnded = false;

  function lose(why: Lost): void {
    clearInterval(watch);
    clearTimeout(idle);
    const lost = user;
    user = null;
    if (!hasEnded) {
      hasEnded = true;
      child.kill('SIGKILL');
      onEnd();
    }
    lost?.onLost(why);
  }
  child.on('message', (answer) => user?.onAnswer(answer as Answer));
  child.on('error', lose);
  // Out of memory ends it by a signal, whoever noticed first.
  child.on('exit', (_code, signal) => lose(signal ? 'memory' : 'ended'));

  const worker: WorkerProcess<Request, Answer> = {
    send(request) {
      if (!hasEnded) child.send(request, () => undefined);
    },
    use(onAnswer, onLost, memoryMb = limits.memoryMb) {
      clearTimeout(idle);
      child.ref();
      child.channel?.ref();
      user = { onAnswer, onLost };
      watch = setInterval(() => {
        const bytes = residentBytes(child.pid);
        if (bytes !== null && bytes > memoryMb * KB * KB) lose('memory');
      }, LOOK_EVERY_MS);
    },
    kill: lose,
    release() {
      clearInterval(watch);
      user = null;
      if (hasEnded) return;
      const bytes = residentBytes(child.pid);
      if (bytes === null || bytes > MAX_IDLE_BYTES) {
        lose('ended');
        return;
      }
      child.unref();
      child.channel?.unref();
      idle = setTimeout(() => lose('ended'), IDLE_MS);
      idle.unref();
      onFree(worker);
    },
  };
  return worker;
}

/**
 * The worker processes of one kind: for work that may take memory or time beyond what a service can bear, at a low
 * priority and with a ceiling.
 */
export function workerPool<Request extends object, Answer>(limits: WorkerLimits) {
  type Own = WorkerProcess<Request, Answer>;
  const idle: Own[] = [];
  const waiting: { readonly take: (worker: Own) => void }[] = [];
  let running = 0;

  function start(): Own {
    running += 1;
    const worker: Own = startWorker<Request, Answer>(
      limits,
      () => {
        running -= 1;
        const at = idle.indexOf(worker);
        if (at >= 0) idle.splice(at, 1);
        waiting.shift()?.take(start());
      },
      (free) => {
        const next = waiting.shift();
        if (next) next.take(free);
        else idle.push(free);
      },
    );
    return worker;
  }

  return {
    /**
     * A worker, as soon as one is free.
     * @throws Refusal 503 with the busy code when too many wait already; the signal's reason when it is aborted
     */
    async take(signal?: AbortSignal): Promise<Own> {
      signal?.throwIfAborted();
      const free = idle.pop();
      if (free) return free;
      if (running < limits.max) return start();
      if (waiting.length >= limits.maxWaiting) throw new Refusal(503, limits.busyCode);
      return new Promise((resolve, reject) => {
        const own = {
          take(worker: Own) {
            signal?.removeEventListener('abort', leave);
            resolve(worker);
          },
        };
        const leave = () => {
          waiting.splice(waiting.indexOf(own), 1);
          reject(signal?.reason as Error);
        };
        signal?.addEventListener('abort', leave, { once: true });
        waiting.push(own);
      });
    },
  };
}
