import * as contract from '@bangfu/contracts/identification/households';
import { pgSql } from '@bangfu/data/sql';
import { inRegions } from '@bangfu/data/scope';
import { readFacts } from '@bangfu/domain/identification/facts/fact-input';
import { demandDay } from '@bangfu/domain/shared/day-bounds';
import { demand } from '@bangfu/domain/shared/errors';
import { businessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { householdRecorded } from '@bangfu/events/catalog/identification';
import { appendEventsFromQuery } from '@bangfu/events/outbox/append';
import { regionPrefixes } from '@bangfu/platform/auth/caller';
import { conflict, notFound } from '@bangfu/platform/http/refusal';
import { command } from '../../../operations.ts';
import { type Corrected, saveCorrection } from '../../../register/correct.ts';
import { recordedEvents } from '../../../register/recorded-events.ts';
import { judgeHouseholds } from '../../quality/keep-breaches.ts';

/**
 * Corrects facts of a household and its members: from a day on they are so. Without a day the state of today was wrong
 * from its beginning; what was believed until now is kept. The rules of data quality speak of it at once.
 * @throws DomainError DAY_TOO_EARLY before the day of today's state, DAY_TOO_LATE, CORRECTION_EMPTY, CORRECTION_PERSON
 *   and as `readFacts`; Refusal 404, 409
 */
export const correctHousehold = command(contract.correctHousehold, async (call) => {
  const { params, body, tx, caller, now, kit, newId, audit } = call;
  const { householdId: id } = params;
  const before = await tx.sql
    .selectFrom('household as h')
    .where('h.id', '=', id)
    .where((eb) => inRegions(eb.ref('h.village_code'), regionPrefixes(caller)))
    .select(['h.version', 'h.valid_from as validFrom', 'h.county_code as countyCode'])
    .forUpdate()
    .executeTakeFirst();
  if (!before) throw notFound();
  if (before.version !== body.version) throw conflict({ version: before.version });
  const today = businessDayOf(now);
  const holdsFrom = businessDay(before.validFrom);
  const from = body.from === undefined ? holdsFrom : businessDay(body.from);
  demandDay(from, { from: holdsFrom, until: today });
  const corrections = [...Map.groupBy(body.changes, ({ personId }) => personId)].map(([personId, given]): Corrected => {
    const subject = personId === undefined ? 'household' : 'person';
    const facts = Object.fromEntries(given.map(({ fact, value }) => [fact, value]));
    return { subject, id: personId ?? id, facts: readFacts(subject, facts, today) };
  });
  const changes = await saveCorrection(tx, id, corrections, { from, at: now });
  demand(changes.length > 0, 'CORRECTION_EMPTY');
  await tx.sql
    .insertInto('correction')
    .values({
      id: newId(),
      county_code: before.countyCode,
      household_id: id,
      valid_from: from,
      reason: body.reason,
      account_id: caller.id,
      account_name: caller.name,
      corrected_at: now,
    })
    .execute();
  await judgeHouseholds(tx.client, kit.cipher, before.countyCode, today, 'h.id = $1::uuid', [id]);
  await appendEventsFromQuery(pgSql(tx.client), householdRecorded, recordedEvents('h.id = $1::uuid'), [id], now);
  // What a fact was and is now lies in the history, whose readers may see it; the log keeps which facts.
  audit.entry('household', id, { from, reason: body.reason, changes });
  return { household: id, version: body.version + 1, changes };
});
