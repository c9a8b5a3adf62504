import { requestAccountChange } from '@bangfu/contracts/industry/account-changes';
import type { AnswerInputOf } from '@bangfu/contracts/core/operation';
import * as operations from '@bangfu/contracts/industry/contracts';
import { CONTRACT_STEPS, type ContractStep, contractRefusal } from '@bangfu/domain/industry/contract';
import type { Sql } from '@bangfu/data/sql';
import type { Reader } from '@bangfu/platform/steps';
import { callerRefusal, type StepCommand, toStep } from '../../steps.ts';
import { getContract } from './list-contracts/list-contracts.query.ts';
import { POLICY, toContract } from './policy.ts';

type Answer = AnswerInputOf<typeof operations.getContract>;

const COMMANDS: Record<ContractStep, StepCommand> = {
  change: { op: operations.changeContract, reach: 'acts' },
  list: { op: operations.putContractHousehold, reach: 'acts' },
  sign: { op: operations.signContract, reach: 'acts' },
  discard: { op: operations.discardContract, reach: 'acts' },
  'change-account': { op: requestAccountChange, reach: 'acts' },
};

/** One contract with the steps that are open to the caller now, and why the others are not. @throws Refusal 404 */
export async function getOpenContract(sql: Sql, reader: Reader, contractId: string): Promise<Answer> {
  const row = await getContract(sql, reader, contractId);
  const [stored] = await sql.query<{ draftedBy: string; entityClosed: boolean }>(
    `SELECT c.drafted_by_id AS "draftedBy", e.state = 'closed' AS "entityClosed"
     FROM contract c JOIN entity e ON e.id = c.entity_id WHERE c.id = $1::uuid`,
    [contractId],
  );
  const { draftedBy = '', entityClosed = false } = stored ?? {};
  const state = row.state === 'drafted' ? ('drafted' as const) : ('in-force' as const);
  const record = { state, draftedBy, entityClosed, contract: toContract(row) };
  const steps: Answer['steps'] = [];
  for (const step of CONTRACT_STEPS) {
    const refusal =
      (await callerRefusal(sql, reader, COMMANDS[step], row.entityId)) ??
      contractRefusal(step, record, reader.caller.id, POLICY);
    steps.push(toStep(step, refusal, reader.language));
  }
  return { ...row, steps };
}
