import { oneTimeUntil } from '@bangfu/domain/shared/accounts';
import { demand } from '@bangfu/domain/shared/errors';
import { demandNew, needsSecond } from '@bangfu/domain/shared/grants';
import type { Grant } from '@bangfu/domain/shared/roles';
import type { Given } from '@bangfu/platform/operation/operation';
import { hashPassword, oneTimePassword } from '../../auth/password.ts';
import type { Gateway } from '../../gateway.ts';
import type { Tables } from '../../operations.ts';
import { insertGrant } from './account.repository.ts';

/** An account to be made; without a password one is generated, which must be changed at the first sign-in. */
export interface NewAccount {
  readonly username: string;
  readonly name: string;
  readonly grants: readonly Grant[];
  readonly password?: string | undefined;
}

/** An account with its password, before the transaction that stores it. */
interface Prepared extends NewAccount {
  readonly password: string;
  readonly passwordHash: string;
  readonly isGenerated: boolean;
}

/**
 * Makes the password of an account where none was given, and its hash.
 * @throws DomainError when two of the grants are the same
 */
export async function prepareAccount(given: NewAccount): Promise<Prepared> {
  const { grants } = given;
  grants.forEach((grant, at) =>
    demandNew(
      grants.slice(0, at).map((each) => ({ ...each, isProposed: false })),
      grant,
    ),
  );
  const password = given.password ?? oneTimePassword();
  return { ...given, password, passwordHash: await hashPassword(password), isGenerated: given.password === undefined };
}

/**
 * Writes an account with its grants; those that need a second administrator wait for one. `isSeed` is the installation
 * itself at its start or by its own command: nobody is there yet who could confirm.
 * @returns its id, and the generated password where none was given; whoever set it, its owner changes it first
 * @throws DomainError USERNAME_TAKEN
 */
export async function addAccount(
  { tx, kit, caller: by, now, newId, audit }: Given<Tables, Gateway>,
  { username, name, grants, password, passwordHash, isGenerated }: Prepared,
  { isSeed = false, isFirst = false } = {},
) {
  const taken = await tx.sql.selectFrom('account').where('username', '=', username).select('id').executeTakeFirst();
  demand(!taken, 'USERNAME_TAKEN', { username });
  // Given by the installation's environment it is the owner's own (cli, fixed names).
  const mustChangePassword = !isSeed || isGenerated;
  const id = await kit.library.createAccount({ username, name, passwordHash, mustChangePassword });
  // The very first one is printed to whoever installs, and there is nobody who could reset it.
  const until = mustChangePassword && !isFirst ? oneTimeUntil(now) : null;
  await tx.sql.updateTable('account').set({ one_time_until: until }).where('id', '=', id).execute();
  const isProposed = (grant: Grant) => !isSeed && needsSecond(grant.role);
  const { countyCode } = kit;
  for (const grant of grants) {
    const about = { id: newId(), userId: id, countyCode, by, now, isProposed: isProposed(grant) };
    await insertGrant(tx.sql, grant, about);
  }
  audit.change('account', id, null, { username, name, grants });
  return {
    id,
    username,
    oneTimePassword: isGenerated ? password : null,
    oneTimeUntil: until?.toISOString() ?? null,
    proposed: grants.filter(isProposed).length,
  };
}
