/** A server that is not ours (PostgreSQL, Kafka), as its start hands it back. */
interface Server {
  /** Settles when the server has ended, however that came. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/** A server that is started again whenever it ends unasked. */
export interface KeptRunning<S extends Server> {
  /** The running server; another after a restart. */
  current(): S;
  stop(): Promise<void>;
}

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 5_000;

/**
 * Starts a server and starts it again whenever it ends unasked, until it stands; the services find it again by
 * themselves, so it must come back under the address of the one before. @throws what the first start throws
 */
export async function keepRunning<S extends Server>(
  name: string,
  start: (before: S | null) => Promise<S>,
): Promise<KeptRunning<S>> {
  let server = await start(null);
  let wakeUp = () => {};
  const stopped = new Promise<void>((resolve) => {
    wakeUp = resolve;
  });
  let stopping = false;

  async function restart(): Promise<void> {
    for (let pause = FIRST_PAUSE_MS; !stopping; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      process.stderr.write(`${name} 意外退出，${pause / 1000} 秒后重新启动\n`);
      await Promise.race([stopped, new Promise((resolve) => setTimeout(resolve, pause))]);
      if (stopping) return;
      try {
        server = await start(server);
        return;
      } catch (error) {
        process.stderr.write(`${name} 没有启动：${error instanceof Error ? error.message : String(error)}\n`);
      }
    }
  }

  async function tend(): Promise<void> {
    for (;;) {
      await server.ended;
      if (stopping) return;
      await restart();
      // Told to stop while it was being started again.
      if (stopping) return server.stop();
    }
  }

  const tending = tend();
  return {
    current: () => server,
    stop: async () => {
      stopping = true;
      wakeUp();
      await server.stop();
      await tending;
    },
  };
}
