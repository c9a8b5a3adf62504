import { recordSurvey as operation } from '@bangfu/contracts/identification/cases';
import type { BodyOf } from '@bangfu/contracts/core/operation';
import { businessDay } from '@bangfu/domain/shared/time';
import type { Actor } from '@bangfu/platform/db/command';
import type { Identification } from '../../../db/client.ts';
import { changeCase } from '../change-cases.ts';
import { exceedingDetails, requireExceedingReason } from '../poverty-line.ts';

/**
 * Records the survey at the household, its findings in the order of the form.
 * @throws DomainError CASE_INCOME_EXCEEDS_LINE and others; Refusal 404, 409
 */
export function recordSurvey(service: Identification, actor: Actor, caseId: string, body: BodyOf<typeof operation>) {
  const { on, surveyors, findings, exceeding } = body;
  return changeCase(
    service,
    operation,
    actor,
    { ...body, caseId },
    async (file, sql) => {
      await requireExceedingReason(sql, file, actor.now, exceeding);
      return { type: 'recordSurvey', on: businessDay(on) };
    },
    { surveyors, ...findings, ...exceedingDetails(exceeding) },
  );
}
