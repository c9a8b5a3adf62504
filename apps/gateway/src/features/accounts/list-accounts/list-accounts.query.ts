import type { listAccounts as operation } from '@bangfu/contracts/gateway/accounts';
import type { AnswerInputOf, QueryOf } from '@bangfu/contracts/core/operation';
import { accountState } from '@bangfu/domain/shared/accounts';
import { pgSql } from '@bangfu/data/sql';
import { byInstant, byName, byText, byYesNo, listOrder, nullable } from '@bangfu/data/list-order';
import type { Reader } from '@bangfu/platform/steps';
import { readPage } from '@bangfu/platform/http/page';
import type { Gateway } from '../../../gateway.ts';
import type { Prisma } from '../../../generated/prisma/client.ts';
import { current, grantOf, IN_ORDER } from '../account.repository.ts';
import { toProposed, toReset } from '../proposed.ts';
import { visibleAccounts } from '../visible.ts';

const USERNAME = byText('a.username');
const ORDER = listOrder<QueryOf<typeof operation>>(
  {
    username: USERNAME,
    name: byName('a.name'),
    lastSignInAt: nullable(byInstant('a.last_sign_in_at')),
    createdAt: byInstant('a.created_at'),
    disabled: byYesNo('(a.disabled_at IS NOT NULL)'),
  },
  [USERNAME],
);

/** Accounts by name with their grants in force and those proposed; `search` looks into user name and name. */
export async function listAccounts(
  gateway: Gateway,
  query: QueryOf<typeof operation>,
  reader: Reader,
): Promise<AnswerInputOf<typeof operation>> {
  const { caller, now } = reader;
  const { search } = query;
  const matching: Prisma.UserWhereInput = search
    ? { OR: [{ username: { contains: search.toLowerCase() } }, { name: { contains: search, mode: 'insensitive' } }] }
    : {};
  // Who sees which account is written once, for Prisma; the order is SQL.
  const found = await gateway.prisma.user.findMany({
    where: { AND: [visibleAccounts(caller, gateway.countyCode), matching] },
    select: { id: true },
  });
  const page = await readPage<{ id: string }>(pgSql(gateway.pool), ORDER, query, {
    columns: 'a.id::text AS id',
    from: 'FROM account a WHERE a.id = ANY ($1::text[]::uuid[])',
    params: [found.map(({ id }) => id)],
    total: found.length,
  });
  const accounts = await gateway.prisma.user.findMany({
    where: { id: { in: page.rows.map(({ id }) => id) } },
    include: { grants: { where: current(now), orderBy: IN_ORDER } },
  });
  const byKey = new Map(accounts.map((account) => [account.id, account]));
  return {
    ...page,
    rows: page.rows.flatMap(({ id }) => {
      const row = byKey.get(id);
      if (!row) return [];
      return {
        id,
        username: row.username,
        name: row.name,
        grants: row.grants.flatMap((grant) => (grant.isProposed ? [] : [{ ...grantOf(grant), id: grant.id }])),
        proposed: row.grants.flatMap((grant) => (grant.isProposed ? [toProposed(gateway, reader, grant)] : [])),
        lastSignInAt: row.lastSignInAt?.toISOString() ?? null,
        createdAt: row.createdAt.toISOString(),
        disabled: row.disabledAt !== null,
        state: accountState(row, now),
        disabling: row.disabledAt && {
          at: row.disabledAt.toISOString(),
          by: row.disabledByName ?? '',
          reason: row.disabledReason ?? '',
        },
        oneTimeUntil: (row.mustChangePassword && row.oneTimeUntil?.toISOString()) || null,
        reset: toReset(gateway, reader, row),
      };
    }),
  };
}
