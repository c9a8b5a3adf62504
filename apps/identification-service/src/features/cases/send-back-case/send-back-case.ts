import * as contract from '@bangfu/contracts/identification/cases';
import { command } from '../../../operations.ts';
import { changeCase } from '../change-cases.ts';

/** Sends a case back to a step already done. @throws DomainError CASE_SEND_BACK_TARGET and others; Refusal 404, 409 */
export const sendBackCase = command(contract.sendBackCase, (call) => {
  const { version, toStep, reason } = call.body;
  return changeCase(call, { ...call.params, version }, () => ({ type: 'sendBack', toStep, reason }));
});
