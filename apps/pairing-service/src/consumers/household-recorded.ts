import { keepHelper } from '@bangfu/domain/pairing/pairing';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { householdRecorded } from '@bangfu/events/catalog/identification';
import type { Envelope } from '@bangfu/events/envelope';
import type { Reactions } from '@bangfu/events/inbox/consume';
import { appendEvents } from '@bangfu/events/outbox/append';
import type { Sql } from '@bangfu/data/sql';
import { writeAudit } from '@bangfu/platform/audit/entry';
import { systemCaller } from '@bangfu/platform/auth/system-caller';
import { HOUSEHOLD_COPY_REACTIONS } from '@bangfu/platform/household-copy/reactions';
import type { Pairing } from '../db/client.ts';
import { endsAfter, helpsAfter } from '../db/helps.ts';
import { holdRegister, lockChain, lockHelpers } from '../features/pairings/pairing.repository.ts';
import { reversalEntry, reversedOf, storeReversals } from '../features/pairings/reversal.repository.ts';

const REASON = '农户重新纳入帮扶，解除结对不再生效';

/**
 * Keeps the copy of the register. A household that is poor or monitored again before its pairing ends keeps its helper:
 * the end that was decided when it was neither does not take effect (不脱贫不脱钩).
 */
export function recordedReactions(service: Pairing): Reactions {
  return {
    [householdRecorded.type]: {
      batch: async (sql, events) => {
        await HOUSEHOLD_COPY_REACTIONS[householdRecorded.type]?.batch(sql, events);
        const today = businessDayOf(service.clock());
        const rows = await sql.query<{ id: string; helper: string }>(
          `SELECT h.id::text AS id, l.cadre_id::text AS helper FROM platform.household_copy h
             JOIN pairing_link l ON l.household_id = h.id AND ${endsAfter('l', '$2::date')}
           WHERE h.id = ANY ($1::text[]::uuid[]) AND (h.status IN ('registered', 'returned') OR h.monitored)
             AND NOT EXISTS (SELECT 1 FROM pairing_link n WHERE n.household_id = h.id AND ${helpsAfter('n', '$2::date')})
           ORDER BY h.id`,
          [events.map((event) => event.aggregate), today],
        );
        for (const { id, helper } of rows) {
          const event = events.find((each) => each.aggregate === id);
          if (event) await keep(service, sql, event, helper);
        }
      },
    },
  };
}

async function keep(service: Pairing, sql: Sql, event: Envelope, helperId: string): Promise<void> {
  const { newId } = service;
  const now = service.clock();
  const today = businessDayOf(now);
  const householdId = event.aggregate;
  await holdRegister(sql);
  const helpers = await lockHelpers(sql, [helperId]);
  const before = await lockChain(sql, householdId);
  const reversed = reversedOf(before, today);
  if (reversed?.change.kind !== 'end') return;
  const after = keepHelper(before, today);
  const caller = systemCaller(event.countycode, event.id);
  const household = { id: householdId, countyCode: event.countycode };
  const context = { helpers, caller, now, newId, reason: REASON };
  const facts = await storeReversals(sql, [{ household, reversed, before, after }], context);
  await writeAudit(sql, caller, [{ id: newId(now), ...reversalEntry(reversed, context) }], now);
  await appendEvents(sql, facts, now, () => newId(now));
}
