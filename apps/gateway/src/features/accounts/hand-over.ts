import { oneTimeUntil } from '@bangfu/domain/shared/accounts';
import type { Given } from '@bangfu/platform/operation/operation';
import { hashPassword, oneTimePassword } from '../../auth/password.ts';
import type { Gateway } from '../../gateway.ts';
import type { Tables } from '../../operations.ts';
import { endSignIns } from '../sign-ins.repository.ts';
import { outcomeOf } from './account-act.ts';
import { ACCOUNT } from './account.repository.ts';

/** A password to be handed over, with its hash. */
export interface OneTime {
  readonly password: string;
  readonly hash: string;
}

/** Makes a password to be handed over, before the transaction that stores its hash. */
export async function makeOneTime(): Promise<OneTime> {
  const password = oneTimePassword();
  return { password, hash: await hashPassword(password) };
}

/**
 * Gives an account a password to be handed over, which ends whatever it was signed in by.
 * @returns what the act answers
 */
export async function handOver({ tx, kit, caller: by, now, audit }: Given<Tables, Gateway>, id: string, made: OneTime) {
  const until = oneTimeUntil(now);
  await kit.library.setPassword(id, made.hash);
  const after = await tx.sql
    .updateTable('account as a')
    .set({ must_change_password: true, one_time_until: until })
    .set({ reset_proposed_at: null, reset_proposed_by: null, reset_proposed_by_name: null })
    .where('a.id', '=', id)
    .returning(ACCOUNT)
    .executeTakeFirstOrThrow();
  const ended = await endSignIns(tx.sql, id, { by, now });
  audit.change('account', id, null, { until: until.toISOString(), ...ended });
  return { ...outcomeOf(after, now), oneTimePassword: made.password, oneTimeUntil: until.toISOString() };
}
