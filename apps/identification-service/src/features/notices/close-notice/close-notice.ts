import { closeNotice as operation } from '@bangfu/contracts/identification/notices';
import { closableFrom } from '@bangfu/domain/identification/notice/clock';
import { demand } from '@bangfu/domain/shared/errors';
import { regionPrefixes } from '@bangfu/platform/auth/caller';
import type { Actor } from '@bangfu/platform/db/command';
import { likeAny } from '@bangfu/data/scope';
import { notFound } from '@bangfu/platform/http/refusal';
import type { Identification } from '../../../db/client.ts';
import { type CaseFile, lockCases } from '../../cases/case.repository.ts';
import { changeCases, runOnCases } from '../../cases/change-cases.ts';

/** Whether the case has served its time in the notice. */
function isServed({ state }: CaseFile, now: Date): boolean {
  const until = state.notice && closableFrom(state.notice.clock);
  return until !== null && until <= now;
}

/**
 * Closes a notice for every case whose time is served; one that an objection stops keeps hanging alone.
 * @throws DomainError NOTICE_TOO_EARLY or OBJECTION_OPEN when no case can be taken down, NOTICE_NOT_OPEN; Refusal 404
 */
export function closeNotice(service: Identification, actor: Actor, noticeId: string) {
  return runOnCases(service, operation, actor, { noticeId }, async (_client, sql) => {
    const entries = await sql.query<{ caseId: string; hanging: boolean }>(
      `SELECT e.case_id AS "caseId", c.notice_id = e.notice_id AS hanging FROM notice_case e
       JOIN case_file c ON c.id = e.case_id WHERE e.notice_id = $1::uuid AND e.village_code LIKE ANY ($2::text[])`,
      [noticeId, likeAny(regionPrefixes(actor.caller))],
    );
    if (entries.length === 0) throw notFound();
    const locked = await lockCases(
      sql,
      actor.caller,
      entries.filter(({ hanging }) => hanging),
    );
    const files = locked.filter((file) => file.noticeId === noticeId);
    demand(files.length > 0, 'NOTICE_NOT_OPEN');
    const served = files.filter((file) => isServed(file, actor.now));
    // With none to close, the first one's refusal says why.
    const closing = served.length > 0 ? served : files.slice(0, 1);
    const changed = await changeCases(sql, actor, closing, () => ({ type: 'closeNotice' }));
    const answer = { closed: changed.length, hanging: files.length - changed.length };
    return { answer, changed, extra: { noticeId } };
  });
}
