import * as contract from '@bangfu/contracts/identification/cases';
import { businessDay } from '@bangfu/domain/shared/time';
import { command } from '../../../operations.ts';
import { changeCase } from '../change-cases.ts';

/** Records the household's application. @throws DomainError APPLICATION_NOT_AUTHORISED and others; Refusal 404, 409 */
export const submitApplication = command(contract.submitApplication, (call) => {
  const { version, on, applicant, reasons, authorised } = call.body;
  return changeCase(
    call,
    { ...call.params, version },
    () => ({ type: 'submitApplication', on: businessDay(on), authorised }),
    { applicant, reasons },
  );
});
