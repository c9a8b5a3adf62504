import { AsyncLocalStorage } from 'node:async_hooks';
import { Connections, type Taken } from './connection.ts';
import pg from 'pg';
import { isLongWork, LIMITS, type Limits } from './limits.ts';

// Counts and fen are bigint in SQL and safe integers here. A value beyond 2^53 is never rounded: it stays a bigint, which
// no contract has, so that its own record cannot be shown and the others of a list can.
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => {
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : BigInt(text);
});
// A business day stays text: a Date would shift it into the machine's time zone.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);

/** A text as a literal of SQL, where no parameter can stand. */
export const escapeLiteral = (text: string): string => pg.escapeLiteral(text);

/** A name as an identifier of SQL. */
export const escapeIdentifier = (name: string): string => pg.escapeIdentifier(name);

export type Pool = pg.Pool;
export type PoolClient = pg.PoolClient;

/**
 * What every session begins with. temp_buffers is taken only by who makes temporary tables, and can no longer be set
 * once a session has had one - a pooled session may have had one before.
 */
const SESSION = '-c timezone=UTC -c search_path=public,platform -c temp_buffers=64MB';

function sessionOptions({ statementMs, lockMs, idleMs, transactionMs }: Limits): string {
  const limits = {
    statement_timeout: statementMs,
    lock_timeout: lockMs,
    idle_in_transaction_session_timeout: idleMs,
    transaction_timeout: transactionMs,
  };
  return [SESSION, ...Object.entries(limits).map(([name, ms]) => `-c ${name}=${ms}`)].join(' ');
}

/** A pool on a database; its sessions count time in UTC and see the service's tables before the platform's. */
export function openPool(url: string, max = 10, limits: Limits = LIMITS.none): Pool {
  return new Connections(poolConfig(url, max, limits));
}

const poolConfig = (url: string, max: number, limits: Limits): pg.PoolConfig => ({
  connectionString: url,
  max,
  connectionTimeoutMillis: limits.waitMs,
  options: sessionOptions(limits),
});

/** For a job with its progress, the consumer, the relay, the sealer and some to spare; requests wait for none of these. */
const MAX_LONG = 8;

/** Requests and long work side by side: whoever borrows within `asLongWork` gets a connection with its limits. */
class ServicePool extends Connections {
  readonly #long: Connections;

  constructor(url: string, max: number, limits: { readonly request: Limits; readonly long: Limits }) {
    super(poolConfig(url, max, limits.request));
    this.#long = new Connections(poolConfig(url, MAX_LONG, limits.long));
  }

  override connect(): Promise<pg.PoolClient>;
  override connect(callback: Taken): void;
  override connect(callback?: Taken): Promise<pg.PoolClient> | undefined {
    const connect = isLongWork() ? this.#long.connect.bind(this.#long) : super.connect.bind(this);
    if (!callback) return connect();
    connect(callback);
    return undefined;
  }

  /** Callers of long work that wait for a connection. */
  get longWaiting(): number {
    return this.#long.waitingCount;
  }

  override end(): Promise<void>;
  override end(callback: () => void): void;
  override end(callback?: () => void): Promise<void> | undefined {
    const long = this.#long.end();
    if (!callback) return Promise.all([super.end(), long]).then(() => undefined);
    super.end(callback);
    return undefined;
  }
}

/** How many callers wait for a connection of a pool. */
export const waitingOf = (pool: Pool): number =>
  pool.waitingCount + (pool instanceof ServicePool ? pool.longWaiting : 0);

/** The pool of a service's application role, for requests and for long work. */
export const openServicePool = (
  url: string,
  max = 10,
  limits: { readonly request: Limits; readonly long: Limits } = LIMITS,
): Pool => new ServicePool(url, max, limits);

/** Runs `work` in one transaction on a connection; any error rolls everything back. `onBroken`: it could not. */
export async function transact<T>(client: PoolClient, work: () => Promise<T>, onBroken = () => {}): Promise<T> {
  try {
    await client.query('BEGIN');
    const result = await work();
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch(onBroken);
    throw error;
  }
}

/** The transaction that the running code belongs to, while it is open. */
const running = new AsyncLocalStorage<{ client: PoolClient | undefined }>();

/**
 * The connection of the transaction that the running code belongs to, for a library that is given no other; undefined
 * outside of one. What takes long must not be done in a transaction, whose connection others wait for.
 */
export const clientOfTransaction = (): PoolClient | undefined => running.getStore()?.client;

/** Runs `work` in one transaction on a connection of its own; any error rolls everything back. */
export async function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  const own: { client: PoolClient | undefined } = { client };
  let broken = false;
  const worked = () => running.run(own, () => work(client)).finally(() => (own.client = undefined));
  try {
    return await transact(client, worked, () => {
      broken = true;
    });
  } finally {
    client.release(broken);
  }
}
