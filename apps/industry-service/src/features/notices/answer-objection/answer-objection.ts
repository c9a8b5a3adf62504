import type { BodyOf } from '@bangfu/contracts/core/operation';
import type { Declaration } from '@bangfu/contracts/industry/declarations';
import { answerDividendObjection as operation } from '@bangfu/contracts/industry/dividend-notices';
import { answerObjection } from '@bangfu/domain/industry/declaration-notice';
import type { Actor } from '@bangfu/platform/db/command';
import type { Industry } from '../../../db/client.ts';
import type { Reader } from '@bangfu/platform/steps';
import { takeStep } from '../../declarations/step.ts';
import { dropWaiting } from '../notice.repository.ts';

/**
 * Answers an objection in writing: dismissed, the clock goes on; upheld, the entity drafts again.
 * @throws Refusal 404, 409; DomainError DECLARATION_STATUS, OBJECTION_UNKNOWN, OBJECTION_ANSWERED
 */
export function answerDividendObjection(
  service: Industry,
  actor: Actor & Reader,
  declarationId: string,
  objectionId: string,
  { version, upheld, text }: BodyOf<typeof operation>,
): Promise<Declaration> {
  const target = { declarationId, version, reach: 'acts', input: { objectionId, upheld, text } } as const;
  return takeStep(service, operation, actor, target, async (sql, before) => {
    const after = answerObjection(before, objectionId, { upheld, text }, actor.now);
    await sql.query(
      `UPDATE declaration_objection SET answered_at = $2::text::timestamptz, upheld = $3::text::boolean, answer = $4,
         answered_by = $5 WHERE id = $1::uuid`,
      [objectionId, actor.now.toISOString(), String(upheld), text, actor.caller.name],
    );
    if (upheld) await dropWaiting(sql, declarationId, before.revision);
    return { after, change: { objection: objectionId, upheld, answer: text } };
  });
}
