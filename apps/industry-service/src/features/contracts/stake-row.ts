import { maskAccount } from '@bangfu/domain/industry/account';
import { MOST_FOR_A_CONTRACT } from '@bangfu/domain/shared/bounds';
import { formatYuan } from '@bangfu/domain/shared/money';
import { isSameName } from '@bangfu/domain/shared/normalise';
import type { Sql } from '@bangfu/data/sql';
import type { Cipher } from '@bangfu/platform/secrets/cipher';
import type { NoteProblem, RowPlace } from '../../lists/problems.ts';
import type { ListedHousehold } from './contract.repository.ts';

/** An account as it is listed: still to be sealed, findable by a blind index, shown by its last four digits. */
export function listedAccount(cipher: Cipher, account: string) {
  return {
    account,
    accountIndex: cipher.index('account', account),
    accountTail: account.slice(-4),
  };
}

/** A row to be judged against the register; `name` is the head or a member as the list writes it, null = not given. */
export interface StakeRow {
  readonly place: RowPlace;
  readonly name: string | null;
  readonly listed: ListedHousehold;
}

interface Known {
  readonly number: string;
  readonly names: string[];
  readonly works: boolean;
}

/**
 * Notes what the register says against rows of a list: unknown household, another's name, a village the entity does not
 * work in, a household or an account listed twice (within the rows, or for another household of the contract).
 */
export async function judgeHouseholds(
  sql: Sql,
  contractId: string,
  rows: readonly StakeRow[],
  note: NoteProblem,
): Promise<void> {
  const known = await findKnown(sql, contractId, rows);
  const payees = await findPayees(sql, contractId, rows);
  const seen = new Set<string>();
  for (const { place, name, listed } of rows) {
    const number = listed.householdNumber;
    const household = known.get(number);
    if (!household) note(place, '户编号', number, 'LIST_HOUSEHOLD_UNKNOWN', { household: number });
    else if (!household.works) note(place, '户编号', number, 'LIST_HOUSEHOLD_OUTSIDE', { household: number });
    else if (name !== null && !household.names.some((known) => isSameName(known, name)))
      note(place, '姓名', name, 'LIST_NAME_DIFFERS', { household: number });
    if (seen.has(number)) note(place, '户编号', number, 'LIST_HOUSEHOLD_TWICE', { household: number });
    seen.add(number);
    const index = listed.accountIndex.toString('hex');
    const payee = payees.get(index);
    if (payee !== undefined && payee !== number) {
      note(place, '账号', maskAccount(listed.accountTail), 'LIST_ACCOUNT_TWICE', { household: payee });
    }
    payees.set(index, number);
  }
}

/** Notes the row at which the stakes of a contract come to more than those of a contract can. */
export async function judgeStakes(
  sql: Sql,
  contractId: string,
  rows: readonly StakeRow[],
  note: NoteProblem,
): Promise<void> {
  const [others] = await sql.query<{ stakes: string }>(
    `SELECT coalesce(sum(stake_fen), 0)::text AS stakes FROM contract_household
     WHERE contract_id = $1::uuid AND NOT household_number = ANY ($2::text[])`,
    [contractId, rows.map((row) => row.listed.householdNumber)],
  );
  let sum = BigInt(others?.stakes ?? 0);
  for (const { place, listed } of rows) {
    sum += BigInt(listed.stakeFen);
    if (sum <= MOST_FOR_A_CONTRACT) continue;
    note(place, '入股金额(元)', formatYuan(listed.stakeFen), 'STAKES_TOO_LARGE', {
      most: formatYuan(MOST_FOR_A_CONTRACT),
    });
    return;
  }
}

async function findKnown(sql: Sql, contractId: string, rows: readonly StakeRow[]): Promise<Map<string, Known>> {
  const found = await sql.query<Known>(
    `SELECT h.number, ARRAY(SELECT m->>'name' FROM jsonb_array_elements(h.members) m) || h.head_name AS names,
       h.village_code = ANY (e.village_codes) AS works
     FROM platform.household_copy h JOIN contract c ON c.id = $1::uuid AND c.county_code = h.county_code
     JOIN entity e ON e.id = c.entity_id WHERE NOT h.withdrawn AND h.number = ANY ($2::text[])`,
    [contractId, rows.map((row) => row.listed.householdNumber)],
  );
  return new Map(found.map((household) => [household.number, household]));
}

async function findPayees(sql: Sql, contractId: string, rows: readonly StakeRow[]): Promise<Map<string, string>> {
  const replaced = rows.map((row) => row.listed.householdNumber);
  const found = await sql.query<{ blind: string; number: string }>(
    `SELECT encode(account_index, 'hex') AS blind, household_number AS number FROM contract_household
     WHERE contract_id = $1::uuid AND NOT household_number = ANY ($2::text[])`,
    [contractId, replaced],
  );
  return new Map(found.map(({ blind, number }) => [blind, number]));
}
