import pg from 'pg';

/** The code of a connection that ended under its user (SQLSTATE 08006); the driver reports some of these in words only. */
const CONNECTION_LOST = '08006';
/** The code of a connection that could not be made (SQLSTATE 08001). */
const NOT_CONNECTED = '08001';
/** The code of a wait for a connection that lasted too long because all of the pool were in use. */
export const POOL_BUSY = 'POOL_BUSY';

/** An error of the driver with a code; one that has a code, by the server or the network, keeps it. */
const withCode = (error: Error, code: string): Error => ('code' in error ? error : Object.assign(error, { code }));

/**
 * A connection whose loss is an error of the query that waits or comes next, and of nothing else: without a listener
 * Node ends the process when a borrowed connection dies between two queries.
 */
export class Connection extends pg.Client {
  #lost: Error | undefined;

  /** Whether it ended under its user; nothing can be asked on it any more. */
  get isLost(): boolean {
    return this.#lost !== undefined;
  }

  constructor(config?: string | pg.ClientConfig) {
    super(config);
    // The queries under way are given this same error a moment later.
    this.on('error', (error) => {
      this.#lost ??= withCode(error, CONNECTION_LOST);
    });
    const send = this.query.bind(this) as (...given: unknown[]) => unknown;
    const query = (...given: unknown[]) => (this.#lost ? refuse(this.#lost, given) : send(...given));
    this.query = query as typeof this.query;
  }
}

/**
 * Waits for what an object of the driver promises about its connection, and no longer when the connection is lost: some
 * of them wait for the server's next word for ever.
 */
export async function unlessLost(client: pg.ClientBase, wait: () => Promise<unknown>): Promise<void> {
  if (client instanceof Connection && client.isLost) return;
  let lost = () => {};
  const loss = new Promise<void>((resolve) => {
    lost = resolve;
  });
  client.on('end', lost);
  try {
    await Promise.race([wait(), loss]);
  } finally {
    client.off('end', lost);
  }
}

/** Answers a query on a lost connection in the way it was asked: by its own object, a callback or a promise. */
function refuse(lost: Error, [query, ...rest]: unknown[]): unknown {
  const error = Object.assign(new Error(lost.message, { cause: lost }), { code: CONNECTION_LOST });
  const callback = rest.find((each) => typeof each === 'function');
  if (isSubmittable(query)) {
    process.nextTick(() => query.handleError(error));
    return query;
  }
  if (!callback) return Promise.reject(error);
  process.nextTick(callback as (error: Error) => void, error);
  return undefined;
}

const isSubmittable = (query: unknown): query is { handleError: (error: Error) => void } =>
  typeof query === 'object' && query !== null && 'submit' in query && 'handleError' in query;

/** Called with a connection, or with why there is none. */
export type Taken = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  done: (release?: unknown) => void,
) => void;

/**
 * A pool of such connections. Nothing else in the platform makes or borrows a connection (infra/lint): whatever goes
 * wrong with one has a code.
 */
export class Connections extends pg.Pool {
  constructor(config: pg.PoolConfig) {
    super({ ...config, Client: Connection });
    // An idle connection that dies (the server restarted) is replaced on the next use.
    this.on('error', () => undefined);
  }

  override connect(): Promise<pg.PoolClient>;
  override connect(callback: Taken): void;
  override connect(callback?: Taken): Promise<pg.PoolClient> | undefined {
    const isFull = this.idleCount === 0 && this.totalCount >= this.options.max;
    const code = isFull ? POOL_BUSY : NOT_CONNECTED;
    if (!callback) {
      return super.connect().catch((error: Error) => {
        throw withCode(error, code);
      });
    }
    super.connect((error, client, done) => callback(error && withCode(error, code), client, done));
    return undefined;
  }
}

const NETWORK = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);
/**
 * Connection failures (class 08), too many connections, no room or memory (class 53), the server's shutdown or start
 * (57P), its disk or files (58): PostgreSQL, appendix A; an idle session that was ended, and its typed client's words.
 */
const UNAVAILABLE = /^(08...|53...|57P..|58...|25P0[34]|P1001|P1002|P1008|P1017|P2024|P2028|P2037)$/;

/** Whether a code says that the database cannot be worked with now, which is no fault of what was asked. */
export const isUnavailableCode = (code: string): boolean =>
  code === POOL_BUSY || NETWORK.has(code) || UNAVAILABLE.test(code);
