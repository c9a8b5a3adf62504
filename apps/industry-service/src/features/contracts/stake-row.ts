import { maskAccount } from '@bangfu/domain/industry/account';
import { MOST_FOR_A_CONTRACT } from '@bangfu/domain/shared/bounds';
import { formatYuan } from '@bangfu/domain/shared/money';
import { isSameName, normaliseText } from '@bangfu/domain/shared/normalise';
import { isAnyOf } from '@bangfu/data/any-of';
import type { ReadSql } from '@bangfu/data/typed-sql';
import type { Cipher } from '@bangfu/platform/secrets/cipher';
import { sql } from 'kysely';
import type { NoteProblem, RowPlace } from '../../lists/problems.ts';
import type { Tables } from '../../operations.ts';
import type { ListedHousehold } from './contract.repository.ts';
import { contracts } from './shown-contract.ts';

/**
 * An account as it is listed, whichever way it comes: its bank in one writing; still to be sealed, findable by a blind
 * index, shown by its last four digits.
 */
export function listedAccount(
  cipher: Cipher,
  { bankName, account }: { readonly bankName: string; readonly account: string },
): Pick<ListedHousehold, 'bankName' | 'account' | 'accountIndex' | 'accountTail'> {
  return {
    bankName: normaliseText(bankName),
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
  readonly names: readonly string[];
  readonly works: boolean;
}

/**
 * Notes what the register says against rows of a list: unknown household, another's name, a village the entity does not
 * work in, a household or an account listed twice (within the rows, or for another household of the contract).
 */
export async function judgeHouseholds(
  read: ReadSql<Tables>,
  contractId: string,
  rows: readonly StakeRow[],
  note: NoteProblem,
): Promise<void> {
  const known = await findKnown(read, contractId, rows);
  const payees = await findPayees(read, contractId, rows);
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
  read: ReadSql<Tables>,
  contractId: string,
  rows: readonly StakeRow[],
  note: NoteProblem,
): Promise<void> {
  const others = await read
    .selectFrom('contract_household as m')
    .where('m.contract_id', '=', contractId)
    .where((eb) => eb.not(isAnyOf(eb.ref('m.household_number'), numbersOf(rows))))
    .select((eb) => sql<string | null>`sum(${eb.ref('m.stake_fen')})::text`.as('stakes'))
    .executeTakeFirst();
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

const numbersOf = (rows: readonly StakeRow[]) => rows.map((row) => row.listed.householdNumber);

async function findKnown(
  read: ReadSql<Tables>,
  contractId: string,
  rows: readonly StakeRow[],
): Promise<ReadonlyMap<string, Known>> {
  const found = await contracts(read)
    .innerJoin('household_copy as h', 'h.county_code', 'c.county_code')
    .where('c.id', '=', contractId)
    .where('h.withdrawn', '=', false)
    .where((eb) => isAnyOf(eb.ref('h.number'), numbersOf(rows)))
    .select(['h.number', 'h.head_name as head', 'h.members'])
    .select((eb) => sql<boolean>`${eb.ref('h.village_code')} = any (${eb.ref('e.village_codes')})`.as('works'))
    .execute();
  return new Map(
    found.map(({ number, head, members, works }) => {
      return [number, { names: [...members.map(({ name }) => name), head], works }];
    }),
  );
}

async function findPayees(
  read: ReadSql<Tables>,
  contractId: string,
  rows: readonly StakeRow[],
): Promise<Map<string, string>> {
  const found = await read
    .selectFrom('contract_household as m')
    .where('m.contract_id', '=', contractId)
    .where((eb) => eb.not(isAnyOf(eb.ref('m.household_number'), numbersOf(rows))))
    .select(['m.account_index as blind', 'm.household_number as number'])
    .execute();
  return new Map(found.map(({ blind, number }) => [blind.toString('hex'), number]));
}
