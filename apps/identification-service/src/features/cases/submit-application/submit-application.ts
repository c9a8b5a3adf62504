import { submitApplication as operation } from '@bangfu/contracts/identification/cases';
import type { BodyOf } from '@bangfu/contracts/core/operation';
import { businessDay } from '@bangfu/domain/shared/time';
import type { Actor } from '@bangfu/platform/db/command';
import type { Identification } from '../../../db/client.ts';
import { changeCase } from '../change-cases.ts';

/** Records the household's application. @throws DomainError APPLICATION_NOT_AUTHORISED and others; Refusal 404, 409 */
export function submitApplication(
  service: Identification,
  actor: Actor,
  caseId: string,
  body: BodyOf<typeof operation>,
) {
  const { on, applicant, reasons, authorised } = body;
  return changeCase(
    service,
    operation,
    actor,
    { ...body, caseId },
    () => ({ type: 'submitApplication', on: businessDay(on), authorised }),
    { applicant, reasons },
  );
}
