import { endPairing } from '@bangfu/contracts/pairing/pairings';
import { endWithRecord, linkOn } from '@bangfu/domain/pairing/pairing';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { householdWithdrawn } from '@bangfu/events/catalog/identification';
import { householdReleased } from '@bangfu/events/catalog/pairing';
import {
  findChains,
  lockChain,
  lockHelpers,
  seizeRegister,
  storeChains,
} from '../features/pairings/pairing.repository.ts';
import { keepReversals, reversedOf } from '../features/pairings/reversal.repository.ts';
import { reaction } from '../operations.ts';

const REASON = '农户登记已撤回';

/** A withdrawal has the register alone, before it is written to the copy: it sees every pairing that is made meanwhile. */
export const beforeHouseholdWithdrawn = reaction(householdWithdrawn, ({ tx }) => seizeRegister(tx.sql));

/**
 * The pairing of a withdrawn household ends, with what was decided for a day to come: its helpers have the place again.
 * When the household comes back, under the id it had, it can be paired once more.
 */
export const onHouseholdWithdrawn = reaction(householdWithdrawn, async ({ tx, events, kit, now, as }) => {
  const { newId } = kit;
  const chains = await findChains(
    tx.sql,
    events.map((event) => event.aggregate),
  );
  const ids = [...chains.values()].flatMap(({ links }) => links.map(({ helperId }) => helperId));
  const helpers = await lockHelpers(tx.sql, [...new Set(ids)]);
  for (const event of events) {
    const on = businessDayOf(new Date(event.time));
    const householdId = event.aggregate;
    const before = await lockChain(tx.sql, householdId);
    // The last of those who help or are to help.
    const last = before.links.findLast(({ until }) => until === undefined || until > on);
    if (!last) continue;
    const { caller, audit, emit } = as(event, endPairing);
    const reversed = reversedOf(before, on);
    if (reversed) await keepReversals(tx.sql, [reversed], { caller, now, newId, reason: REASON });
    const after = endWithRecord(before, { on, reason: REASON });
    await storeChains(tx.sql, [{ before, after }], { helpers, caller, now, newId });
    const present = linkOn(before, on) ?? last;
    const until = present.from < on ? on : present.from;
    const { helperId } = present;
    const helperName = helpers.get(helperId)?.name ?? '';
    audit.change('household', householdId, { helper: helperName }, { helper: null, on: until, reason: REASON });
    emit(householdReleased.of(event.countycode, { householdId, helperId, helperName, until }));
  }
});
