import { type Declaration, submitDeclaration as operation } from '@bangfu/contracts/industry/declarations';
import { submitDeclaration as submit } from '@bangfu/domain/industry/declaration';
import type { Actor } from '@bangfu/platform/db/command';
import type { Industry } from '../../../db/client.ts';
import type { Reader } from '@bangfu/platform/steps';
import { draftLinesOf, partyOf } from '../declaration.repository.ts';
import { takeStep } from '../step.ts';

/**
 * The entity submits its declaration to the township.
 * @throws Refusal 404, 409; DomainError DECLARATION_STATUS, DECLARATION_COMPUTING, DECLARATION_NOT_OWN,
 * DECLARATION_TOO_EARLY, DECLARATION_EMPTY, DECLARATION_OUTDATED, DIVIDEND_ZERO
 */
export function submitDeclaration(
  service: Industry,
  actor: Actor & Reader,
  declarationId: string,
  version: number,
): Promise<Declaration> {
  return takeStep(service, operation, actor, { declarationId, version, reach: 'acts' }, (_sql, before, row) => ({
    after: submit(before, partyOf(actor.caller, row), draftLinesOf(row), actor.now),
    facts: { submittedBy: actor.caller.name, submittedAt: actor.now.toISOString() },
    change: { lines: row.lines, totalFen: row.totalFen },
  }));
}
