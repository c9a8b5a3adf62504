import type { EveryService } from '@bangfu/contracts/core/every-service';
import type { AnswerInputOf } from '@bangfu/contracts/core/operation';
import { visitPeriod } from '@bangfu/domain/pairing/visit';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { pgSql } from '@bangfu/events/sql';
import { type Caller, regionPrefixes } from '@bangfu/service-kit/auth/caller';
import { readsOf } from '@bangfu/service-kit/db/reads';
import { likeAny } from '@bangfu/service-kit/db/scope';
import type { Pairing } from '../../db/client.ts';
import { countDue } from '../pairings/standing.ts';
import { policyOn } from '../policy/policy.repository.ts';

/** Pairing's figures within the caller's scope: who helps, whom, who has nobody, how often they were visited. */
export async function readHome(
  service: Pairing,
  caller: Caller,
  now: Date,
): Promise<AnswerInputOf<EveryService['getHome']>> {
  const pool = readsOf(service, caller);
  const today = businessDayOf(now);
  const { content } = await policyOn(pgSql(pool), caller.countyCode, today);
  const month = visitPeriod(today, 'month');
  const { rows } = await pool.query<Record<'helpers' | 'paired' | 'without' | 'visits', number>>(
    `WITH mine AS (SELECT h.id, h.status FROM platform.household_copy h WHERE NOT h.withdrawn AND h.village_code LIKE ANY ($1))
     SELECT count(DISTINCT l.cadre_id) AS helpers, count(l.id) AS paired,
       count(*) FILTER (WHERE l.id IS NULL AND m.status IN ('registered', 'returned')) AS without,
       (SELECT count(*) FROM visit v JOIN mine ON mine.id = v.household_id WHERE v.day BETWEEN $2 AND $3) AS visits
     FROM mine m LEFT JOIN pairing_link l ON l.open_for = m.id`,
    [likeAny(regionPrefixes(caller)), month.first, month.last],
  );
  const counts = rows[0];
  const { overdue } = await countDue(service, caller, today, content.visits);
  return {
    asOf: now.toISOString(),
    figures: [
      { key: 'helpers', value: counts?.helpers ?? 0, unit: 'person' },
      { key: 'pairedHouseholds', value: counts?.paired ?? 0, unit: 'household' },
      { key: 'householdsWithoutHelper', value: counts?.without ?? 0, unit: 'household' },
      { key: 'visitsThisMonth', value: counts?.visits ?? 0, unit: 'item' },
      { key: 'overdueHouseholds', value: overdue, unit: 'household' },
    ],
  };
}
