import * as contract from '@bangfu/contracts/gateway/accounts';
import { query } from '../../../operations.ts';
import { grantsAt } from '../account.repository.ts';
import { countAdministrators } from '../grant-rules.ts';
import { toProposed } from '../proposed.ts';
import { accountVisible } from '../visible.ts';

const MOST = 500;

/** The proposed grants of the accounts a caller sees, and how many others could confirm one over the whole platform. */
export const listProposedGrants = query(contract.listProposedGrants, async (call) => {
  const { read, caller, now, kit } = call;
  const rows = await grantsAt(read, now)
    .innerJoin('account as a', 'a.id', 'g.account_id')
    .where('g.is_proposed', '=', true)
    .where((eb) => accountVisible(eb, caller, kit.countyCode))
    .select(['a.username', 'a.name'])
    .orderBy('g.given_at')
    .orderBy('g.role', 'desc')
    .orderBy('g.id')
    .limit(MOST)
    .execute();
  return {
    rows: rows.map(({ username, name, ...row }) => ({
      ...toProposed(kit, call, row),
      account: { id: row.accountId, username, name },
    })),
    otherAdministrators: await countAdministrators(read, { accountId: caller.id }),
  };
});
