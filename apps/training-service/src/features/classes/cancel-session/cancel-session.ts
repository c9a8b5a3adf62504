import type { BodyOf } from '@bangfu/contracts/core/operation';
import { cancelSession as operation, type Session } from '@bangfu/contracts/training/classes';
import { businessDay } from '@bangfu/domain/shared/time';
import { cancelSession as demandCancellable } from '@bangfu/domain/training/steps';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import { conflict } from '@bangfu/platform/http/refusal';
import type { Training } from '../../../db/client.ts';
import { classFacts } from '../../../db/class-facts.ts';
import { lockVisibleSession } from '../../../db/visible.ts';
import { getSession } from '../class.repository.ts';

/**
 * Cancels a session: it counts for nobody's attendance any more, whatever its sheet said.
 * @throws Refusal 404, 409; DomainError SESSION_CANCELLED, CLASS_HAS_CERTIFICATES
 */
export function cancelSession(
  service: Training,
  actor: Actor,
  sessionId: string,
  { reason, version }: BodyOf<typeof operation>,
): Promise<Session> {
  const input = { sessionId, reason, version };
  return runCommand(service.transaction, service.newId, operation, actor, input, async (tx, sql) => {
    const { group } = await lockVisibleSession(tx, sql, actor.caller, sessionId);
    const before = await getSession(sql, sessionId);
    if (before.version !== version) throw conflict(before);
    const session = { day: businessDay(before.day), cancelled: before.cancelled !== null };
    demandCancellable(session, await classFacts(sql, group.id));
    await tx.session.update({ where: { id: sessionId }, data: { cancelled: reason, version: { increment: 1 } } });
    return {
      answer: await getSession(sql, sessionId),
      audit: [
        {
          action: operation.audit ?? '',
          recordType: 'session',
          recordId: sessionId,
          change: { before: { cancelled: null }, after: { cancelled: reason } },
        },
      ],
    };
  });
}
