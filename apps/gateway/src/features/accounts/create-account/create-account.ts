import * as contract from '@bangfu/contracts/gateway/accounts';
import { checkPassword } from '../../../auth/password-rules.ts';
import { procedure } from '../../../operations.ts';
import { checkGrants } from '../grant-rules.ts';
import { addAccount, prepareAccount } from '../new-account.ts';

/**
 * Makes an account with its grants; those that need a second administrator wait for one.
 * @throws DomainError PASSWORD_TOO_SIMPLE, USERNAME_TAKEN and what is wrong with a grant; Refusal 403 GRANT_BEYOND_OWN
 */
export const createAccount = procedure(contract.createAccount, async (call) => {
  const { body, kit, response } = call;
  const { username, name, grants, password } = body;
  if (password) checkPassword(password, username);
  response.set('cache-control', 'no-store');
  await checkGrants(kit, grants, call);
  const prepared = await prepareAccount(body);
  const input = { username, name, grants, password: password ? kit.conceal(password) : null };
  return call.act((given) => addAccount(given, prepared), input);
});
