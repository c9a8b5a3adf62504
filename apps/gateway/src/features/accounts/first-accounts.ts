import * as contract from '@bangfu/contracts/gateway/accounts';
import type { Grant } from '@bangfu/domain/shared/roles';
import type { Gateway } from '../../gateway.ts';
import { installationCaller } from '../../installation-caller.ts';
import { carryOut } from '../../operations.ts';
import { addGrant } from './give-grant/give-grant.ts';
import { addAccount, type NewAccount, prepareAccount } from './new-account.ts';

const ADMINISTRATOR: Grant = { role: 'system-administrator', scope: { kind: 'platform' } };

/** The first administrator can also begin the county's work; the second grant can be withdrawn later (cli, fixed names). */
const firstGrants = (countyCode: string): Grant[] => [
  ADMINISTRATOR,
  { role: 'county-office', scope: { kind: 'region', code: countyCode } },
];

const asInstallation = (gateway: Gateway) => ({
  caller: installationCaller(gateway.countyCode),
  now: gateway.clock(),
});

const hasAccounts = async ({ sql }: Gateway): Promise<boolean> =>
  (await sql.selectFrom('account').select('id').limit(1).executeTakeFirst()) !== undefined;

const accountNamed = ({ sql }: Gateway, username: string) =>
  sql.selectFrom('account').where('username', '=', username).select('id');

/** Makes an account by no hand that would have to be confirmed, and with no service that could be asked. */
async function seedAccount(gateway: Gateway, account: NewAccount, isFirst = false) {
  const prepared = await prepareAccount(account);
  return carryOut(gateway, contract.createAccount, asInstallation(gateway), null, (given) =>
    addAccount(given, prepared, { isSeed: true, isFirst }),
  );
}

/**
 * Makes an administrator of the platform; the first one of an installation also holds the county office.
 * @returns the generated password, null where one was given
 */
export async function createAdministrator(
  gateway: Gateway,
  username: string,
  password?: string,
): Promise<string | null> {
  const isFirst = !(await hasAccounts(gateway));
  const grants = isFirst ? firstGrants(gateway.countyCode) : [ADMINISTRATOR];
  const name = isFirst ? '管理员' : username;
  const made = await seedAccount(gateway, { username, name, grants, password }, isFirst);
  return made.oneTimePassword;
}

/** On the first start makes `admin`. @returns the generated password on that one occasion, else null */
export async function ensureFirstAccount(gateway: Gateway, password?: string): Promise<string | null> {
  if (await hasAccounts(gateway)) return null;
  return createAdministrator(gateway, 'admin', password);
}

/** Makes the accounts that are missing; those present stay as they are. */
export async function createMissingAccounts(gateway: Gateway, accounts: readonly NewAccount[]): Promise<void> {
  for (const account of accounts) {
    if (await accountNamed(gateway, account.username).executeTakeFirst()) continue;
    await seedAccount(gateway, account);
  }
}

/** Gives accounts of a demo the grants that waited for what they are bound to. @throws DomainError GRANT_EXISTS */
export async function giveGrants(
  gateway: Gateway,
  grants: readonly { readonly username: string; readonly grant: Grant }[],
): Promise<void> {
  for (const { username, grant } of grants) {
    const { id: accountId } = await accountNamed(gateway, username).executeTakeFirstOrThrow();
    await carryOut(gateway, contract.giveGrant, asInstallation(gateway), null, (given) =>
      addGrant(given, { accountId, grant, isProposed: false }),
    );
  }
}
