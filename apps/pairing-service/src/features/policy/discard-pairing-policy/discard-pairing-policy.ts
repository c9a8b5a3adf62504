import * as contract from '@bangfu/contracts/pairing/policy';
import { changePolicy } from '@bangfu/domain/pairing/policy-steps';
import { command } from '../../../operations.ts';
import { decide } from '../decide.ts';

/** Discards a draft. @throws DomainError POLICY_NOT_DRAFT; Refusal 404, 409 */
export const discardPairingPolicy = command(contract.discardPairingPolicy, (call) =>
  decide(call, async (policy) => {
    changePolicy(policy);
    return { state: 'discarded', closer_name: call.caller.name };
  }),
);
