import type { AnswerInputOf, QueryOf } from '@bangfu/contracts/core/operation';
import {
  CONTRACT_STATES,
  type listContracts as operation,
  type ShareContract,
} from '@bangfu/contracts/industry/contracts';
import { type Days, DIVIDEND_YEARS } from '@bangfu/domain/industry/dividend-period';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { pgSql, type Sql } from '@bangfu/data/sql';
import { byDay, byId, byName, byNumber, byStage, byText, listOrder, nullable } from '@bangfu/data/list-order';
import { readsOf } from '@bangfu/platform/db/reads';
import { readPage } from '@bangfu/platform/http/page';
import { notFound } from '@bangfu/platform/http/refusal';
import { nameHolds, numberBegins, searchPattern } from '@bangfu/platform/search/name-search';
import type { Industry } from '../../../db/client.ts';
import { CONTRACT_TO } from '../../../db/contract-days.ts';
import { scopeParams, SEES_ENTITY } from '../../../db/scope.ts';
import type { Reader } from '@bangfu/platform/steps';
import { findingsOf } from '../policy.ts';

type Row = Omit<ShareContract, 'findings'> & Days;

/** How `contract c` stands on a day, the parameter given. */
const stateOn = (
  day: string,
) => `CASE WHEN c.state = 'drafted' THEN 'drafted' WHEN ${day}::text::date < c.period_from THEN 'agreed'
  WHEN ${day}::text::date > ${CONTRACT_TO} THEN 'ended' ELSE 'in-force' END`;

const CONTRACT_COLUMNS = `c.id::text AS id, c.number, c.entity_id::text AS "entityId", e.name AS "entityName", ${stateOn('$3')} AS state,
  c.period_from::text AS "from", ${CONTRACT_TO}::text AS "to", c.dividend_year AS "dividendYear", c.guaranteed_bp AS "guaranteedBp",
  c.profit_share_bp AS "profitShareBp", c.signed_on::text AS "signedOn", c.households, c.stake_fen::float8 AS "stakeFen",
  c.version`;

const NUMBER = byText('c.number');
const ORDER = listOrder<QueryOf<typeof operation>>(
  {
    number: NUMBER,
    entityName: byName('e.name'),
    from: byDay('c.period_from'),
    to: byDay(CONTRACT_TO),
    guaranteedBp: byNumber('c.guaranteed_bp'),
    profitShareBp: byNumber('c.profit_share_bp'),
    dividendYear: byStage('c.dividend_year', DIVIDEND_YEARS),
    state: byStage(`(${stateOn('$3')})`, CONTRACT_STATES),
    signedOn: nullable(byDay('c.signed_on')),
    households: byNumber('c.households'),
    stakeFen: byNumber('c.stake_fen'),
  },
  [NUMBER, byId('c.id')],
);

/** One page of contracts by number. */
export async function listContracts(
  service: Industry,
  { caller, now, language }: Reader,
  query: QueryOf<typeof operation>,
): Promise<AnswerInputOf<typeof operation>> {
  const page = await readPage<Row>(pgSql(readsOf(service, caller)), ORDER, query, {
    columns: CONTRACT_COLUMNS,
    from: `FROM contract c JOIN entity e ON e.id = c.entity_id WHERE ${SEES_ENTITY}
      AND ($4::uuid IS NULL OR c.entity_id = $4)
      AND ($5::text IS NULL OR ${stateOn('$3')} = $5 OR ($5 = 'signed' AND c.state <> 'drafted'))
      AND ($6::text IS NULL OR ${nameHolds('e.name', '$6')} OR ${numberBegins('c.number', '$6')})`,
    params: [
      ...scopeParams(caller),
      businessDayOf(now),
      query.entityId ?? null,
      query.state ?? null,
      searchPattern(query.search),
    ],
  });
  return { ...page, rows: page.rows.map((row) => ({ ...row, findings: findingsOf(row, now, language) })) };
}

/** One contract within the caller's scope. @throws Refusal 404 */
export async function getContract(
  sql: Sql,
  { caller, now, language }: Reader,
  contractId: string,
): Promise<ShareContract & Days> {
  const [row] = await sql.query<Row>(
    `SELECT ${CONTRACT_COLUMNS} FROM contract c JOIN entity e ON e.id = c.entity_id
     WHERE c.id = $4::uuid AND ${SEES_ENTITY}`,
    [...scopeParams(caller), businessDayOf(now), contractId],
  );
  if (!row) throw notFound();
  return { ...row, findings: findingsOf(row, now, language) };
}
