import type { ApiKeyRow } from '@bangfu/contracts/gateway/keys';
import { KeyGrant } from '@bangfu/contracts/gateway/keys';
import type { SessionRow } from '@bangfu/contracts/gateway/session';
import { z } from 'zod';
import { SESSION_DAYS } from '../auth/sign-in-library.ts';
import type { Tx } from '../db/client.ts';
import type { ApiKey, Session } from '../generated/prisma/client.ts';

const WEEK_MS = SESSION_DAYS * 24 * 3_600_000;
const NEWEST_FIRST = [{ createdAt: 'desc' }, { id: 'desc' }] as const;

/** The sessions of an account that can be used; counted by the machine's clock, as the sign-in library does. */
export async function listSessionsOf(db: Pick<Tx, 'session'>, userId: string): Promise<Session[]> {
  const now = Date.now();
  return db.session.findMany({
    where: { userId, expiresAt: { gt: new Date(now) }, createdAt: { gt: new Date(now - WEEK_MS) } },
    orderBy: [...NEWEST_FIRST],
  });
}

/** A session as it is shown. @param ownId the session that asks */
export function toSessionRow(row: Session, ownId: string | null): z.input<typeof SessionRow> {
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
export async function listKeysOf(db: Pick<Tx, 'apiKey'>, userId: string): Promise<z.input<typeof ApiKeyRow>[]> {
  const rows = await db.apiKey.findMany({ where: { userId }, orderBy: [...NEWEST_FIRST] });
  return rows.map(toKeyRow);
}

function toKeyRow(row: ApiKey): z.input<typeof ApiKeyRow> {
  return {
    id: row.id,
    name: row.name,
    createdAt: row.createdAt.toISOString(),
    until: row.until.toISOString(),
    grants: row.grants === null ? null : z.array(KeyGrant).parse(row.grants),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    withdrawnAt: row.withdrawnAt?.toISOString() ?? null,
  };
}

/** Who ends something, and when. */
interface Ending {
  readonly by: { readonly id: string; readonly name: string };
  readonly now: Date;
}

/** Ends one key that is in force. @returns whether there was one */
export async function endKey(tx: Tx, key: { id: string; userId: string }, { by, now }: Ending): Promise<boolean> {
  const { count } = await tx.apiKey.updateMany({
    where: { ...key, withdrawnAt: null },
    data: { withdrawnAt: now, withdrawnBy: by.id, withdrawnByName: by.name },
  });
  return count > 0;
}

/** Ends all that an account is signed in by; some of it may be kept. @returns how many sessions and keys */
export async function endSignIns(
  tx: Tx,
  userId: string,
  { by, now, keepSession, keepKeys = false }: Ending & { keepSession?: string | undefined; keepKeys?: boolean },
): Promise<{ sessions: number; keys: number }> {
  const sessions = await tx.session.deleteMany({
    where: { userId, ...(keepSession === undefined ? {} : { NOT: { id: keepSession } }) },
  });
  if (keepKeys) return { sessions: sessions.count, keys: 0 };
  const keys = await tx.apiKey.updateMany({
    where: { userId, withdrawnAt: null },
    data: { withdrawnAt: now, withdrawnBy: by.id, withdrawnByName: by.name },
  });
  return { sessions: sessions.count, keys: keys.count };
}
