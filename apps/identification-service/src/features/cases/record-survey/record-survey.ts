import * as contract from '@bangfu/contracts/identification/cases';
import { businessDay } from '@bangfu/domain/shared/time';
import { command } from '../../../operations.ts';
import { changeCase } from '../change-cases.ts';
import { exceedingDetails, requireExceedingReason } from '../poverty-line.ts';

/**
 * Records the survey at the household, its findings in the order of the form.
 * @throws DomainError CASE_INCOME_EXCEEDS_LINE, CASE_WITHOUT_LINE and others; Refusal 404, 409
 */
export const recordSurvey = command(contract.recordSurvey, (call) => {
  const { version, on, surveyors, findings, exceeding } = call.body;
  return changeCase(
    call,
    { ...call.params, version },
    async (file) => {
      await requireExceedingReason(call.tx.sql, file, call.now, exceeding);
      return { type: 'recordSurvey', on: businessDay(on) };
    },
    { surveyors, ...findings, ...exceedingDetails(exceeding) },
  );
});
