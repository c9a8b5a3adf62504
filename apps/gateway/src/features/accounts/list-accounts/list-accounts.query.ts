import type { Caller } from '@bangfu/service-kit/auth/caller';
import { decodeCursor, toPage } from '@bangfu/service-kit/http/page';
import type { Gateway } from '../../../gateway.ts';
import type { Prisma } from '../../../generated/prisma/client.ts';
import { grantOf, IN_ORDER, inForce } from '../account.repository.ts';
import { visibleAccounts } from '../visible.ts';

/** Accounts by name with their grants in force; `search` looks into user name and name. */
export async function listAccounts(
  gateway: Gateway,
  query: { search?: string | undefined; cursor?: string | undefined; limit: number },
  caller: Caller,
  now: Date,
) {
  const { search, limit } = query;
  const after = decodeCursor(query.cursor, 1)?.[0];
  const matching: Prisma.UserWhereInput = search
    ? { OR: [{ username: { contains: search.toLowerCase() } }, { name: { contains: search, mode: 'insensitive' } }] }
    : {};
  const where: Prisma.UserWhereInput = { AND: [visibleAccounts(caller, gateway.countyCode), matching] };
  const [rows, total] = await Promise.all([
    gateway.prisma.user.findMany({
      where: after === undefined ? where : { AND: [where, { username: { gt: String(after) } }] },
      orderBy: { username: 'asc' },
      take: limit + 1,
      include: { grants: { where: inForce(now), orderBy: IN_ORDER } },
    }),
    gateway.prisma.user.count({ where }),
  ]);
  const page = toPage(rows, limit, total, (row) => [row.username]);
  return {
    ...page,
    rows: page.rows.map((row) => ({
      id: row.id,
      username: row.username,
      name: row.name,
      grants: row.grants.map((grant) => ({ ...grantOf(grant), id: grant.id })),
      lastSignInAt: row.lastSignInAt?.toISOString() ?? null,
      createdAt: row.createdAt.toISOString(),
      disabled: row.disabledAt !== null,
    })),
  };
}
