import type { BodyOf } from '@bangfu/contracts/core/operation';
import { checkDeclaration as operation, type Declaration } from '@bangfu/contracts/industry/declarations';
import { checkDeclaration as check } from '@bangfu/domain/industry/declaration';
import type { Actor } from '@bangfu/platform/db/command';
import type { Industry } from '../../../db/client.ts';
import type { Reader } from '@bangfu/platform/steps';
import { awaitNotices, findVillages } from '../../notices/notice.repository.ts';
import { partyOf } from '../declaration.repository.ts';
import { takeStep } from '../step.ts';

/**
 * The township of the entity's seat passes a declaration or returns it with a reason.
 * @throws Refusal 404, 409; DomainError DECLARATION_STATUS, DECLARATION_SAME_PERSON, DECLARATION_REASON_MISSING
 */
export function checkDeclaration(
  service: Industry,
  actor: Actor & Reader,
  declarationId: string,
  { version, passed, reason }: BodyOf<typeof operation>,
): Promise<Declaration> {
  const target = { declarationId, version, reach: 'acts', input: { passed, reason } } as const;
  return takeStep(service, operation, actor, target, async (sql, before, row) => {
    const villages = passed ? await findVillages(sql, declarationId) : [];
    const after = check(before, partyOf(actor.caller, row), passed ? { passed, villages } : { passed, reason });
    if (passed) await awaitNotices(sql, declarationId);
    return {
      after,
      facts: { checkedBy: actor.caller.name, checkedAt: actor.now.toISOString() },
      change: { passed, reason },
    };
  });
}
