import * as contract from '@bangfu/contracts/pairing/policy';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { query } from '../../../operations.ts';
import { policyOn } from '../policy.repository.ts';

/** The policy that is in force today. */
export const getPairingPolicy = query(contract.getPairingPolicy, ({ read, caller, now }) =>
  policyOn(read, caller.countyCode, businessDayOf(now)),
);
