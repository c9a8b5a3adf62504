import { type Declaration, discardDeclaration as operation } from '@bangfu/contracts/industry/declarations';
import { discardDeclaration as discard } from '@bangfu/domain/industry/declaration';
import type { Actor } from '@bangfu/platform/db/command';
import type { Industry } from '../../../db/client.ts';
import type { Reader } from '@bangfu/platform/steps';
import { draftLinesOf, partyOf } from '../declaration.repository.ts';
import { takeStep } from '../step.ts';

/**
 * The entity gives up its draft. Its lines go, its head stays for the audit log, and its year can be declared again.
 * @throws Refusal 404, 409; DomainError DECLARATION_STATUS, DECLARATION_NOT_OWN, DECLARATION_COMPUTING
 */
export function discardDeclaration(
  service: Industry,
  actor: Actor & Reader,
  declarationId: string,
  version: number,
): Promise<Declaration> {
  const target = { declarationId, version, reach: 'acts' } as const;
  return takeStep(service, operation, actor, target, async (sql, before, row) => {
    const after = discard(before, partyOf(actor.caller, row), draftLinesOf(row));
    await sql.query('DELETE FROM dividend_line WHERE declaration_id = $1::uuid', [declarationId]);
    await sql.query('UPDATE declaration SET live = NULL WHERE id = $1::uuid', [declarationId]);
    const { year, days, distributableFen, lines, totalFen } = row;
    return { after, change: { discarded: { year, days, distributableFen, lines, totalFen } } };
  });
}
