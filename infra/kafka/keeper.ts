import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export interface KeptServer {
  /** Process id of the server itself, for tests that kill it. */
  readonly pid: number;
  /** Settles when the server has ended, however that came. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

export interface KeepOptions {
  command: string;
  args: string[];
  /** Signal that ends the server in good order. */
  stopSignal: 'SIGTERM' | 'SIGINT';
  /** The server is up when a line of its output holds this text. */
  readyLine: string;
  readyWithinMs: number;
  cwd?: string;
  env?: Record<string, string>;
  uid?: number;
  gid?: number;
  onLine?: (line: string) => void;
}

const KEPT_LINES = 40;

/** A server that is not ours has no use for our settings, nor for what other programs keep in the environment. */
function withoutSecrets(): NodeJS.ProcessEnv {
  const isKept = ([name]: [string, unknown]) => !/^BANGFU_|PASSWORD|SECRET|TOKEN|KEY|DATABASE_URL/.test(name);
  return Object.fromEntries(Object.entries(process.env).filter(isKept));
}

/**
 * Starts a server under a keeper process that stops it when this process ends in any way, and waits until it says
 * that it is ready. Throws with the last lines of its output when it ends before, or when the time is over.
 */
export async function keepServer(options: KeepOptions): Promise<KeptServer> {
  const keeper = fork(new URL('./keeper.mjs', import.meta.url), [], {
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    detached: true,
  });
  const ended = once(keeper, 'exit').then(() => undefined);
  const lastLines: string[] = [];
  const started = new Promise<number>((resolve, reject) => {
    keeper.on('message', (message: { kind: string; pid?: number; reason?: string }) => {
      if (message.kind === 'started' && message.pid !== undefined) resolve(message.pid);
      if (message.kind === 'failed') reject(new Error(`${options.command} did not start: ${message.reason ?? ''}`));
    });
  });
  const ready = new Promise<void>((resolve) => {
    for (const stream of [keeper.stdout, keeper.stderr]) {
      if (!stream) continue;
      createInterface({ input: stream }).on('line', (line) => {
        lastLines.push(line);
        if (lastLines.length > KEPT_LINES) lastLines.shift();
        options.onLine?.(line);
        if (line.includes(options.readyLine)) resolve();
      });
    }
  });
  const stop = async (): Promise<void> => {
    if (keeper.connected) keeper.send({ kind: 'stop' }, () => undefined);
    await ended;
  };
  const { command, args, stopSignal, cwd, env, uid, gid } = options;
  keeper.send({ command, args, stopSignal, options: { cwd, env: { ...withoutSecrets(), ...env }, uid, gid } });
  let timer: NodeJS.Timeout | undefined;
  const failed = new Promise<never>((_, reject) => {
    const fail = (why: string) => reject(new Error(`${options.command} ${why}\n${lastLines.join('\n')}`));
    timer = setTimeout(() => fail(`was not ready within ${options.readyWithinMs} ms`), options.readyWithinMs);
    void ended.then(() => fail('ended before it was ready'));
  });
  failed.catch(() => undefined);
  try {
    const pid = await Promise.race([started, failed]);
    await Promise.race([ready, failed]);
    return { pid, ended, stop };
  } catch (error) {
    await stop();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
