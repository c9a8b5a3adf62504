import * as contract from '@bangfu/contracts/training/classes';
import { demand } from '@bangfu/domain/shared/errors';
import { businessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { checkChange, checkSession, demandNoCertificates } from '@bangfu/domain/training/schedule';
import { conflict } from '@bangfu/platform/http/refusal';
import { lockVisibleClass } from '../../../db/visible.ts';
import { command } from '../../../operations.ts';
import { getStoredClass } from '../class.repository.ts';
import { plannedSessions } from '../session-rules.ts';

/**
 * Changes a class; its sessions must still lie within it and the learners have their places.
 * @throws Refusal 404, 409; DomainError CLASS_PERIOD, SESSION_OUTSIDE_CLASS, CAPACITY_BELOW_ENROLLED, PROVIDER_UNKNOWN,
 * CLASS_HAS_CERTIFICATES and those of checkChange
 */
export const changeClass = command(
  contract.changeClass,
  async ({ params: { classId }, body, tx, caller, now, audit }) => {
    const today = businessDayOf(now);
    const { version, providerId, ...fields } = body;
    const group = await lockVisibleClass(tx, caller, classId);
    const before = await getStoredClass(tx.sql, caller, classId, today);
    demandNoCertificates(before);
    const period = { begins: businessDay(fields.begins), ends: businessDay(fields.ends) };
    checkChange({ begins: businessDay(before.begins), ends: businessDay(before.ends) }, period, today);
    for (const session of await plannedSessions(tx.sql, classId)) checkSession(session, period, []);
    demand(before.enrolled <= fields.capacity, 'CAPACITY_BELOW_ENROLLED', { enrolled: before.enrolled });
    const provider = await tx.sql
      .selectFrom('provider')
      .where('id', '=', providerId)
      .where('county_code', '=', caller.countyCode)
      .select(['id', 'active'])
      .executeTakeFirst();
    demand(provider && (provider.active || provider.id === group.providerId), 'PROVIDER_UNKNOWN');
    const { numUpdatedRows } = await tx.sql
      .updateTable('training_class')
      .set({ ...fields, provider_id: providerId, version: version + 1 })
      .where('id', '=', classId)
      .where('version', '=', version)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw conflict(before);
    const { sessionList, ...after } = await getStoredClass(tx.sql, caller, classId, today);
    audit.change('class', classId, { ...before, sessionList: undefined }, after);
    return { ...after, sessionList };
  },
);
