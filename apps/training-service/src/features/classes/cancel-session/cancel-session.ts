import type { BodyOf } from '@bangfu/contracts/core/operation';
import { cancelSession as operation, type Session } from '@bangfu/contracts/training/classes';
import { demand } from '@bangfu/domain/shared/errors';
import { type Actor, runCommand } from '@bangfu/service-kit/db/command';
import { conflict } from '@bangfu/service-kit/http/refusal';
import type { Training } from '../../../db/client.ts';
import { lockVisibleSession } from '../../../db/visible.ts';
import { getSession } from '../class.repository.ts';
import { demandNoCertificates } from '../session-rules.ts';

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
    demand(before.cancelled === null, 'SESSION_CANCELLED', { day: before.day });
    await demandNoCertificates(tx, group.id);
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
