import type { Caller } from '@bangfu/platform/auth/caller';
import type { Gateway } from '../../../gateway.ts';
import { findHousehold } from '../../../services/households.ts';
import { type Account, accounts, grantsAt } from '../../accounts/account.repository.ts';

const HOUSEHOLD_NUMBER = /^\d{6,40}$/;

/** The account a typed name belongs to: by its user name, or by the number of the household it speaks for (cli.md). */
export async function accountNamed(gateway: Gateway, name: string, from: Caller, now: Date): Promise<Account | null> {
  const { sql: read } = gateway;
  const account = await accounts(read).where('a.username', '=', name).executeTakeFirst();
  if (account || !HOUSEHOLD_NUMBER.test(name)) return account ?? null;
  const household = await findHousehold(gateway, { number: name }, from);
  if (!household) return null;
  const scope = JSON.stringify({ kind: 'household', id: household.id });
  const grant = await grantsAt(read, now)
    .where('g.role', '=', 'household')
    .where((eb) => eb(eb.cast<string>('g.scope', 'jsonb'), '=', scope))
    .where('g.is_proposed', '=', false)
    .orderBy('g.given_at', 'desc')
    .orderBy('g.id', 'desc')
    .executeTakeFirst();
  return grant ? accounts(read).where('a.id', '=', grant.accountId).executeTakeFirstOrThrow() : null;
}
