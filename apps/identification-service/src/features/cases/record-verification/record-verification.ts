import * as contract from '@bangfu/contracts/identification/cases';
import { businessDay } from '@bangfu/domain/shared/time';
import { command } from '../../../operations.ts';
import { changeCase } from '../change-cases.ts';
import { explains, UNIMPEDED } from '../impediments.ts';
import { exceedingDetails, requireExceedingReason } from '../poverty-line.ts';

/** Records the deep verification and its explanations of warnings. @throws DomainError; Refusal 404, 409 */
export const recordVerification = command(contract.recordVerification, (call) => {
  const { version, on, verifiers, result, qualifies, exceeding, explanations, category, mainCause } = call.body;
  const classification = { ...(category && { category }), ...(mainCause && { mainCause }) };
  const explained = Object.fromEntries(explanations.map(({ ruleId, text }) => [explains(ruleId), text]));
  return changeCase(
    call,
    { ...call.params, version },
    async (file) => {
      if (qualifies) await requireExceedingReason(call.tx.sql, file, call.now, exceeding);
      const { openDoubts } = UNIMPEDED;
      return { type: 'recordVerification', on: businessDay(on), qualifies, openDoubts, classification };
    },
    { verifiers, result, ...explained, ...exceedingDetails(exceeding) },
  );
});
