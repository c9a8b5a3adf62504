import { closeDeclaration as operation, type Declaration } from '@bangfu/contracts/industry/declarations';
import { closeDeclaration as close } from '@bangfu/domain/industry/declaration';
import type { Actor } from '@bangfu/platform/db/command';
import type { Industry } from '../../../db/client.ts';
import type { Reader } from '@bangfu/platform/steps';
import { takeStep } from '../step.ts';

/**
 * Closes a declaration of which nothing is open any more: no line, no correction, no difference a household tells of.
 * @throws Refusal 404, 409; DomainError DECLARATION_STATUS, DECLARATION_UNSETTLED, DECLARATION_CORRECTIONS_OPEN,
 * DECLARATION_DIFFERS
 */
export function closeDeclaration(
  service: Industry,
  actor: Actor & Reader,
  declarationId: string,
  version: number,
): Promise<Declaration> {
  return takeStep(service, operation, actor, { declarationId, version, reach: 'acts' }, (_sql, before, row) => ({
    after: close(before, {
      unsettled: row.unsettledLines,
      corrections: row.openCorrections,
      differing: row.differingLines,
    }),
    change: { paidLines: row.paidLines, paidFen: row.paidFen },
  }));
}
