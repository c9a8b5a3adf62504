import * as contract from '@bangfu/contracts/pairing/plans';
import { discardPlan as mayDiscard } from '@bangfu/domain/pairing/plan-steps';
import { command } from '../../../operations.ts';
import { decide } from '../decide.ts';

/** Puts a plan aside that was not applied. @throws DomainError PLAN_ENDED; Refusal 404, 409 */
export const discardPlan = command(contract.discardPlan, (call) =>
  decide(call, (plan) => {
    mayDiscard(plan);
    return { state: 'discarded' };
  }),
);
