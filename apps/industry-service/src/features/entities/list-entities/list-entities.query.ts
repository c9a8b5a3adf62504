import type { AnswerInputOf, QueryOf } from '@bangfu/contracts/core/operation';
import {
  type Entity,
  ENTITY_KINDS,
  ENTITY_STATES,
  type listEntities as operation,
} from '@bangfu/contracts/industry/entities';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { pgSql, type Sql } from '@bangfu/data/sql';
import type { Caller } from '@bangfu/platform/auth/caller';
import { byId, byName, byNumber, byStage, byText, listOrder } from '@bangfu/data/list-order';
import { readsOf } from '@bangfu/platform/db/reads';
import { readPage } from '@bangfu/platform/http/page';
import { notFound } from '@bangfu/platform/http/refusal';
import { nameHolds, numberBegins, searchPattern } from '@bangfu/platform/search/name-search';
import type { Industry } from '../../../db/client.ts';
import { CONTRACT_TO, MEMBER_FROM, MEMBER_TO } from '../../../db/contract-days.ts';
import { scopeParams, SEES_ENTITY, seesHousehold } from '../../../db/scope.ts';

const VILLAGE_OF_COPY = (code: string) =>
  `(SELECT h.village_name FROM platform.household_copy h WHERE h.village_code = ${code} LIMIT 1)`;

/** Whether `contract c` is in force on the day $3. */
const RUNS = `c.state <> 'drafted' AND $3::text::date BETWEEN c.period_from AND ${CONTRACT_TO}`;
const CONTRACTS = `(SELECT count(*) FROM contract c WHERE c.entity_id = e.id AND ${RUNS})`;
const HOUSEHOLDS = `(SELECT count(DISTINCT m.household_id) FROM contract c JOIN contract_household m ON m.contract_id = c.id
  WHERE c.entity_id = e.id AND ${RUNS} AND $3::text::date BETWEEN ${MEMBER_FROM} AND ${MEMBER_TO}
    AND ${seesHousehold('m.village_code')})`;

/** An entity as a list shows it; its contracts in force, and their households within the caller's scope. */
const ENTITY_COLUMNS = `e.id::text AS id, e.name, e.credit_code AS "creditCode", e.kind,
  e.representative_role AS "representativeRole", e.seat_code AS "seatCode", e.village_codes AS "villageCodes", e.state,
  coalesce((SELECT h.township_name FROM platform.household_copy h WHERE h.village_code = e.seat_code LIMIT 1), '')
    AS "townshipName",
  ARRAY(SELECT coalesce(${VILLAGE_OF_COPY('v.code')}, v.code) FROM unnest(e.village_codes) WITH ORDINALITY v (code, n)
    ORDER BY v.n) AS "villageNames",
  ${CONTRACTS}::float8 AS contracts, ${HOUSEHOLDS}::float8 AS households, e.version`;

const NAME = byName('e.name');
const ORDER = listOrder<QueryOf<typeof operation>>(
  {
    name: NAME,
    creditCode: byText('e.credit_code'),
    kind: byStage('e.kind', ENTITY_KINDS),
    representativeRole: byName('e.representative_role'),
    state: byStage('e.state', ENTITY_STATES),
    townshipName: byText('e.seat_code'),
    contracts: byNumber(CONTRACTS),
    households: byNumber(HOUSEHOLDS),
  },
  [NAME, byId('e.id')],
);

/** One page of entities by name. */
export function listEntities(
  service: Industry,
  caller: Caller,
  now: Date,
  query: QueryOf<typeof operation>,
): Promise<AnswerInputOf<typeof operation>> {
  const where = `${SEES_ENTITY} AND $3::text::date IS NOT NULL AND ($4::text IS NULL OR ${nameHolds('e.name', '$4')} OR ${numberBegins('e.credit_code', '$4')})
    AND ($5::text IS NULL OR e.kind = $5) AND ($6::text IS NULL OR e.state = $6)`;
  const search = searchPattern(query.search);
  return readPage<Entity>(pgSql(readsOf(service, caller)), ORDER, query, {
    columns: ENTITY_COLUMNS,
    from: `FROM entity e WHERE ${where}`,
    params: [...scopeParams(caller), businessDayOf(now), search, query.kind ?? null, query.state ?? null],
  });
}

/** One entity within the caller's scope. @throws Refusal 404 */
export async function getEntity(sql: Sql, caller: Caller, entityId: string, now: Date): Promise<Entity> {
  const [entity] = await sql.query<Entity>(
    `SELECT ${ENTITY_COLUMNS} FROM entity e WHERE e.id = $4::uuid AND ${SEES_ENTITY}`,
    [...scopeParams(caller), businessDayOf(now), entityId],
  );
  if (!entity) throw notFound();
  return entity;
}
