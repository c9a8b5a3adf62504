import type { BodyOf } from '@bangfu/contracts/core/operation';
import { addSession as operation, type Session } from '@bangfu/contracts/training/classes';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import type { Training } from '../../../db/client.ts';
import { dateOf } from '../../../db/day.ts';
import { lockVisibleClass } from '../../../db/visible.ts';
import { getSession } from '../class.repository.ts';
import { demandFits } from '../session-rules.ts';

/** Puts a session on a class's calendar. @throws Refusal 404; DomainError of checkSession, CLASS_ENDED, CLASS_HAS_CERTIFICATES */
export function addSession(
  service: Training,
  actor: Actor,
  classId: string,
  body: BodyOf<typeof operation>,
): Promise<Session> {
  return runCommand(service.transaction, service.newId, operation, actor, { classId, ...body }, async (tx, sql) => {
    const group = await lockVisibleClass(tx, sql, actor.caller, classId);
    await demandFits(tx, sql, group, body, businessDayOf(actor.now));
    const id = service.newId(actor.now);
    const { day, ...fields } = body;
    await tx.session.create({ data: { id, countyCode: group.countyCode, classId, day: dateOf(day), ...fields } });
    return {
      answer: await getSession(sql, id),
      audit: [
        { action: operation.audit ?? '', recordType: 'session', recordId: id, change: { after: { classId, ...body } } },
      ],
    };
  });
}
