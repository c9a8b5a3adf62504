import * as contract from '@bangfu/contracts/identification/notices';
import { inRegions } from '@bangfu/data/scope';
import { closableFrom } from '@bangfu/domain/identification/notice/clock';
import { demand } from '@bangfu/domain/shared/errors';
import { regionPrefixes } from '@bangfu/platform/auth/caller';
import { notFound } from '@bangfu/platform/http/refusal';
import { command } from '../../../operations.ts';
import { type CaseFile, lockCases } from '../../cases/case.repository.ts';
import { speaking } from '../../cases/case-words.ts';
import { auditCases, changeCases } from '../../cases/change-cases.ts';

/** Whether the case has served its time in the notice. */
function isServed({ state }: CaseFile, now: Date): boolean {
  const until = state.notice && closableFrom(state.notice.clock);
  return until !== null && until <= now;
}

/**
 * Closes a notice for every case whose time is served; one that an objection stops keeps hanging alone.
 * @throws DomainError NOTICE_TOO_EARLY or OBJECTION_OPEN when no case can be taken down, NOTICE_NOT_OPEN; Refusal 404
 */
export const closeNotice = command(contract.closeNotice, (call) =>
  speaking(call.language, async () => {
    const { tx, caller, now, params } = call;
    const { noticeId } = params;
    const entries = await tx.sql
      .selectFrom('notice_case as e')
      .innerJoin('case_file as c', 'c.id', 'e.case_id')
      .where('e.notice_id', '=', noticeId)
      .where((eb) => inRegions(eb.ref('c.village_code'), regionPrefixes(caller)))
      .select(['e.case_id as caseId', 'c.notice_id as hangsIn'])
      .execute();
    if (entries.length === 0) throw notFound();
    const hanging = entries.flatMap(({ caseId, hangsIn }) => (hangsIn === noticeId ? [{ caseId }] : []));
    const files = (await lockCases(tx, caller, hanging)).filter((file) => file.noticeId === noticeId);
    demand(files.length > 0, 'NOTICE_NOT_OPEN');
    const served = files.filter((file) => isServed(file, now));
    // With none to close, the first one's refusal says why.
    const closing = served.length > 0 ? served : files.slice(0, 1);
    const changed = await changeCases(call, closing, () => ({ type: 'closeNotice' }));
    auditCases(call, changed, { noticeId });
    return { closed: changed.length, hanging: files.length - changed.length };
  }),
);
