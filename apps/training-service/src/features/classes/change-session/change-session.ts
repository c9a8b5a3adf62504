import * as contract from '@bangfu/contracts/training/classes';
import { demand } from '@bangfu/domain/shared/errors';
import { businessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { demandNotCancelled } from '@bangfu/domain/training/schedule';
import { conflict } from '@bangfu/platform/http/refusal';
import { lockVisibleSession } from '../../../db/visible.ts';
import { command } from '../../../operations.ts';
import { getSession } from '../class.repository.ts';
import { columnsOf, demandFits } from '../session-rules.ts';

/**
 * Moves a session that has no attendance yet.
 * @throws Refusal 404, 409; DomainError SESSION_CANCELLED, SESSION_HAS_ATTENDANCE and those of addSession
 */
export const changeSession = command(
  contract.changeSession,
  async ({ params: { sessionId }, body, tx, caller, now, audit }) => {
    const { group } = await lockVisibleSession(tx, caller, sessionId);
    const before = await getSession(tx.sql, sessionId);
    if (before.version !== body.version) throw conflict(before);
    demandNotCancelled({ day: businessDay(before.day), cancelled: before.cancelled !== null });
    demand(before.marked === 0, 'SESSION_HAS_ATTENDANCE');
    await demandFits(tx.sql, group, body, businessDayOf(now), sessionId);
    await tx.sql
      .updateTable('class_session')
      .set((eb) => ({ ...columnsOf(body), version: eb('version', '+', 1) }))
      .where('id', '=', sessionId)
      .execute();
    const after = await getSession(tx.sql, sessionId);
    audit.change('session', sessionId, before, after);
    return after;
  },
);
