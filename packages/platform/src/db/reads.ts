import { type Caller, readsMasked } from '../auth/caller.ts';
import type { Pool } from '@bangfu/data/pool';

/**
 * The pool a read goes through: evaluators and auditors read with the database's read-only role, so that even a fault
 * of ours could not let them write (roles, third enforcement).
 */
export function readsOf(kit: { readonly pool: Pool; readonly readPool: Pool }, caller: Caller): Pool {
  return readsMasked(caller) ? kit.readPool : kit.pool;
}
