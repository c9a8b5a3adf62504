import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { openLogFile } from './log-file.ts';

/** One of our processes, started again whenever it dies. */
export interface Supervised {
  readonly name: string;
  /** The running child; another after a restart. */
  child(): ChildProcess;
  /** Called with every message a child sends. */
  onMessage(listener: (message: unknown) => void): void;
  /** What it said when it ended because of a wrong setting, after which it is not started again; null otherwise. */
  refusal(): string | null;
  stop(): Promise<void>;
}

/** Longer than a service takes to stop in good order. */
const KILL_AFTER_MS = 25_000;
/** The exit code of a process that was given a wrong setting: another start would find it no better. */
const WRONG_SETTING = 2;
const LAST_WORDS = 4000;
const LONGEST_PAUSE_MS = 5_000;

/**
 * How node runs each of our programs. What a streamed import leaves behind is short-lived: a small nursery and an old
 * space that grows in small steps cost no time to speak of and save a quarter of the memory (B1), and fewer arenas keep
 * the memory of a big import from being held in pieces.
 */
export const FLAGS = [
  '--disable-warning=TimeoutNegativeWarning',
  '--max-semi-space-size=8',
  '--heap-growing-percent=40',
  '--conditions=SOURCE',
];
export const ALLOCATOR = { MALLOC_ARENA_MAX: '2' } as const;

/** Starts a TypeScript program of an app and keeps it running; its output goes to a log file of its own. */
export function supervise(options: {
  name: string;
  folder: string;
  program: string;
  env: NodeJS.ProcessEnv;
  logs: string;
}): Supervised {
  const { name, folder, program, env, logs } = options;
  const logFile = join(logs, `${name}.log`);
  const log = openLogFile(logFile);
  const listeners: ((message: unknown) => void)[] = [];
  let stopping = false;
  let refusal: string | null = null;
  let pause = 200;
  let child = begin();

  function begin(): ChildProcess {
    const started = Date.now();
    const next = spawn(process.execPath, [...FLAGS, program], {
      cwd: folder,
      env: { ...ALLOCATOR, ...env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    next.stdout?.on('data', log.write);
    next.stderr?.on('data', log.write);
    let lastWords = '';
    next.stderr?.on('data', (chunk: Buffer) => {
      lastWords = (lastWords + chunk.toString()).slice(-LAST_WORDS);
    });
    next.on('message', (message) => {
      for (const listener of listeners) listener(message);
    });
    // Once its words have all arrived.
    next.on('close', (code) => {
      if (code !== WRONG_SETTING || stopping) return;
      refusal = lastWords.trim();
      process.stderr.write(`${name} 的设置有误，不再启动；日志：${logFile}\n`);
    });
    next.on('exit', (code, signal) => {
      if (stopping || code === WRONG_SETTING) return;
      if (Date.now() - started > 30_000) pause = 200;
      process.stderr.write(`${name} 意外退出（${signal ?? code}），${pause / 1000} 秒后重新启动；日志：${logFile}\n`);
      setTimeout(() => {
        if (!stopping) child = begin();
      }, pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    });
    return next;
  }

  return {
    name,
    child: () => child,
    refusal: () => refusal,
    onMessage: (listener) => void listeners.push(listener),
    stop() {
      stopping = true;
      return new Promise((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) return resolve();
        const kill = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS);
        child.once('exit', () => {
          clearTimeout(kill);
          resolve();
        });
        child.kill('SIGTERM');
      });
    },
  };
}
