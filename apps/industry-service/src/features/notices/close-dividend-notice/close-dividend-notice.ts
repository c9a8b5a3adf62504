import * as contract from '@bangfu/contracts/industry/dividend-notices';
import { closeNotice } from '@bangfu/domain/industry/declaration-notice';
import { command } from '../../../operations.ts';
import { takeStep } from '../../declarations/step.ts';
import { noticesOf } from '../notice.repository.ts';

/**
 * Closes notices of the caller's region whose full days have run and whose objections are answered.
 * @throws Refusal 404; DomainError DECLARATION_STATUS, NOTICE_NOT_POSTED, NOTICE_CLOSED, OBJECTION_OPEN, NOTICE_RUNNING
 */
export const closeDividendNotice = command(contract.closeDividendNotice, (call) => {
  const { tx, caller, now } = call;
  return takeStep(call, { reach: 'sees' }, async (before, row) => {
    const notices = noticesOf(caller, row, call.body.noticeIds);
    const after = notices.reduce((state, { code }) => closeNotice(state, code, now), before);
    const ids = notices.map(({ id }) => id);
    await tx.sql
      .updateTable('declaration_notice')
      .set({ closed_at: now, closed_by: caller.name })
      .where('id', 'in', ids)
      .execute();
    return { after, change: { closed: notices.map(({ name }) => name) } };
  });
});
