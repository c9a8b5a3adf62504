import * as contract from '@bangfu/contracts/training/classes';
import { demand } from '@bangfu/domain/shared/errors';
import { businessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { checkOpening, checkSession } from '@bangfu/domain/training/schedule';
import { command } from '../../../operations.ts';
import { getStoredClass } from '../class.repository.ts';
import { columnsOf, planned } from '../session-rules.ts';

/**
 * Opens a class of an offered course with an active provider, with its sessions where they are known.
 * @throws DomainError COURSE_UNKNOWN, PROVIDER_UNKNOWN, CLASS_PERIOD, DAY_TOO_EARLY, DAY_TOO_LATE and those of checkSession
 */
export const createClass = command(contract.createClass, async ({ body, tx, caller, now, newId, audit }) => {
  const today = businessDayOf(now);
  const { sessions, courseId, providerId, ...fields } = body;
  const county = { county_code: caller.countyCode };
  const period = { begins: businessDay(fields.begins), ends: businessDay(fields.ends) };
  checkOpening(period, today);
  const active = (table: 'course' | 'provider', id: string) =>
    tx.sql
      .selectFrom(table)
      .where('id', '=', id)
      .where('county_code', '=', caller.countyCode)
      .where('active', '=', true)
      .select('id')
      .executeTakeFirst();
  demand(await active('course', courseId), 'COURSE_UNKNOWN');
  demand(await active('provider', providerId), 'PROVIDER_UNKNOWN');
  sessions.forEach((each, at) => checkSession(planned(each), period, sessions.slice(0, at).map(planned)));
  const id = newId();
  await tx.sql
    .insertInto('training_class')
    .values({ id, ...county, course_id: courseId, provider_id: providerId, ...fields })
    .execute();
  const rows = sessions.map((each) => ({ id: newId(), ...county, class_id: id, ...columnsOf(each) }));
  if (rows.length > 0) await tx.sql.insertInto('class_session').values(rows).execute();
  audit.change('class', id, null, body);
  return getStoredClass(tx.sql, caller, id, today);
});
