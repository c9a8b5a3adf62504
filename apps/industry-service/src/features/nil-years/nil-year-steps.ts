import {
  decideNilYear,
  declareNilYear,
  type OfferedNilYear,
  withdrawNilYear,
} from '@bangfu/contracts/industry/nil-years';
import { NIL_STEPS, nilRefusal } from '@bangfu/domain/industry/nil-year';
import type { ReadSql } from '@bangfu/data/typed-sql';
import type { Reader } from '@bangfu/platform/steps';
import type { Tables } from '../../operations.ts';
import { callerRefusal, toStep } from '../../steps.ts';
import { partyOf } from '../declarations/declaration.repository.ts';
import { nilOf, nilRows } from './nil-year.repository.ts';

/** Why declaring one is closed to the caller, whatever the contract; null when it is not. */
export const declareRefusal = (read: ReadSql<Tables>, reader: Reader, entityId: string) =>
  callerRefusal(read, reader, { op: declareNilYear, reach: 'acts' }, entityId);

/** What was declared so under a contract, each with what the caller can do with it. */
export async function offeredNilYears(
  read: ReadSql<Tables>,
  reader: Reader,
  contract: { readonly id: string; readonly entityId: string },
): Promise<OfferedNilYear[]> {
  const { entityId } = contract;
  const far = {
    decide: await callerRefusal(read, reader, { op: decideNilYear, reach: 'acts' }, entityId),
    withdraw: await callerRefusal(read, reader, { op: withdrawNilYear, reach: 'acts' }, entityId),
  };
  const actor = partyOf(reader.caller, { entityId });
  const found = await nilRows(read).where('n.contract_id', '=', contract.id).execute();
  return found.map((row) => ({
    ...row,
    steps: NIL_STEPS.map((step) => toStep(step, far[step] ?? nilRefusal(step, nilOf(row), actor), reader.language)),
  }));
}
