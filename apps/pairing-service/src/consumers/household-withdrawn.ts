import { endPairing } from '@bangfu/contracts/pairing/pairings';
import { endWithRecord } from '@bangfu/domain/pairing/pairing';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { householdWithdrawn } from '@bangfu/events/catalog/identification';
import { householdReleased } from '@bangfu/events/catalog/pairing';
import type { Envelope } from '@bangfu/events/envelope';
import type { Reactions } from '@bangfu/events/inbox/consume';
import { appendEvents } from '@bangfu/events/outbox/append';
import type { Sql } from '@bangfu/events/sql';
import { writeAudit } from '@bangfu/service-kit/audit/entry';
import { systemCaller } from '@bangfu/service-kit/auth/system-caller';
import { HOUSEHOLD_COPY_REACTIONS } from '@bangfu/service-kit/household-copy/reactions';
import type { Pairing } from '../db/client.ts';
import { lockChain, lockHelpers, seizeRegister, storeChains } from '../features/pairings/pairing.repository.ts';

const REASON = '农户登记已撤回';

/**
 * A withdrawn household is withdrawn in the copy, and its pairing ends: its helper has the place again. When the
 * household comes back, under the id it had, it can be paired once more.
 */
export function withdrawnReactions(service: Pairing): Reactions {
  return {
    [householdWithdrawn.type]: {
      batch: async (sql, events) => {
        await seizeRegister(sql);
        await HOUSEHOLD_COPY_REACTIONS[householdWithdrawn.type]?.batch(sql, events);
        const helperOf = await lockOpenHelpers(sql, events);
        for (const event of events) {
          const helperId = helperOf.get(event.aggregate);
          if (helperId !== undefined) await release(service, sql, event, helperId);
        }
      },
    },
  };
}

/** The helper of each household that has one, all of them locked. */
async function lockOpenHelpers(sql: Sql, events: readonly Envelope[]): Promise<Map<string, string>> {
  const open = await sql.query<{ household: string; helper: string }>(
    `SELECT open_for::text AS household, cadre_id::text AS helper FROM pairing_link
     WHERE open_for = ANY ($1::text[]::uuid[])`,
    [events.map((event) => event.aggregate)],
  );
  await lockHelpers(sql, [...new Set(open.map(({ helper }) => helper))]);
  return new Map(open.map(({ household, helper }) => [household, helper]));
}

async function release(service: Pairing, sql: Sql, event: Envelope, helperId: string): Promise<void> {
  const now = service.clock();
  const householdId = event.aggregate;
  const helpers = await lockHelpers(sql, [helperId]);
  const helperName = helpers.get(helperId)?.name ?? '';
  const before = await lockChain(sql, householdId);
  const after = endWithRecord(before, { on: businessDayOf(new Date(event.time)), reason: REASON });
  const until = after.links.at(-1)?.until ?? '';
  const caller = systemCaller(event.countycode, event.id);
  await storeChains(sql, [{ before, after }], { helpers, caller, now, newId: service.newId });
  const entry = {
    id: service.newId(now),
    action: endPairing.audit ?? '',
    recordType: 'household',
    recordId: householdId,
    change: { before: { helper: helperName }, after: { helper: null, on: until, reason: REASON } },
  };
  await writeAudit(sql, caller, [entry], now);
  const fact = householdReleased.of(event.countycode, { householdId, helperId, helperName, until });
  await appendEvents(sql, [fact], now, () => service.newId(now));
}
