import * as contract from '@bangfu/contracts/identification/cases';
import { command } from '../../../operations.ts';
import { changeCase } from '../change-cases.ts';

/** Refuses a case at an approval; it ends. @throws DomainError; Refusal 404, 409 */
export const refuseCase = command(contract.refuseCase, (call) => {
  const { version, reason } = call.body;
  return changeCase(call, { ...call.params, version }, () => ({ type: 'refuse', reason }));
});
