import * as contract from '@bangfu/contracts/pairing/policy';
import { withdrawPolicy } from '@bangfu/domain/pairing/policy-steps';
import { command } from '../../../operations.ts';
import { decide } from '../decide.ts';

/**
 * Takes back a version before its day, by another person than put it in force.
 * @throws DomainError POLICY_NOT_IN_FORCE, POLICY_BEGUN, POLICY_ENFORCER_WITHDRAWS; Refusal 404, 409
 */
export const withdrawPairingPolicy = command(contract.withdrawPairingPolicy, (call) =>
  decide(call, async (policy, by) => {
    withdrawPolicy(policy, by);
    return { state: 'withdrawn', closer_name: call.caller.name, close_reason: call.body.reason };
  }),
);
