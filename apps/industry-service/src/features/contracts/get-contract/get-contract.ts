import { industryPolicy } from '../../../db/policy.ts';
import { requestAccountChange } from '@bangfu/contracts/industry/account-changes';
import type { AnswerInputOf } from '@bangfu/contracts/core/operation';
import * as contract from '@bangfu/contracts/industry/contracts';
import { CONTRACT_STEPS, type ContractStep, contractRefusal } from '@bangfu/domain/industry/contract';
import { query } from '../../../operations.ts';
import { callerRefusal, type StepCommand, toStep } from '../../../steps.ts';
import { toContract } from '../policy.ts';
import { getShownContract } from '../shown-contract.ts';

const COMMANDS: Record<ContractStep, StepCommand> = {
  change: { op: contract.changeContract, reach: 'acts' },
  list: { op: contract.putContractHousehold, reach: 'acts' },
  sign: { op: contract.signContract, reach: 'acts' },
  discard: { op: contract.discardContract, reach: 'acts' },
  'change-account': { op: requestAccountChange, reach: 'acts' },
};

/** One contract with the steps that are open to the caller now, and why the others are not. @throws Refusal 404 */
export const getContract = query(contract.getContract, async (call) => {
  const { read, params, caller, language } = call;
  const row = await getShownContract(read, call, params.contractId);
  const stored = await read
    .selectFrom('contract as c')
    .innerJoin('entity as e', 'e.id', 'c.entity_id')
    .where('c.id', '=', row.id)
    .select(['c.drafted_by_id as draftedBy', 'e.state as entity'])
    .executeTakeFirst();
  const state = row.state === 'drafted' ? ('drafted' as const) : ('in-force' as const);
  const entityClosed = stored?.entity === 'closed';
  const record = { state, draftedBy: stored?.draftedBy ?? '', entityClosed, contract: toContract(row) };
  const policy = await industryPolicy(read, caller, call.now);
  const steps: AnswerInputOf<typeof contract.getContract>['steps'] = [];
  for (const step of CONTRACT_STEPS) {
    const refusal =
      (await callerRefusal(read, call, COMMANDS[step], row.entityId)) ??
      contractRefusal(step, record, caller.id, policy);
    steps.push(toStep(step, refusal, language));
  }
  return { ...row, steps };
});
