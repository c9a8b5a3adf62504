import * as contract from '@bangfu/contracts/gateway/keys';
import { query } from '../../../operations.ts';
import { listKeysOf } from '../../sign-ins.repository.ts';

/** The keys of the caller's account, the newest first, ended ones too. */
export const listApiKeys = query(contract.listApiKeys, async ({ read, caller }) => ({
  rows: await listKeysOf(read, caller.id),
}));
