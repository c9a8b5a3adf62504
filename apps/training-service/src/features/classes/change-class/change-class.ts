import type { AnswerInputOf, BodyOf } from '@bangfu/contracts/core/operation';
import { changeClass as operation } from '@bangfu/contracts/training/classes';
import { demand } from '@bangfu/domain/shared/errors';
import { businessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { checkChange, checkSession, demandNoCertificates } from '@bangfu/domain/training/schedule';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import { conflict } from '@bangfu/platform/http/refusal';
import type { Training } from '../../../db/client.ts';
import { dateOf } from '../../../db/day.ts';
import { lockVisibleClass } from '../../../db/visible.ts';
import { getClass } from '../class.repository.ts';
import { standingSessions } from '../session-rules.ts';

/**
 * Changes a class; its sessions must still lie within it and the learners have their places.
 * @throws Refusal 404, 409; DomainError CLASS_PERIOD, SESSION_OUTSIDE_CLASS, CAPACITY_BELOW_ENROLLED, PROVIDER_UNKNOWN,
 * CLASS_HAS_CERTIFICATES and those of checkChange
 */
export function changeClass(
  service: Training,
  actor: Actor,
  classId: string,
  body: BodyOf<typeof operation>,
): Promise<AnswerInputOf<typeof operation>> {
  const { countyCode } = actor.caller;
  const today = businessDayOf(actor.now);
  return runCommand(service.transaction, service.newId, operation, actor, { classId, ...body }, async (tx, sql) => {
    const { version, begins, ends, providerId, ...fields } = body;
    const group = await lockVisibleClass(tx, sql, actor.caller, classId);
    const before = await getClass(sql, actor.caller, classId, today);
    demandNoCertificates(before);
    const period = { begins: businessDay(begins), ends: businessDay(ends) };
    checkChange({ begins: businessDay(before.begins), ends: businessDay(before.ends) }, period, today);
    for (const session of await standingSessions(tx, classId)) checkSession(session, period, []);
    demand(before.enrolled <= fields.capacity, 'CAPACITY_BELOW_ENROLLED', { enrolled: before.enrolled });
    const provider = await tx.provider.findFirst({ where: { id: providerId, countyCode } });
    demand(provider && (provider.active || provider.id === group.providerId), 'PROVIDER_UNKNOWN');
    const { count } = await tx.trainingClass.updateMany({
      where: { id: classId, version },
      data: { ...fields, providerId, begins: dateOf(begins), ends: dateOf(ends), version: { increment: 1 } },
    });
    if (count === 0) throw conflict(before);
    const { sessionList, ...after } = await getClass(sql, actor.caller, classId, today);
    return {
      answer: { ...after, sessionList },
      audit: [
        {
          action: operation.audit ?? '',
          recordType: 'class',
          recordId: classId,
          change: { before: { ...before, sessionList: undefined }, after },
        },
      ],
    };
  });
}
