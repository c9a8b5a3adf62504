import type { EveryService } from '@bangfu/contracts/core/every-service';
import type { AnswerInputOf } from '@bangfu/contracts/core/operation';
import { pgSql } from '@bangfu/events/sql';
import type { Caller } from '@bangfu/service-kit/auth/caller';
import { readsOf } from '@bangfu/service-kit/db/reads';
import type { Industry } from '../../db/client.ts';
import { scopeParams, SEES_ENTITY } from '../../db/scope.ts';
import { findLate } from './late.query.ts';

/** This service's figures within the caller's scope; households and money only of the households he may see. */
export async function getHome(
  service: Industry,
  caller: Caller,
  now: Date,
): Promise<AnswerInputOf<EveryService['getHome']>> {
  const sql = pgSql(readsOf(service, caller));
  const scope = scopeParams(caller);
  const [counts] = await sql.query<Record<string, number>>(
    `WITH seen AS (SELECT e.id FROM entity e WHERE ${SEES_ENTITY}),
       lines AS (SELECT l.* FROM dividend_line l JOIN declaration d ON d.id = l.declaration_id AND d.entity_id IN (SELECT id FROM seen)
         WHERE l.village_code LIKE ANY ($2::text[]))
     SELECT (SELECT count(*) FROM seen)::float8 AS entities,
       (SELECT count(*) FROM contract WHERE state = 'in-force' AND entity_id IN (SELECT id FROM seen))::float8 AS contracts,
       (SELECT count(DISTINCT m.household_id) FROM contract_household m JOIN contract c ON c.id = m.contract_id
         WHERE c.state = 'in-force' AND m.village_code LIKE ANY ($2::text[]))::float8 AS households,
       (SELECT coalesce(sum(payable_fen), 0) FROM lines WHERE state = 'paid')::float8 AS paid,
       (SELECT coalesce(sum(payable_fen), 0) FROM lines WHERE state IN ('open', 'batched'))::float8 AS open,
       (SELECT count(*) FROM lines WHERE counts AND amount_fen < guaranteed_fen)::float8 AS below`,
    scope,
  );
  const value = (key: string) => counts?.[key] ?? 0;
  return {
    asOf: now.toISOString(),
    figures: [
      { key: 'entities', value: value('entities'), unit: 'item' },
      { key: 'contractsInForce', value: value('contracts'), unit: 'item' },
      { key: 'shareHouseholds', value: value('households'), unit: 'household' },
      { key: 'dividendPaid', value: value('paid'), unit: 'fen' },
      { key: 'dividendOpen', value: value('open'), unit: 'fen' },
      { key: 'dividendLate', value: (await findLate(sql, caller, now)).length, unit: 'item' },
      { key: 'belowGuarantee', value: value('below'), unit: 'household' },
    ],
  };
}
