import { createAccount as operation } from '@bangfu/contracts/gateway/accounts';
import { demand } from '@bangfu/domain/shared/errors';
import { demandNew, needsSecond } from '@bangfu/domain/shared/grants';
import type { Grant } from '@bangfu/domain/shared/roles';
import { type Actor, answeringInside, runCommand } from '@bangfu/service-kit/db/command';
import { oneTimePassword } from '../../../auth/password.ts';
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
 * @returns its id, and the generated password where none was given
 * @throws DomainError USERNAME_TAKEN and what is wrong with a grant; Refusal 403 GRANT_BEYOND_OWN
 */
export async function createAccount(
  gateway: Gateway,
  given: NewAccount,
  actor: Actor,
  { isSeed = false } = {},
): Promise<{ id: string; username: string; oneTimePassword: string | null; proposed: number }> {
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
  const answer = await runCommand(
    gateway.transaction,
    gateway.newId,
    answeringInside(operation),
    actor,
    input,
    async (tx) => {
      demand((await tx.user.count({ where: { username } })) === 0, 'USERNAME_TAKEN', { username });
      const password = given.password ?? oneTimePassword();
      const id = await gateway.library.createAccount({ username, name, password, mustChangePassword: !given.password });
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
        // The answer is kept for a repeat of the same submission, so the password in it is sealed.
        answer: { id, sealed: given.password ? null : gateway.cipher.seal(password).toString('base64') },
        audit: [{ action: operation.audit ?? '', recordType: 'account', recordId: id, change }],
      };
    },
  );
  const generated = answer.sealed ? gateway.cipher.open(Buffer.from(answer.sealed, 'base64')) : null;
  return { id: answer.id, username, oneTimePassword: generated, proposed };
}
