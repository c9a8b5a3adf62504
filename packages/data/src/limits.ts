import { AsyncLocalStorage } from 'node:async_hooks';

/** How long a session's work may take, in milliseconds; 0 is without end (docs/adr/0026). */
export interface Limits {
  /** One statement; of a cursor, from its first row to its last. */
  readonly statementMs: number;
  /** The wait for a lock another transaction holds. */
  readonly lockMs: number;
  /** A transaction that does nothing: it would hold up the events and the audit seals of the whole server. */
  readonly idleMs: number;
  /** A transaction from its begin to its end. */
  readonly transactionMs: number;
  /** The wait for a connection when all of the pool are in use. */
  readonly waitMs: number;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** By what a session is for. The migrator has none: a migration of a large table takes what it takes. */
export const LIMITS = {
  /** Somebody waits for the answer. */
  request: {
    statementMs: MINUTE,
    lockMs: 20 * SECOND,
    idleMs: MINUTE,
    transactionMs: 5 * MINUTE,
    waitMs: 10 * SECOND,
  },
  /** Jobs, the demo, undoing an import, verification of everything. */
  long: { statementMs: 15 * MINUTE, lockMs: 0, idleMs: MINUTE, transactionMs: 0, waitMs: MINUTE },
  /** A file that is streamed out, as slowly as its reader reads. */
  file: { statementMs: 60 * MINUTE, lockMs: 20 * SECOND, idleMs: MINUTE, transactionMs: 0, waitMs: 20 * SECOND },
  /** Tests and tools. */
  none: { statementMs: 0, lockMs: 0, idleMs: 0, transactionMs: 0, waitMs: 0 },
} as const satisfies Record<string, Limits>;

const longWork = new AsyncLocalStorage<true>();

/** Runs work nobody waits for in front of a screen: the connections it borrows have the limits of long work. */
export const asLongWork = <T>(work: () => Promise<T>): Promise<T> => longWork.run(true, work);

export const isLongWork = (): boolean => longWork.getStore() === true;
