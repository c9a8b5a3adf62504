import { recordVerification as operation } from '@bangfu/contracts/identification/cases';
import type { BodyOf } from '@bangfu/contracts/core/operation';
import { businessDay } from '@bangfu/domain/shared/time';
import type { Actor } from '@bangfu/platform/db/command';
import type { Identification } from '../../../db/client.ts';
import { changeCase } from '../change-cases.ts';
import { explains, UNIMPEDED } from '../impediments.ts';
import { exceedingDetails, requireExceedingReason } from '../poverty-line.ts';

/** Records the deep verification and its explanations of warnings. @throws DomainError; Refusal 404, 409 */
export function recordVerification(
  service: Identification,
  actor: Actor,
  caseId: string,
  body: BodyOf<typeof operation>,
) {
  const { on, verifiers, result, qualifies, exceeding, explanations, category, mainCause } = body;
  const classification = { ...(category && { category }), ...(mainCause && { mainCause }) };
  const explained = Object.fromEntries(explanations.map(({ ruleId, text }) => [explains(ruleId), text]));
  return changeCase(
    service,
    operation,
    actor,
    { ...body, caseId },
    async (file, sql) => {
      if (qualifies) await requireExceedingReason(sql, file, actor.now, exceeding);
      const { openDoubts } = UNIMPEDED;
      return { type: 'recordVerification', on: businessDay(on), qualifies, openDoubts, classification };
    },
    { verifiers, result, ...explained, ...exceedingDetails(exceeding) },
  );
}
