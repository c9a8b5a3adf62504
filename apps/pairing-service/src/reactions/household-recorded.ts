import { withdrawPairingChange } from '@bangfu/contracts/pairing/pairings';
import { amongIds } from '@bangfu/data/scope';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { keepHelper } from '@bangfu/domain/pairing/pairing';
import { type BusinessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { householdRecorded } from '@bangfu/events/catalog/identification';
import { endsAfter, isHelpedAfter } from '../db/helps.ts';
import { holdRegister, lockChain, lockHelpers } from '../features/pairings/pairing.repository.ts';
import { reversalLogged, reversedOf, storeReversals } from '../features/pairings/reversal.repository.ts';
import { reaction, type Tables } from '../operations.ts';

const REASON = '农户重新纳入帮扶，解除结对不再生效';

/** Of some households those that are poor or monitored and whose helper is to go, with nobody to come. */
const ending = (read: ReadSql<Tables>, ids: readonly string[], today: BusinessDay) =>
  read
    .selectFrom('household_copy as h')
    .innerJoin('pairing_link as l', (join) =>
      join.onRef('l.household_id', '=', 'h.id').on((eb) => endsAfter(eb, 'l', today)),
    )
    .where((eb) => amongIds(eb.ref('h.id'), ids))
    .where((eb) => eb.or([eb('h.status', 'in', ['registered', 'returned']), eb('h.monitored', '=', true)]))
    .where((eb) => eb.not(isHelpedAfter(eb, today)))
    .orderBy('h.id')
    .select(['h.id', 'l.cadre_id as helper'])
    .execute();

/**
 * A household that is poor or monitored again before its pairing ends keeps its helper: the end that was decided when it
 * was neither does not take effect (不脱贫不脱钩).
 */
export const onHouseholdRecorded = reaction(householdRecorded, async ({ tx, events, kit, now, as }) => {
  const today = businessDayOf(now);
  const byId = new Map(events.map((event) => [event.aggregate, event]));
  for (const { id, helper } of await ending(tx.sql, [...byId.keys()], today)) {
    const event = byId.get(id);
    if (!event) continue;
    await holdRegister(tx.sql);
    const helpers = await lockHelpers(tx.sql, [helper]);
    const before = await lockChain(tx.sql, id);
    const reversed = reversedOf(before, today);
    if (reversed?.change.kind !== 'end') continue;
    const { caller, audit, emit } = as(event, withdrawPairingChange);
    const household = { id, countyCode: event.countycode };
    const context = { helpers, caller, now, newId: kit.newId, reason: REASON };
    const after = keepHelper(before, today);
    const facts = await storeReversals(tx.sql, [{ household, reversed, before, after }], context);
    audit.entry('household', id, reversalLogged(reversed, context));
    facts.forEach(emit);
  }
});
