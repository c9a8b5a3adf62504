import { withdrawEnrolment } from '@bangfu/contracts/training/enrolments';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { householdWithdrawn } from '@bangfu/events/catalog/identification';
import { enrolmentWithdrawn } from '@bangfu/events/catalog/training';
import type { Envelope } from '@bangfu/events/envelope';
import type { Reactions } from '@bangfu/events/inbox/consume';
import { appendEvents } from '@bangfu/events/outbox/append';
import type { Sql } from '@bangfu/data/sql';
import { writeAudit } from '@bangfu/platform/audit/entry';
import { systemCaller } from '@bangfu/platform/auth/system-caller';
import { HOUSEHOLD_COPY_REACTIONS } from '@bangfu/platform/household-copy/reactions';
import type { ServiceKit } from '@bangfu/platform/service';

const REASON = '农户登记已撤回';

/**
 * A withdrawn household is withdrawn in the copy, and its members leave their places in classes that have not ended: when
 * they come back, under the ids they had, they can enrol again. Attendance and certificates stay what they were.
 */
export function withdrawnReactions(service: ServiceKit): Reactions {
  return {
    [householdWithdrawn.type]: {
      batch: async (sql, events) => {
        await HOUSEHOLD_COPY_REACTIONS[householdWithdrawn.type]?.batch(sql, events);
        for (const event of events) await giveBackPlaces(service, sql, event);
      },
    },
  };
}

async function giveBackPlaces(service: ServiceKit, sql: Sql, event: Envelope): Promise<void> {
  const left = await sql.query<{ id: string; on: string }>(
    `UPDATE enrolment e SET withdrawn_on = greatest($2::date, e.enrolled_on), version = e.version + 1
     FROM training_class c
     WHERE c.id = e.class_id AND e.household_id = $1::uuid AND e.withdrawn_on IS NULL AND c.ends >= $2::date
     RETURNING e.id::text AS id, e.withdrawn_on::text AS on`,
    [event.aggregate, businessDayOf(new Date(event.time))],
  );
  const now = service.clock();
  const entries = left.map(({ id, on }) => ({
    id: service.newId(now),
    action: withdrawEnrolment.audit ?? '',
    recordType: 'enrolment',
    recordId: id,
    change: { before: { withdrawnOn: null }, after: { withdrawnOn: on, reason: REASON } },
  }));
  await writeAudit(sql, systemCaller(event.countycode, event.id), entries, now);
  const facts = left.map(({ id }) =>
    enrolmentWithdrawn.of(event.countycode, { enrolmentId: id, householdId: event.aggregate }),
  );
  await appendEvents(sql, facts, now, () => service.newId(now));
}
