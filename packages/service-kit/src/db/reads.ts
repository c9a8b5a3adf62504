import type { Caller } from '../auth/caller.ts';
import type { Pool } from './pool.ts';

/**
 * The pool a read goes through: evaluators and auditors read with the database's read-only role, so that even a fault
 * of ours could not let them write (roles, third enforcement).
 */
export function readsOf(kit: { readonly pool: Pool; readonly readPool: Pool }, caller: Caller): Pool {
  const readOnly = caller.usable.every(({ role }) => role === 'evaluator' || role === 'auditor');
  return readOnly ? kit.readPool : kit.pool;
}
