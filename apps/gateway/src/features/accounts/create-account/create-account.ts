import { createAccount as operation } from '@bangfu/contracts/gateway/accounts';
import type { AnswerOf } from '@bangfu/contracts/core/operation';
import { oneTimeUntil } from '@bangfu/domain/shared/accounts';
import { demand } from '@bangfu/domain/shared/errors';
import { demandNew, needsSecond } from '@bangfu/domain/shared/grants';
import type { Grant } from '@bangfu/domain/shared/roles';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import { hashPassword, oneTimePassword } from '../../../auth/password.ts';
import type { Gateway } from '../../../gateway.ts';
import { insertGrant } from '../account.repository.ts';
import { checkGrants } from '../grant-rules.ts';

/** An account to be made; without a password one is generated, which must be changed at the first sign-in. */
export interface NewAccount {
  readonly username: string;
  readonly name: string;
  readonly grants: readonly Grant[];
  readonly password?: string | undefined;
}

/**
 * Makes an account with its grants; those that need a second administrator wait for one. `isSeed` is the installation
 * itself at its start or by its own command: nobody is there yet who could confirm, and no service that could be asked.
 * @returns its id, and the generated password where none was given; whoever set it, its owner changes it first
 * @throws DomainError USERNAME_TAKEN and what is wrong with a grant; Refusal 403 GRANT_BEYOND_OWN
 */
export async function createAccount(
  gateway: Gateway,
  given: NewAccount,
  actor: Actor,
  { isSeed = false, isFirst = false } = {},
): Promise<AnswerOf<typeof operation>> {
  const { username, name, grants } = given;
  const input = { username, name, grants, password: given.password ? gateway.conceal(given.password) : null };
  if (!isSeed) await checkGrants(gateway, grants, actor);
  grants.forEach((grant, at) =>
    demandNew(
      grants.slice(0, at).map((each) => ({ ...each, isProposed: false })),
      grant,
    ),
  );
  const proposed = isSeed ? 0 : grants.filter(({ role }) => needsSecond(role)).length;
  const password = given.password ?? oneTimePassword();
  const passwordHash = await hashPassword(password);
  // Given by the installation's environment it is the owner's own (cli, fixed names).
  const mustChangePassword = !(isSeed && given.password);
  // The very first one is printed to whoever installs, and there is nobody who could reset it.
  const until = mustChangePassword && !isFirst ? oneTimeUntil(actor.now) : null;
  return runCommand(gateway.transaction, gateway.newId, operation, actor, input, async (tx) => {
    demand((await tx.user.count({ where: { username } })) === 0, 'USERNAME_TAKEN', { username });
    const id = await gateway.library.createAccount({
      username,
      name,
      passwordHash,
      mustChangePassword,
    });
    await tx.user.update({ where: { id }, data: { oneTimeUntil: until } });
    for (const grant of grants) {
      const about = {
        id: gateway.newId(actor.now),
        userId: id,
        countyCode: gateway.countyCode,
        by: actor.caller,
        now: actor.now,
        isProposed: !isSeed && needsSecond(grant.role),
      };
      await insertGrant(tx, grant, about);
    }
    const change = { after: { username, name, grants } };
    return {
      answer: {
        id,
        username,
        oneTimePassword: given.password ? null : password,
        oneTimeUntil: until?.toISOString() ?? null,
        proposed,
      },
      audit: [{ action: operation.audit ?? '', recordType: 'account', recordId: id, change }],
    };
  });
}
