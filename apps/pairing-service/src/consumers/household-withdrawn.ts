import { endPairing } from '@bangfu/contracts/pairing/pairings';
import { endWithRecord, linkOn } from '@bangfu/domain/pairing/pairing';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { householdWithdrawn } from '@bangfu/events/catalog/identification';
import { householdReleased } from '@bangfu/events/catalog/pairing';
import type { Envelope } from '@bangfu/events/envelope';
import type { Reactions } from '@bangfu/events/inbox/consume';
import { appendEvents } from '@bangfu/events/outbox/append';
import type { Sql } from '@bangfu/data/sql';
import { typedOver } from '@bangfu/data/typed-sql';
import { writeAudit } from '@bangfu/platform/audit/entry';
import { systemCaller } from '@bangfu/platform/auth/system-caller';
import { HOUSEHOLD_COPY_REACTIONS } from '@bangfu/platform/household-copy/reactions';
import type { ServiceKit } from '@bangfu/platform/service';
import {
  findChains,
  type HelperRow,
  lockChain,
  lockHelpers,
  seizeRegister,
  storeChains,
} from '../features/pairings/pairing.repository.ts';
import { keepReversals, reversedOf } from '../features/pairings/reversal.repository.ts';
import type { Tables } from '../operations.ts';

const REASON = '农户登记已撤回';

/**
 * A withdrawn household is withdrawn in the copy, and its pairing ends, with what was decided for a day to come: its
 * helpers have the place again. When the household comes back, under the id it had, it can be paired once more.
 */
export function withdrawnReactions(kit: ServiceKit): Reactions {
  return {
    [householdWithdrawn.type]: {
      batch: async (sql, events) => {
        const write = typedOver<Tables>(sql);
        await seizeRegister(write);
        await HOUSEHOLD_COPY_REACTIONS[householdWithdrawn.type]?.batch(sql, events);
        const chains = await findChains(
          write,
          events.map((event) => event.aggregate),
        );
        const ids = [...chains.values()].flatMap(({ links }) => links.map(({ helperId }) => helperId));
        const helpers = await lockHelpers(write, [...new Set(ids)]);
        for (const event of events) await release(kit, sql, event, helpers);
      },
    },
  };
}

async function release(
  kit: ServiceKit,
  sql: Sql,
  event: Envelope,
  helpers: ReadonlyMap<string, HelperRow>,
): Promise<void> {
  const now = kit.clock();
  const on = businessDayOf(new Date(event.time));
  const householdId = event.aggregate;
  const write = typedOver<Tables>(sql);
  const before = await lockChain(write, householdId);
  // The last of those who help or are to help.
  const last = before.links.findLast(({ until }) => until === undefined || until > on);
  if (!last) return;
  const after = endWithRecord(before, { on, reason: REASON });
  const caller = systemCaller(event.countycode, event.id);
  const reversed = reversedOf(before, on);
  const { newId } = kit;
  if (reversed) await keepReversals(write, [reversed], { caller, now, newId, reason: REASON });
  await storeChains(write, [{ before, after }], { helpers, caller, now, newId });
  const present = linkOn(before, on) ?? last;
  const until = present.from < on ? on : present.from;
  const helperName = helpers.get(present.helperId)?.name ?? '';
  const entry = {
    id: newId(now),
    action: endPairing.audit ?? '',
    recordType: 'household',
    recordId: householdId,
    change: { before: { helper: helperName }, after: { helper: null, on: until, reason: REASON } },
  };
  await writeAudit(sql, caller, [entry], now);
  const fact = householdReleased.of(event.countycode, { householdId, helperId: present.helperId, helperName, until });
  await appendEvents(sql, [fact], now, () => newId(now));
}
