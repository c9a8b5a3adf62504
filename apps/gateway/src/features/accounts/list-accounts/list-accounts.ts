import type { QueryOf } from '@bangfu/contracts/core/operation';
import * as contract from '@bangfu/contracts/gateway/accounts';
import { orderOf } from '@bangfu/data/typed-order';
import { accountState } from '@bangfu/domain/shared/accounts';
import { pageOfList } from '@bangfu/platform/http/typed-page';
import { query } from '../../../operations.ts';
import { accounts, grantOf, grantsOf } from '../account.repository.ts';
import { toProposed, toReset } from '../proposed.ts';
import { accountVisible } from '../visible.ts';

const ORDER = orderOf<QueryOf<typeof contract.listAccounts>>()(accounts, ({ text, name, instant, yesNo }) => ({
  columns: {
    username: text('a.username'),
    name: name('a.name'),
    lastSignInAt: { ...instant('a.last_sign_in_at'), nullable: true },
    createdAt: instant('a.created_at'),
    disabled: yesNo((eb) => eb('a.disabled_at', 'is not', null)),
  },
  own: [text('a.username')],
}));

/** Accounts by name with their grants in force and those proposed; `search` looks into user name and name. */
export const listAccounts = query(contract.listAccounts, async (call) => {
  const { query: asked, read, caller, now, kit } = call;
  const { search } = asked;
  const visible = accounts(read).where((eb) => accountVisible(eb, caller, kit.countyCode));
  const found = search
    ? visible.where((eb) =>
        eb.or([eb('a.username', 'like', `%${search.toLowerCase()}%`), eb('a.name', 'ilike', `%${search}%`)]),
      )
    : visible;
  const page = await pageOfList(found, ORDER, asked);
  const all = await grantsOf(
    read,
    page.rows.map(({ id }) => id),
    now,
  );
  const byAccount = Map.groupBy(all, ({ accountId }) => accountId);
  return {
    ...page,
    rows: page.rows.map((row) => {
      const grants = byAccount.get(row.id) ?? [];
      return {
        id: row.id,
        username: row.username,
        name: row.name,
        grants: grants.flatMap((grant) => (grant.isProposed ? [] : [{ ...grantOf(grant), id: grant.id }])),
        proposed: grants.flatMap((grant) => (grant.isProposed ? [toProposed(kit, call, grant)] : [])),
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
        reset: toReset(kit, call, { ...row, grants }),
      };
    }),
  };
});
