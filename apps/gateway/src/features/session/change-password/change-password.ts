import type { BodyOf } from '@bangfu/contracts/core/operation';
import * as contract from '@bangfu/contracts/gateway/session';
import { demand } from '@bangfu/domain/shared/errors';
import { Refusal } from '@bangfu/platform/http/refusal';
import type { ProcedureCall } from '@bangfu/platform/operation/operation';
import type { Identity } from '../../../auth/identity.ts';
import { hashPassword } from '../../../auth/password.ts';
import { checkPassword } from '../../../auth/password-rules.ts';
import type { Gateway } from '../../../gateway.ts';
import { procedure, type Tables } from '../../../operations.ts';
import { lockAccount } from '../../accounts/grant-rules.ts';
import { endSignIns } from '../../sign-ins.repository.ts';
import { ownIdentity } from '../own-identity.ts';

/** The password is the owner's own: whatever was handed over or asked for him is done with. */
const OWN_AGAIN = {
  must_change_password: false,
  one_time_until: null,
  reset_proposed_at: null,
  reset_proposed_by: null,
  reset_proposed_by_name: null,
} as const;

type Call = ProcedureCall<typeof contract.changePassword, Tables, Gateway>;

/** What a repeat of the command is known by: passwords are in none of it. */
const concealed = ({ conceal }: Gateway, given: BodyOf<typeof contract.changePassword>) => ({
  current: conceal(given.current),
  next: conceal(given.next),
  keepKeys: given.keepKeys ?? false,
});

/** @throws Refusal 422 WRONG_PASSWORD; DomainError PASSWORD_UNCHANGED, PASSWORD_TOO_SIMPLE */
async function replacePassword(call: Call, { account: { id }, username, session }: Identity): Promise<void> {
  const { body: given, caller: by, now, kit } = call;
  const proof = await kit.library.prove(id, given.current, 'usual');
  const passwordHash = proof && (await hashPassword(given.next));
  await call.act(
    async ({ tx, audit }) => {
      await lockAccount(tx.sql, id);
      const held = tx.sql.selectFrom('credential').where('account_id', '=', id).select('password');
      const isRight = proof && (await held.where('password', '=', proof.hash).executeTakeFirst());
      if (!isRight || !passwordHash) throw new Refusal(422, 'WRONG_PASSWORD');
      demand(given.next !== given.current, 'PASSWORD_UNCHANGED');
      checkPassword(given.next, username);
      await kit.library.setPassword(id, passwordHash);
      await tx.sql.updateTable('account').set(OWN_AGAIN).where('id', '=', id).execute();
      const { keepKeys = false } = given;
      audit.entry('account', id, await endSignIns(tx.sql, id, { by, now, keepSession: session?.id, keepKeys }));
      return null;
    },
    concealed(kit, given),
  );
}

/**
 * Replaces one's own password; every other session of the account ends, and its keys unless they are to be kept.
 * @throws Refusal 401, 422 WRONG_PASSWORD, 429 after many wrong ones; DomainError PASSWORD_UNCHANGED, PASSWORD_TOO_SIMPLE
 */
export const changePassword = procedure(contract.changePassword, async (call) => {
  const { caller, kit, request } = call;
  const identity = ownIdentity(request);
  // Counted like an attempt at the sign-in, and given back unless the password was wrong.
  const attempt = await kit.limits.attempt(identity.username, caller.address);
  let isWrong = false;
  try {
    await replacePassword(call, identity);
  } catch (error) {
    isWrong = error instanceof Refusal && error.code === 'WRONG_PASSWORD';
    throw error;
  } finally {
    if (!isWrong) await attempt.giveBack();
  }
  kit.identities.drop(identity.account.id);
  return null;
});
