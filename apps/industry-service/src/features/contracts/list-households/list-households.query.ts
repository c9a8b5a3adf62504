import type { AnswerInputOf, AnswerOf, QueryOf } from '@bangfu/contracts/core/operation';
import type { listContractHouseholds as operation, putContractHousehold } from '@bangfu/contracts/industry/contracts';
import { pgSql, type Sql } from '@bangfu/events/sql';
import { readsOf } from '@bangfu/service-kit/db/reads';
import { decodeCursor, toPage } from '@bangfu/service-kit/http/page';
import { notFound } from '@bangfu/service-kit/http/refusal';
import { nameBegins, searchPattern } from '@bangfu/service-kit/search/name-search';
import type { Industry } from '../../../db/client.ts';
import { scopeParams, seesHousehold } from '../../../db/scope.ts';
import { getContract } from '../list-contracts/list-contracts.query.ts';
import type { Reader } from '../../../reader.ts';

type Row = AnswerOf<typeof putContractHousehold>;

const HOUSEHOLD_COLUMNS = `m.household_id::text AS "householdId", m.household_number AS "householdNumber",
  m.head_name AS "headName", m.village_code AS "villageCode", m.village_name AS "villageName",
  m.stake_fen::float8 AS "stakeFen", m.bank_name AS "bankName", m.account_tail AS "accountTail"`;

/** One page of a contract's households by number: an entity sees all of its own, others those of their region. */
export async function listContractHouseholds(
  service: Industry,
  reader: Reader,
  contractId: string,
  query: QueryOf<typeof operation>,
): Promise<AnswerInputOf<typeof operation>> {
  const sql = pgSql(readsOf(service, reader.caller));
  await getContract(sql, reader, contractId);
  const after = decodeCursor(query.cursor, 2);
  const from = `FROM contract_household m JOIN contract c ON c.id = m.contract_id JOIN entity e ON e.id = c.entity_id
    WHERE m.contract_id = $3::uuid AND ${seesHousehold('m.village_code')}
      AND ($4::text IS NULL OR m.household_number ~ $4 OR ${nameBegins('m.head_name', '$4')})`;
  const search = searchPattern(query.search);
  const params = [...scopeParams(reader.caller), contractId, search];
  const rows = await sql.query<Row>(
    `SELECT ${HOUSEHOLD_COLUMNS} ${from} AND ($5::text IS NULL OR (m.household_number, m.household_id) > ($5, $6::uuid))
     ORDER BY m.household_number, m.household_id LIMIT $7`,
    [...params, after?.[0] ?? null, after?.[1] ?? null, query.limit + 1],
  );
  const [count] = await sql.query<{ n: number }>(`SELECT count(*)::float8 AS n ${from}`, params);
  return toPage(rows, query.limit, count?.n ?? 0, (row) => [row.householdNumber, row.householdId]);
}

/** One household on a contract's list. @throws Refusal 404 */
export async function getContractHousehold(sql: Sql, contractId: string, householdNumber: string): Promise<Row> {
  const [row] = await sql.query<Row>(
    `SELECT ${HOUSEHOLD_COLUMNS} FROM contract_household m WHERE m.contract_id = $1::uuid AND m.household_number = $2`,
    [contractId, householdNumber],
  );
  if (!row) throw notFound();
  return row;
}
