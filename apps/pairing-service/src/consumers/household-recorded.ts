import { keepHelper } from '@bangfu/domain/pairing/pairing';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { householdRecorded } from '@bangfu/events/catalog/identification';
import type { Envelope } from '@bangfu/events/envelope';
import type { Reactions } from '@bangfu/events/inbox/consume';
import { appendEvents } from '@bangfu/events/outbox/append';
import { withdrawPairingChange } from '@bangfu/contracts/pairing/pairings';
import { amongIds } from '@bangfu/data/scope';
import type { Sql } from '@bangfu/data/sql';
import { typedOver } from '@bangfu/data/typed-sql';
import { writeAudit } from '@bangfu/platform/audit/entry';
import { systemCaller } from '@bangfu/platform/auth/system-caller';
import { HOUSEHOLD_COPY_REACTIONS } from '@bangfu/platform/household-copy/reactions';
import type { ServiceKit } from '@bangfu/platform/service';
import { endsAfter, helpsAfter } from '../db/helps.ts';
import { holdRegister, lockChain, lockHelpers } from '../features/pairings/pairing.repository.ts';
import { reversalLogged, reversedOf, storeReversals } from '../features/pairings/reversal.repository.ts';
import type { Tables } from '../operations.ts';

const REASON = '农户重新纳入帮扶，解除结对不再生效';

/**
 * Keeps the copy of the register. A household that is poor or monitored again before its pairing ends keeps its helper:
 * the end that was decided when it was neither does not take effect (不脱贫不脱钩).
 */
export function recordedReactions(kit: ServiceKit): Reactions {
  return {
    [householdRecorded.type]: {
      batch: async (sql, events) => {
        await HOUSEHOLD_COPY_REACTIONS[householdRecorded.type]?.batch(sql, events);
        const today = businessDayOf(kit.clock());
        const rows = await typedOver<Tables>(sql)
          .selectFrom('household_copy as h')
          .innerJoin('pairing_link as l', (join) =>
            join.onRef('l.household_id', '=', 'h.id').on((eb) => endsAfter(eb, 'l', today)),
          )
          .where((eb) =>
            amongIds(
              eb.ref('h.id'),
              events.map((event) => event.aggregate),
            ),
          )
          .where((eb) => eb.or([eb('h.status', 'in', ['registered', 'returned']), eb('h.monitored', '=', true)]))
          .where(({ not, exists, selectFrom }) =>
            not(
              exists(
                selectFrom('pairing_link as n')
                  .whereRef('n.household_id', '=', 'h.id')
                  .where((n) => helpsAfter(n, 'n', today))
                  .select('n.id'),
              ),
            ),
          )
          .orderBy('h.id')
          .select(['h.id', 'l.cadre_id as helper'])
          .execute();
        for (const { id, helper } of rows) {
          const event = events.find((each) => each.aggregate === id);
          if (event) await keep(kit, sql, event, helper);
        }
      },
    },
  };
}

async function keep(kit: ServiceKit, sql: Sql, event: Envelope, helperId: string): Promise<void> {
  const { newId } = kit;
  const now = kit.clock();
  const today = businessDayOf(now);
  const householdId = event.aggregate;
  const write = typedOver<Tables>(sql);
  await holdRegister(write);
  const helpers = await lockHelpers(write, [helperId]);
  const before = await lockChain(write, householdId);
  const reversed = reversedOf(before, today);
  if (reversed?.change.kind !== 'end') return;
  const after = keepHelper(before, today);
  const caller = systemCaller(event.countycode, event.id);
  const household = { id: householdId, countyCode: event.countycode };
  const context = { helpers, caller, now, newId, reason: REASON };
  const facts = await storeReversals(write, [{ household, reversed, before, after }], context);
  const entry = {
    id: newId(now),
    action: withdrawPairingChange.audit ?? '',
    recordType: 'household',
    recordId: householdId,
    change: reversalLogged(reversed, context),
  };
  await writeAudit(sql, caller, [entry], now);
  await appendEvents(sql, facts, now, () => newId(now));
}
