import { instant } from '@bangfu/data/instant';
import type { AccountChange } from '@bangfu/contracts/industry/account-changes';
import { demand } from '@bangfu/domain/shared/errors';
import type { Sql } from '@bangfu/data/sql';
import { notFound } from '@bangfu/platform/http/refusal';

/** A change with what a decision needs beside what is shown. */
export interface AccountChangeRow extends AccountChange {
  readonly entityId: string;
  readonly requestedById: string;
}

/** Changes by a condition over `account_change a`, `contract_household m` and `entity e`, the newest first. */
export function findAccountChanges(sql: Sql, where: string, params: unknown[]): Promise<AccountChangeRow[]> {
  return sql.query<AccountChangeRow>(
    `SELECT a.id::text AS id, a.contract_id::text AS "contractId", a.household_id::text AS "householdId",
       m.household_number AS "householdNumber", m.head_name AS "headName", a.old_bank_name AS "bankName",
       a.old_account_tail AS "accountTail", a.bank_name AS "newBankName", a.account_tail AS "newAccountTail", a.reason,
       a.requested_by_id AS "requestedById", a.requested_by AS "requestedBy", ${instant('a.requested_at')} AS "requestedAt",
       a.state, a.decided_by AS "decidedBy", c.entity_id::text AS "entityId"
     FROM account_change a JOIN contract c ON c.id = a.contract_id JOIN entity e ON e.id = c.entity_id
     JOIN contract_household m ON m.contract_id = a.contract_id AND m.household_id = a.household_id
     WHERE ${where} ORDER BY a.id DESC`,
    params,
  );
}

/** One change by its id, whoever asks: the contract is held, and so scope is checked, before it is used. @throws Refusal 404 */
export async function getAccountChange(sql: Sql, id: string): Promise<AccountChangeRow> {
  const [change] = await findAccountChanges(sql, 'a.id = $1::uuid', [id]);
  if (!change) throw notFound();
  return change;
}

/** Refuses an account that another household of the contract has. @throws DomainError LIST_ACCOUNT_TWICE */
export async function demandAccountFree(
  sql: Sql,
  contractId: string,
  householdId: string,
  accountIndex: Buffer,
): Promise<void> {
  const [other] = await sql.query<{ number: string }>(
    `SELECT household_number AS number FROM contract_household
     WHERE contract_id = $1::uuid AND household_id <> $2::uuid AND account_index = decode($3, 'hex') LIMIT 1`,
    [contractId, householdId, accountIndex.toString('hex')],
  );
  demand(!other, 'LIST_ACCOUNT_TWICE', { household: other?.number ?? '' });
}
