import { isUnavailableCode, POOL_BUSY } from './connection.ts';

/** PostgreSQL's codes of failures that say nothing against the command: two of them crossed. */
const CROSSED = new Set(['40001', '40P01', 'P2034']);
/** A text that is none of what its column holds: an id, a day, a number (class 22). */
const MALFORMED = new Set(['22P02', '22007', '22008', '22003']);
/** statement_timeout and transaction_timeout (db/limits). */
const TOO_SLOW = new Set(['57014', '25P04']);
/** Two equal values, or two periods of one thing that overlap. */
const NOT_UNIQUE = new Set(['23505', '23P01', 'P2002']);

/** The codes an error carries: the driver's own, and what the typed client wraps it in. */
function codesOf(error: unknown): readonly string[] {
  const codes: string[] = [];
  for (let at: unknown = error; typeof at === 'object' && at !== null && codes.length < 8; at = next(at)) {
    for (const name of ['code', 'originalCode'] as const) {
      const code = (at as Record<string, unknown>)[name];
      if (typeof code === 'string') codes.push(code);
    }
  }
  return codes;
}

function next(error: object): unknown {
  const { cause, meta } = error as { cause?: unknown; meta?: { driverAdapterError?: unknown } };
  return cause ?? meta?.driverAdapterError;
}

/** Two transactions waited for each other, and this one was ended: the same work done again succeeds. */
export const isCrossed = (error: unknown): boolean => codesOf(error).some((code) => CROSSED.has(code));

/** Somebody else wrote the same unique value in the meantime. */
export const isNotUnique = (error: unknown): boolean => codesOf(error).some((code) => NOT_UNIQUE.has(code));

/** A value was given that cannot be what it should be; the contracts catch all but what a forged cursor holds. */
export const isMalformed = (error: unknown): boolean => codesOf(error).some((code) => MALFORMED.has(code));

/** The database cannot be worked with now, for a reason that is none of the command's: worth another try. */
export const isDatabaseUnavailable = (error: unknown): boolean => codesOf(error).some(isUnavailableCode);

/** The disk of the database server is full. */
export const isDatabaseFull = (error: unknown): boolean => codesOf(error).includes('53100');

/** A statement or a transaction took longer than its role may take, and was ended. */
export const isTooSlow = (error: unknown): boolean => codesOf(error).some((code) => TOO_SLOW.has(code));

/** Another transaction held what was needed for longer than one waits. */
export const isHeldByOthers = (error: unknown): boolean => codesOf(error).includes('55P03');

/** Whether all connections of a pool were in use for longer than one waits. */
export const isPoolBusy = (error: unknown): boolean => codesOf(error).includes(POOL_BUSY);
