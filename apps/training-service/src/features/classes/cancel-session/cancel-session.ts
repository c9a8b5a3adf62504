import * as contract from '@bangfu/contracts/training/classes';
import { businessDay } from '@bangfu/domain/shared/time';
import { cancelSession as demandCancellable } from '@bangfu/domain/training/steps';
import { conflict } from '@bangfu/platform/http/refusal';
import { classFacts } from '../../../db/class-facts.ts';
import { lockVisibleSession } from '../../../db/visible.ts';
import { command } from '../../../operations.ts';
import { getSession } from '../class.repository.ts';

/**
 * Cancels a session: it counts for nobody's attendance any more, whatever its sheet said.
 * @throws Refusal 404, 409; DomainError SESSION_CANCELLED, CLASS_HAS_CERTIFICATES
 */
export const cancelSession = command(
  contract.cancelSession,
  async ({ params: { sessionId }, body: { reason, version }, tx, caller, audit }) => {
    const { group } = await lockVisibleSession(tx, caller, sessionId);
    const before = await getSession(tx.sql, sessionId);
    if (before.version !== version) throw conflict(before);
    const session = { day: businessDay(before.day), cancelled: before.cancelled !== null };
    demandCancellable(session, await classFacts(tx.sql, group.id));
    await tx.sql
      .updateTable('class_session')
      .set((eb) => ({ cancelled: reason, version: eb('version', '+', 1) }))
      .where('id', '=', sessionId)
      .execute();
    audit.change('session', sessionId, { cancelled: null }, { cancelled: reason });
    return getSession(tx.sql, sessionId);
  },
);
