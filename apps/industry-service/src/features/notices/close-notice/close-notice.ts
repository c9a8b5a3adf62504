import type { Declaration } from '@bangfu/contracts/industry/declarations';
import { closeDividendNotice as operation } from '@bangfu/contracts/industry/dividend-notices';
import { closeNotice } from '@bangfu/domain/industry/declaration-notice';
import type { Actor } from '@bangfu/platform/db/command';
import type { Reader } from '@bangfu/platform/steps';
import type { Industry } from '../../../db/client.ts';
import { takeStep } from '../../declarations/step.ts';
import { noticesOf } from '../notice.repository.ts';

/**
 * Closes notices of the caller's region whose full days have run and whose objections are answered.
 * @throws Refusal 404; DomainError DECLARATION_STATUS, NOTICE_NOT_POSTED, NOTICE_CLOSED, OBJECTION_OPEN, NOTICE_RUNNING
 */
export function closeDividendNotice(
  service: Industry,
  actor: Actor & Reader,
  declarationId: string,
  noticeIds: readonly string[],
): Promise<Declaration> {
  const target = { declarationId, reach: 'sees', input: { noticeIds } } as const;
  return takeStep(service, operation, actor, target, async (sql, before, row) => {
    const notices = noticesOf(actor.caller, row, noticeIds);
    const after = notices.reduce((state, { code }) => closeNotice(state, code, actor.now), before);
    await sql.query(
      `UPDATE declaration_notice SET closed_at = $2::text::timestamptz, closed_by = $3 WHERE id::text = ANY ($1::text[])`,
      [notices.map(({ id }) => id), actor.now.toISOString(), actor.caller.name],
    );
    return { after, change: { closed: notices.map(({ name }) => name) } };
  });
}
