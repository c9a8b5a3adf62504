import {
  decideNilYear,
  declareNilYear,
  type OfferedNilYear,
  withdrawNilYear,
} from '@bangfu/contracts/industry/nil-years';
import { NIL_STEPS, nilRefusal } from '@bangfu/domain/industry/nil-year';
import type { Sql } from '@bangfu/data/sql';
import type { Reader } from '@bangfu/platform/steps';
import { callerRefusal, toStep } from '../../steps.ts';
import { partyOf } from '../declarations/declaration.repository.ts';
import { findNilYears, nilOf } from './nil-year.repository.ts';

/** Why declaring one is closed to the caller, whatever the contract; null when it is not. */
export const declareRefusal = (sql: Sql, reader: Reader, entityId: string) =>
  callerRefusal(sql, reader, { op: declareNilYear, reach: 'acts' }, entityId);

/** What was declared so under a contract, each with what the caller can do with it. */
export async function offeredNilYears(
  sql: Sql,
  reader: Reader,
  contract: { readonly id: string; readonly entityId: string },
): Promise<OfferedNilYear[]> {
  const { entityId } = contract;
  const far = {
    decide: await callerRefusal(sql, reader, { op: decideNilYear, reach: 'acts' }, entityId),
    withdraw: await callerRefusal(sql, reader, { op: withdrawNilYear, reach: 'acts' }, entityId),
  };
  const actor = partyOf(reader.caller, { entityId });
  const found = await findNilYears(sql, 'n.contract_id = $1::uuid', [contract.id]);
  return found.map((row) => ({
    ...row,
    steps: NIL_STEPS.map((step) => toStep(step, far[step] ?? nilRefusal(step, nilOf(row), actor), reader.language)),
  }));
}
