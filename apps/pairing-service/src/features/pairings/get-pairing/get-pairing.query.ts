import type { PairingRecord } from '@bangfu/contracts/pairing/pairings';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { pgSql } from '@bangfu/data/sql';
import type { Caller } from '@bangfu/platform/auth/caller';
import { readsOf } from '@bangfu/platform/db/reads';
import { notFound } from '@bangfu/platform/http/refusal';
import type { z } from 'zod';
import type { Pairing } from '../../../db/client.ts';
import { householdVisible, visibleTo } from '../../../db/visible.ts';
import { policyOn } from '../../policy/policy.repository.ts';
import { findReversals } from '../reversal.repository.ts';
import { PAIRED_COLUMNS, PAIRED_TABLES, type PairedRow, shownPairing } from '../standing.ts';

/** One household with its helper, its visits' standing and the whole chain. @throws Refusal 404 */
export async function getPairing(
  service: Pairing,
  caller: Caller,
  householdId: string,
  now: Date,
): Promise<z.output<typeof PairingRecord>> {
  const pool = readsOf(service, caller);
  const today = businessDayOf(now);
  const { content } = await policyOn(pgSql(pool), caller.countyCode, today);
  const { rows } = await pool.query<PairedRow & { members: z.output<typeof PairingRecord>['members'] }>(
    `SELECT ${PAIRED_COLUMNS}, (SELECT coalesce(jsonb_agg(jsonb_build_object('name', m->>'name', 'relation', m->>'relation')), '[]')
       FROM jsonb_array_elements(h.members) m) AS members
     FROM ${PAIRED_TABLES} WHERE NOT h.withdrawn AND h.id = $6::uuid AND ${householdVisible(1)}`,
    [...visibleTo(caller, today), householdId],
  );
  const [row] = rows;
  if (!row) throw notFound();
  const { members, ...pairing } = row;
  const chain = await pool.query<z.output<typeof PairingRecord>['chain'][number]>(
    `SELECT l.cadre_id::text AS "helperId", c.name AS "helperName", u.name AS "unitName", l.valid_from AS "from",
       l.valid_until AS until, l.reason, l.plan_id IS NOT NULL AS "byPlan", l.account_name AS "accountName"
     FROM pairing_link l JOIN cadre c ON c.id = l.cadre_id JOIN unit u ON u.id = l.unit_id
     WHERE l.household_id = $1::uuid AND l.withdrawn_at IS NULL ORDER BY l.valid_from, l.id`,
    [householdId],
  );
  const reversals = await findReversals(pgSql(pool), householdId);
  return { ...shownPairing(pairing, today, content.visits), members, chain: chain.rows, reversals };
}
