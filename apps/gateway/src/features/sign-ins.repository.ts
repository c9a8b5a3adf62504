import { type ApiKeyRow, KeyGrant } from '@bangfu/contracts/gateway/keys';
import type { SessionRow } from '@bangfu/contracts/gateway/session';
import type { ReadSql } from '@bangfu/data/typed-sql';
import type { Kysely, Selectable } from 'kysely';
import { z } from 'zod';
import { SESSION_DAYS } from '../auth/sign-in-library.ts';
import type { Tables } from '../operations.ts';

const WEEK_MS = SESSION_DAYS * 24 * 3_600_000;

/** The sessions of an account that can be used; counted by the machine's clock, as the sign-in library does. */
export async function listSessionsOf(read: ReadSql<Tables>, userId: string) {
  const now = Date.now();
  return read
    .selectFrom('session')
    .where('account_id', '=', userId)
    .where('expires_at', '>', new Date(now))
    .where('created_at', '>', new Date(now - WEEK_MS))
    .select(['id', 'created_at as createdAt', 'updated_at as updatedAt', 'expires_at as expiresAt'])
    .select(['ip_address as ipAddress', 'user_agent as userAgent'])
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
}

/** A session as it is shown. @param ownId the session that asks */
export function toSessionRow(
  row: Awaited<ReturnType<typeof listSessionsOf>>[number],
  ownId: string | null,
): z.input<typeof SessionRow> {
  const latest = row.createdAt.getTime() + WEEK_MS;
  return {
    id: row.id,
    begunAt: row.createdAt.toISOString(),
    usedAt: row.updatedAt.toISOString(),
    endsAt: new Date(Math.min(row.expiresAt.getTime(), latest)).toISOString(),
    address: row.ipAddress ?? '',
    agent: row.userAgent ?? '',
    isThis: row.id === ownId,
  };
}

/** All keys an account ever had, the newest first. */
export async function listKeysOf(read: ReadSql<Tables>, userId: string): Promise<z.input<typeof ApiKeyRow>[]> {
  const rows = await read
    .selectFrom('api_key')
    .where('account_id', '=', userId)
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return rows.map(toKeyRow);
}

function toKeyRow(row: Selectable<Tables['api_key']>): z.input<typeof ApiKeyRow> {
  return {
    id: row.id,
    name: row.name,
    createdAt: row.created_at.toISOString(),
    until: row.until.toISOString(),
    grants: row.grants === null ? null : z.array(KeyGrant).parse(row.grants),
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    withdrawnAt: row.withdrawn_at?.toISOString() ?? null,
  };
}

/** Who ends something, and when. */
interface Ending {
  readonly by: { readonly id: string; readonly name: string };
  readonly now: Date;
}

/** A session or a key of an account. */
interface Owned {
  readonly id: string;
  readonly userId: string;
}

/** Ends one session. @returns whether there was one */
export async function endOneSession(write: Kysely<Tables>, { id, userId }: Owned): Promise<boolean> {
  const ended = await write
    .deleteFrom('session')
    .where('id', '=', id)
    .where('account_id', '=', userId)
    .executeTakeFirst();
  return ended.numDeletedRows > 0;
}

/** The keys of an account that are in force, ended. */
const endKeys = (write: Kysely<Tables>, userId: string, { by, now }: Ending) =>
  write
    .updateTable('api_key')
    .set({ withdrawn_at: now, withdrawn_by: by.id, withdrawn_by_name: by.name })
    .where('account_id', '=', userId)
    .where('withdrawn_at', 'is', null);

/** Ends one key that is in force. @returns whether there was one */
export async function endKey(write: Kysely<Tables>, { id, userId }: Owned, ending: Ending): Promise<boolean> {
  const ended = await endKeys(write, userId, ending).where('id', '=', id).executeTakeFirst();
  return ended.numUpdatedRows > 0;
}

/** Ends all that an account is signed in by; some of it may be kept. @returns how many sessions and keys */
export async function endSignIns(
  write: Kysely<Tables>,
  userId: string,
  ending: Ending & { keepSession?: string | undefined; keepKeys?: boolean },
): Promise<{ sessions: number; keys: number }> {
  const { keepSession, keepKeys = false } = ending;
  const all = write.deleteFrom('session').where('account_id', '=', userId);
  const { numDeletedRows } = await (keepSession ? all.where('id', '<>', keepSession) : all).executeTakeFirst();
  const sessions = Number(numDeletedRows);
  if (keepKeys) return { sessions, keys: 0 };
  const { numUpdatedRows } = await endKeys(write, userId, ending).executeTakeFirst();
  return { sessions, keys: Number(numUpdatedRows) };
}
