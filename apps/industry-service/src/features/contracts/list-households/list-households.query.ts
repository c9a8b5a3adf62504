import type { AnswerInputOf, AnswerOf, QueryOf } from '@bangfu/contracts/core/operation';
import type { listContractHouseholds as operation, putContractHousehold } from '@bangfu/contracts/industry/contracts';
import { pgSql, type Sql } from '@bangfu/data/sql';
import { readsMasked } from '@bangfu/platform/auth/caller';
import { byDay, byId, byName, byNumber, byPerson, byText, listOrder } from '@bangfu/data/list-order';
import { readsOf } from '@bangfu/platform/db/reads';
import { readPage } from '@bangfu/platform/http/page';
import { notFound } from '@bangfu/platform/http/refusal';
import { nameBegins, numberBegins, searchPattern } from '@bangfu/platform/search/name-search';
import type { Industry } from '../../../db/client.ts';
import { MEMBER_FROM, MEMBER_TO } from '../../../db/contract-days.ts';
import { scopeParams, seesHousehold } from '../../../db/scope.ts';
import { getContract } from '../list-contracts/list-contracts.query.ts';
import type { Reader } from '@bangfu/platform/steps';

type Row = AnswerOf<typeof putContractHousehold>;

const HOUSEHOLD_COLUMNS = `m.household_id::text AS "householdId", m.household_number AS "householdNumber",
  m.head_name AS "headName", m.village_code AS "villageCode", m.village_name AS "villageName",
  m.stake_fen::float8 AS "stakeFen", ${MEMBER_FROM}::text AS "from", ${MEMBER_TO}::text AS "to", m.bank_name AS "bankName", m.account_tail AS "accountTail"`;

const NUMBER = byText('m.household_number');
const ORDER = listOrder<QueryOf<typeof operation>>(
  {
    householdNumber: NUMBER,
    headName: byPerson('m.head_name'),
    villageName: byText('m.village_code'),
    stakeFen: byNumber('m.stake_fen'),
    from: byDay(MEMBER_FROM),
    to: byDay(MEMBER_TO),
    bankName: byName('m.bank_name'),
  },
  [NUMBER, byId('m.household_id')],
);

/** One page of a contract's households by number: an entity sees all of its own, others those of their region. */
export async function listContractHouseholds(
  service: Industry,
  reader: Reader,
  contractId: string,
  query: QueryOf<typeof operation>,
): Promise<AnswerInputOf<typeof operation>> {
  const sql = pgSql(readsOf(service, reader.caller));
  await getContract(sql, reader, contractId);
  const from = `FROM contract_household m JOIN contract c ON c.id = m.contract_id JOIN entity e ON e.id = c.entity_id
    WHERE m.contract_id = $3::uuid AND ${seesHousehold('m.village_code')}
      AND ($4::text IS NULL OR ${numberBegins('m.household_number', '$4')} OR ${nameBegins('m.head_name', '$4')})`;
  const params = [...scopeParams(reader.caller), contractId, searchPattern(query.search)];
  const list = { columns: HOUSEHOLD_COLUMNS, from, params };
  return readPage<Row>(sql, ORDER, query, list, readsMasked(reader.caller));
}

/** One household on a contract's list. @throws Refusal 404 */
export async function getContractHousehold(sql: Sql, contractId: string, householdNumber: string): Promise<Row> {
  const [row] = await sql.query<Row>(
    `SELECT ${HOUSEHOLD_COLUMNS} FROM contract_household m JOIN contract c ON c.id = m.contract_id
     WHERE m.contract_id = $1::uuid AND m.household_number = $2`,
    [contractId, householdNumber],
  );
  if (!row) throw notFound();
  return row;
}
