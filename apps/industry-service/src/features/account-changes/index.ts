import { decideAccountChange } from './decide-account-change/decide-account-change.ts';
import { listAccountChanges } from './list-account-changes/list-account-changes.ts';
import { requestAccountChange } from './request-account-change/request-account-change.ts';

/** Another account for a household of a contract in force: request, decide, list. */
export default [listAccountChanges, requestAccountChange, decideAccountChange];
