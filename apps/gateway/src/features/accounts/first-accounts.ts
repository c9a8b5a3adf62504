import type { Grant } from '@bangfu/domain/shared/roles';
import type { Gateway } from '../../gateway.ts';
import { installationCaller } from '../../installation-caller.ts';
import { createAccount, type NewAccount } from './create-account/create-account.ts';
import { giveGrant } from './give-grant/give-grant.ts';

const ADMINISTRATOR: Grant = { role: 'system-administrator', scope: { kind: 'platform' } };

/** The first administrator can also begin the county's work; the second grant can be withdrawn later (cli, fixed names). */
const firstGrants = (countyCode: string): Grant[] => [
  ADMINISTRATOR,
  { role: 'county-office', scope: { kind: 'region', code: countyCode } },
];

/**
 * Makes an administrator of the platform; the first one of an installation also holds the county office.
 * @returns the generated password, null where one was given
 */
export async function createAdministrator(
  gateway: Gateway,
  username: string,
  password?: string,
): Promise<string | null> {
  const isFirst = (await gateway.prisma.user.count()) === 0;
  const grants = isFirst ? firstGrants(gateway.countyCode) : [ADMINISTRATOR];
  const name = isFirst ? '管理员' : username;
  const actor = { caller: installationCaller(gateway.countyCode), now: gateway.clock() };
  const made = await createAccount(gateway, { username, name, grants, password }, actor, { isSeed: true, isFirst });
  return made.oneTimePassword;
}

/** On the first start makes `admin`. @returns the generated password on that one occasion, else null */
export async function ensureFirstAccount(gateway: Gateway, password?: string): Promise<string | null> {
  if ((await gateway.prisma.user.count()) > 0) return null;
  return createAdministrator(gateway, 'admin', password);
}

/** Makes the accounts that are missing, through the same use case as a person would; those present stay as they are. */
export async function createMissingAccounts(gateway: Gateway, accounts: readonly NewAccount[]): Promise<void> {
  for (const account of accounts) {
    if ((await gateway.prisma.user.count({ where: { username: account.username } })) > 0) continue;
    const actor = { caller: installationCaller(gateway.countyCode), now: gateway.clock() };
    await createAccount(gateway, account, actor, { isSeed: true });
  }
}

/** Gives accounts of a demo the grants that waited for what they are bound to. @throws DomainError GRANT_EXISTS */
export async function giveGrants(
  gateway: Gateway,
  grants: readonly { readonly username: string; readonly grant: Grant }[],
): Promise<void> {
  for (const { username, grant } of grants) {
    const actor = { caller: installationCaller(gateway.countyCode), now: gateway.clock() };
    const { id } = await gateway.prisma.user.findUniqueOrThrow({ where: { username } });
    await giveGrant(gateway, id, grant, actor, { isSeed: true });
  }
}
