import type { Operation } from '@bangfu/contracts/core/operation';
import { inTransaction, type Pool } from '@bangfu/data/pool';
import { pgSql } from '@bangfu/data/sql';
import type { Caller } from '../auth/caller.ts';
import { type AuditEntry, writeAudit } from './entry.ts';

/** Who looks, when, and where it is written down. */
interface Looking {
  readonly kit: { readonly pool: Pool; readonly newId: (now: Date) => string };
  readonly caller: Caller;
  readonly now: Date;
}

/** Writes down, before the answer leaves, that somebody looks at a record or takes a file, by the action of the contract. */
export async function noteLook(
  { kit, caller, now }: Looking,
  { id, audit }: Pick<Operation, 'id' | 'audit'>,
  look: Omit<AuditEntry, 'id' | 'action'>,
): Promise<void> {
  if (!audit) throw new Error(`${id} has no action for the audit log`);
  const entry = { id: kit.newId(now), action: audit, ...look };
  await inTransaction(kit.pool, (client) => writeAudit(pgSql(client), caller, [entry], now));
}
