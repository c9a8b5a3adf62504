import type { BodyOf } from '@bangfu/contracts/core/operation';
import { changeSession as operation, type Session } from '@bangfu/contracts/training/classes';
import { demand } from '@bangfu/domain/shared/errors';
import { businessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { demandNotCancelled } from '@bangfu/domain/training/schedule';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import { conflict } from '@bangfu/platform/http/refusal';
import type { Training } from '../../../db/client.ts';
import { dateOf } from '../../../db/day.ts';
import { lockVisibleSession } from '../../../db/visible.ts';
import { getSession } from '../class.repository.ts';
import { demandFits } from '../session-rules.ts';

/**
 * Moves a session that has no attendance yet.
 * @throws Refusal 404, 409; DomainError SESSION_CANCELLED, SESSION_HAS_ATTENDANCE and those of addSession
 */
export function changeSession(
  service: Training,
  actor: Actor,
  sessionId: string,
  body: BodyOf<typeof operation>,
): Promise<Session> {
  return runCommand(service.transaction, service.newId, operation, actor, { sessionId, ...body }, async (tx, sql) => {
    const { group } = await lockVisibleSession(tx, sql, actor.caller, sessionId);
    const before = await getSession(sql, sessionId);
    const { version, day, ...fields } = body;
    if (before.version !== version) throw conflict(before);
    demandNotCancelled({ day: businessDay(before.day), cancelled: before.cancelled !== null });
    demand(before.marked === 0, 'SESSION_HAS_ATTENDANCE');
    await demandFits(tx, sql, group, body, businessDayOf(actor.now), sessionId);
    await tx.session.update({
      where: { id: sessionId },
      data: { ...fields, day: dateOf(day), version: { increment: 1 } },
    });
    const answer = await getSession(sql, sessionId);
    return {
      answer,
      audit: [
        {
          action: operation.audit ?? '',
          recordType: 'session',
          recordId: sessionId,
          change: { before, after: answer },
        },
      ],
    };
  });
}
