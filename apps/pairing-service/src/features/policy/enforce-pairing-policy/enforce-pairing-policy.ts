import * as contract from '@bangfu/contracts/pairing/policy';
import { enforcePolicy } from '@bangfu/domain/pairing/policy-steps';
import { command } from '../../../operations.ts';
import { decide } from '../decide.ts';
import { demandContent, ranksInUse } from '../version.repository.ts';

/**
 * Puts a draft in force that others wrote. A version of the same day is replaced and kept.
 * @throws DomainError POLICY_NOT_DRAFT, POLICY_OWN, DAY_TOO_LATE, those of the ranks; Refusal 404, 409
 */
export const enforcePairingPolicy = command(contract.enforcePairingPolicy, (call) =>
  decide(call, async (policy, by) => {
    const { tx, caller, now } = call;
    enforcePolicy(policy, by);
    demandContent(policy.content, await ranksInUse(tx.sql, caller.countyCode));
    const replaced = await tx.sql
      .updateTable('pairing_policy')
      .set((eb) => ({ state: 'superseded', closer_name: caller.name, version: eb('version', '+', 1) }))
      .where('county_code', '=', caller.countyCode)
      .where('valid_from', '=', policy.validFrom)
      .where('state', '=', 'in-force')
      .returning('id')
      .executeTakeFirst();
    return {
      state: 'in-force',
      enforcer_id: caller.id,
      enforcer_name: caller.name,
      enforced_at: now,
      supersedes: replaced?.id ?? null,
    };
  }),
);
