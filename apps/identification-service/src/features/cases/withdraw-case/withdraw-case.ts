import * as contract from '@bangfu/contracts/identification/cases';
import { command } from '../../../operations.ts';
import { changeCase } from '../change-cases.ts';

/** Withdraws a case; it ends. @throws DomainError; Refusal 404, 409 */
export const withdrawCase = command(contract.withdrawCase, (call) => {
  const { version, reason } = call.body;
  return changeCase(call, { ...call.params, version }, () => ({ type: 'withdraw', reason }));
});
