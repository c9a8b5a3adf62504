import { withdrawEnrolment } from '@bangfu/contracts/training/enrolments';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { householdWithdrawn } from '@bangfu/events/catalog/identification';
import { enrolmentWithdrawn } from '@bangfu/events/catalog/training';
import { sql } from 'kysely';
import { reaction } from '../operations.ts';

const REASON = '农户登记已撤回';

/**
 * The members of a withdrawn household leave their places in classes that have not ended: when they come back, under the
 * ids they had, they can enrol again. Attendance and certificates stay what they were.
 */
export const onHouseholdWithdrawn = reaction(householdWithdrawn, async ({ tx, events, as }) => {
  for (const event of events) {
    const { householdId } = event.data;
    const day = businessDayOf(new Date(event.time));
    const left = await tx.sql
      .updateTable('enrolment as e')
      .from('training_class as c')
      .set((eb) => ({
        withdrawn_on: sql<string>`greatest(${day}::date, ${eb.ref('e.enrolled_on')})`,
        version: eb('e.version', '+', 1),
      }))
      .whereRef('c.id', '=', 'e.class_id')
      .where('e.household_id', '=', householdId)
      .where('e.withdrawn_on', 'is', null)
      .where('c.ends', '>=', day)
      .returning(['e.id', 'e.withdrawn_on as on'])
      .execute();
    if (left.length === 0) continue;
    const { audit, emit } = as(event, withdrawEnrolment);
    for (const { id, on } of left) {
      audit.change('enrolment', id, { withdrawnOn: null }, { withdrawnOn: on, reason: REASON });
      emit(enrolmentWithdrawn.of(event.countycode, { enrolmentId: id, householdId }));
    }
  }
});
