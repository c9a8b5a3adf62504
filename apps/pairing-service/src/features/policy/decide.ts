import type { Operation } from '@bangfu/contracts/core/operation';
import type { PairingPolicyVersion } from '@bangfu/contracts/pairing/policy';
import type { PolicyActor } from '@bangfu/domain/pairing/policy-steps';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { conflict } from '@bangfu/platform/http/refusal';
import type { CommandCall } from '@bangfu/platform/operation/operation';
import type { Updateable } from 'kysely';
import type { Tables } from '../../operations.ts';
import { getVersion, lockVersion, type PolicyRecord, shownVersion } from './version.repository.ts';

/** What a step is decided with, and what about. */
interface Deciding extends Pick<CommandCall<Operation, Tables>, 'tx' | 'caller' | 'now' | 'audit'> {
  readonly params: { readonly policyId: string };
  readonly body: { readonly version: number };
}

/** Moves a version of the policy on by a rule that may refuse. @throws Refusal 404, 409 and what the rule throws */
export async function decide(
  { tx, caller, now, audit, params: { policyId }, body: { version } }: Deciding,
  rule: (policy: PolicyRecord, by: PolicyActor) => Promise<Updateable<Tables['pairing_policy']>>,
): Promise<PairingPolicyVersion> {
  const before = await lockVersion(tx, policyId, caller);
  if (before.version !== version) throw conflict(shownVersion(before));
  const data = await rule(before, { accountId: caller.id, today: businessDayOf(now) });
  await tx.sql
    .updateTable('pairing_policy')
    .set({ ...data, version: version + 1 })
    .where('id', '=', policyId)
    .execute();
  const after = shownVersion(await getVersion(tx.sql, policyId, caller));
  audit.change('policy', policyId, shownVersion(before), after);
  return after;
}
