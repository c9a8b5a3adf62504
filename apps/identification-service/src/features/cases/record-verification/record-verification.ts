import { recordVerification as operation } from '@bangfu/contracts/identification/cases';
import type { BodyOf } from '@bangfu/contracts/core/operation';
import { businessDay } from '@bangfu/domain/shared/time';
import type { Actor } from '@bangfu/service-kit/db/command';
import type { Identification } from '../../../db/client.ts';
import { changeCase } from '../change-cases.ts';
import { explains, UNIMPEDED } from '../impediments.ts';

/** Records the deep verification and its explanations of warnings. @throws DomainError; Refusal 404, 409 */
export function recordVerification(
  service: Identification,
  actor: Actor,
  caseId: string,
  body: BodyOf<typeof operation>,
) {
  const { on, verifiers, result, qualifies, explanations, category, mainCause } = body;
  const classification = { ...(category && { category }), ...(mainCause && { mainCause }) };
  const explained = Object.fromEntries(explanations.map(({ ruleId, text }) => [explains(ruleId), text]));
  return changeCase(
    service,
    operation,
    actor,
    { ...body, caseId },
    () => ({
      type: 'recordVerification',
      on: businessDay(on),
      qualifies,
      openDoubts: UNIMPEDED.openDoubts,
      classification,
    }),
    { verifiers, result, ...explained },
  );
}
