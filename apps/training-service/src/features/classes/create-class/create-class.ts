import type { AnswerInputOf, BodyOf } from '@bangfu/contracts/core/operation';
import { createClass as operation } from '@bangfu/contracts/training/classes';
import { demand } from '@bangfu/domain/shared/errors';
import { businessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { checkOpening, checkSession } from '@bangfu/domain/training/schedule';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import type { Training } from '../../../db/client.ts';
import { dateOf } from '../../../db/day.ts';
import { getClass } from '../class.repository.ts';
import { planned } from '../session-rules.ts';

/**
 * Opens a class of an offered course with an active provider, with its sessions where they are known.
 * @throws DomainError COURSE_UNKNOWN, PROVIDER_UNKNOWN, CLASS_PERIOD, DAY_TOO_EARLY, DAY_TOO_LATE and those of checkSession
 */
export function createClass(
  service: Training,
  actor: Actor,
  body: BodyOf<typeof operation>,
): Promise<AnswerInputOf<typeof operation>> {
  const { countyCode } = actor.caller;
  return runCommand(service.transaction, service.newId, operation, actor, body, async (tx, sql) => {
    const { sessions, begins, ends, courseId, providerId, ...fields } = body;
    const period = { begins: businessDay(begins), ends: businessDay(ends) };
    checkOpening(period, businessDayOf(actor.now));
    demand(await tx.course.findFirst({ where: { id: courseId, countyCode, active: true } }), 'COURSE_UNKNOWN');
    demand(await tx.provider.findFirst({ where: { id: providerId, countyCode, active: true } }), 'PROVIDER_UNKNOWN');
    sessions.forEach((each, at) => checkSession(planned(each), period, sessions.slice(0, at).map(planned)));
    const id = service.newId(actor.now);
    await tx.trainingClass.create({
      data: { id, countyCode, courseId, providerId, ...fields, begins: dateOf(begins), ends: dateOf(ends) },
    });
    await tx.session.createMany({
      data: sessions.map(({ day, ...each }) => ({
        id: service.newId(actor.now),
        countyCode,
        classId: id,
        day: dateOf(day),
        ...each,
      })),
    });
    return {
      answer: await getClass(sql, actor.caller, id, businessDayOf(actor.now)),
      audit: [{ action: operation.audit ?? '', recordType: 'class', recordId: id, change: { after: body } }],
    };
  });
}
