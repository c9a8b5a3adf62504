import { requireOpenEntity } from '@bangfu/domain/industry/entity';
import { requireDraftContract } from '@bangfu/domain/industry/contract';
import { type Days, demandDaysWithin, type DividendYear } from '@bangfu/domain/industry/dividend-period';
import { demandMoney, MOST_FOR_A_CONTRACT, MOST_FOR_A_COUNTY } from '@bangfu/domain/shared/bounds';
import { type BusinessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { demand } from '@bangfu/domain/shared/errors';
import { contractListed } from '@bangfu/events/catalog/industry';
import { appendEventsFromQuery } from '@bangfu/events/outbox/append';
import { pgSql } from '@bangfu/data/sql';
import { isAnyOf } from '@bangfu/data/any-of';
import type { ReadSql, Transaction } from '@bangfu/data/typed-sql';
import type { Caller } from '@bangfu/platform/auth/caller';
import { notFound } from '@bangfu/platform/http/refusal';
import { type Cipher, recordOf } from '@bangfu/platform/secrets/cipher';
import { type Kysely, sql } from 'kysely';
import { contractFrom, contractTo, memberDays, memberFrom, memberTo } from '../../db/contract-days.ts';
import { actsForEntity } from '../../db/scope.ts';
import { LISTED_ACCOUNT } from '../../db/sealed.ts';
import type { Tables } from '../../operations.ts';
import { members } from './listed-household.ts';
import { listedSql, putListedSql } from './put-listed.sql.ts';
import { contracts } from './shown-contract.ts';

/** A contract as a command holds it, its row locked until the end of the transaction. */
export interface HeldContract {
  readonly id: string;
  readonly countyCode: string;
  readonly entityId: string;
  readonly state: 'drafted' | 'in-force';
  readonly draftedById: string;
  readonly entityClosed: boolean;
  readonly version: number;
  readonly from: BusinessDay;
  readonly to: BusinessDay;
  readonly dividendYear: DividendYear;
  readonly guaranteedBp: number;
}

/** Holds a contract the caller may change. @throws Refusal 404 */
export async function holdContract(
  { sql: write }: Transaction<Tables>,
  caller: Caller,
  contractId: string,
): Promise<HeldContract> {
  const held = await contracts(write)
    .where('c.id', '=', contractId)
    .where((eb) => actsForEntity(eb, caller))
    .select(['c.id', 'c.county_code as countyCode', 'c.entity_id as entityId', 'c.state', 'c.version'])
    .select(['c.drafted_by_id as draftedById', 'c.dividend_year as dividendYear', 'c.guaranteed_bp as guaranteedBp'])
    .select((eb) => [
      eb('e.state', '=', 'closed').$castTo<boolean>().as('entityClosed'),
      contractFrom(eb).as('from'),
      contractTo(eb).as('to'),
    ])
    .forUpdate('c')
    .forShare('e')
    .executeTakeFirst();
  if (!held) throw notFound();
  return held;
}

/** Holds a contract whose list is still open. @throws Refusal 404; DomainError CONTRACT_SIGNED, ENTITY_CLOSED */
export async function holdDraft(tx: Transaction<Tables>, caller: Caller, contractId: string): Promise<HeldContract> {
  const contract = await holdContract(tx, caller, contractId);
  requireDraftContract(contract);
  requireOpenEntity(contract);
  return contract;
}

/** A household with its stake and account, ready for the list; the account is sealed when it is put there. */
export interface ListedHousehold {
  readonly householdNumber: string;
  readonly stakeFen: number;
  /** Its own days on the contract; null = as long as the contract runs. */
  readonly joinsOn: BusinessDay | null;
  readonly leavesOn: BusinessDay | null;
  readonly bankName: string;
  readonly account: string;
  readonly accountIndex: Buffer;
  readonly accountTail: string;
}

const CHUNK = 5000;

/**
 * Puts households on a contract's list, replacing what it says of them; name and village come from the register. The
 * register hears which it is: an import is not undone under a contract.
 */
export async function putHouseholds(
  { sql: write, client }: Transaction<Tables>,
  cipher: Cipher,
  contractId: string,
  rows: readonly ListedHousehold[],
  now: Date,
): Promise<void> {
  for (let at = 0; at < rows.length; at += CHUNK) {
    const chunk = rows.slice(at, at + CHUNK);
    const numbers = chunk.map((row) => row.householdNumber);
    const ids = await findIds(write, contractId, numbers);
    const sealed = ({ householdNumber, account }: ListedHousehold) => {
      const household = ids.get(householdNumber);
      return household ? cipher.seal(LISTED_ACCOUNT, recordOf(contractId, household), account).toString('hex') : null;
    };
    await putListedSql.run(
      client,
      contractId,
      numbers,
      chunk.map((row) => String(row.stakeFen)),
      chunk.map((row) => row.bankName),
      chunk.map(sealed),
      chunk.map((row) => row.accountIndex.toString('hex')),
      chunk.map((row) => row.accountTail),
      chunk.map((row) => row.joinsOn),
      chunk.map((row) => row.leavesOn),
    );
    await appendEventsFromQuery(pgSql(client), contractListed, listedSql.text, [contractId, numbers], now);
  }
}

/** The ids of the register's households of these numbers. */
async function findIds(
  read: ReadSql<Tables>,
  contractId: string,
  numbers: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const found = await read
    .selectFrom('contract as c')
    .innerJoin('household_copy as h', 'h.county_code', 'c.county_code')
    .where('c.id', '=', contractId)
    .where('h.withdrawn', '=', false)
    .where((eb) => isAnyOf(eb.ref('h.number'), numbers))
    .select(['h.number', 'h.id'])
    .execute();
  return new Map(found.map(({ number, id }) => [number, id]));
}

/** A household's days as they are kept: what is the contract's own first or last day follows the contract. */
export function ownDays(
  given: { readonly from?: string | null | undefined; readonly to?: string | null | undefined },
  contract: Days,
): Pick<ListedHousehold, 'joinsOn' | 'leavesOn'> {
  const from = (given.from ?? contract.from) as BusinessDay;
  const to = (given.to ?? contract.to) as BusinessDay;
  demandDaysWithin({ from, to }, contract);
  return { joinsOn: from === contract.from ? null : from, leavesOn: to === contract.to ? null : to };
}

/** The stretches of days for which households are on a contract, each once. */
export const findMemberDays = (read: ReadSql<Tables>, contractId: string): Promise<Days[]> =>
  memberDays(read).where('m.contract_id', '=', contractId).execute();

/**
 * Demands that every household still has its days within a contract whose period changed.
 * @throws DomainError LISTED_DAYS_OUTSIDE
 */
export async function demandListWithin(read: ReadSql<Tables>, contractId: string): Promise<void> {
  const outside = await members(read)
    .where('m.contract_id', '=', contractId)
    .where((eb) =>
      eb.or([
        eb('m.joins_on', '<', eb.ref('c.period_from')),
        eb('m.leaves_on', '>', contractTo(eb)),
        eb(memberFrom(eb), '>', memberTo(eb)),
      ]),
    )
    .orderBy('m.household_number')
    .select('m.household_number as household')
    .select((eb) => [memberFrom(eb).as('from'), eb.fn.coalesce('m.leaves_on', contractTo(eb)).as('to')])
    .limit(1)
    .executeTakeFirst();
  demand(!outside, 'LISTED_DAYS_OUTSIDE', { household: '', from: '', to: '', ...outside });
}

/**
 * Counts a contract's list again after a change of it.
 * @throws DomainError SUM_TOO_LARGE when the contract's stakes, or those of all contracts of the county that still run,
 * come to more than such a sum can be
 */
export async function recountContract(write: Kysely<Tables>, contractId: string, now: Date): Promise<void> {
  await write
    .updateTable('contract')
    .from((eb) =>
      eb
        .selectFrom('contract_household')
        .where('contract_id', '=', contractId)
        .select(({ fn, val }) => [
          fn.countAll<number>().as('households'),
          fn.coalesce(fn.sum<number>('stake_fen'), val(0)).as('stake'),
        ])
        .as('l'),
    )
    .where('contract.id', '=', contractId)
    .set((eb) => ({
      version: eb('contract.version', '+', 1),
      households: eb.ref('l.households'),
      stake_fen: eb.ref('l.stake'),
    }))
    .execute();
  await demandStakes(write, contractId, now);
}

/** @throws DomainError SUM_TOO_LARGE */
export async function demandStakes(read: ReadSql<Tables>, contractId: string, now: Date): Promise<void> {
  const stakes = await read
    .selectFrom('contract as own')
    .where('own.id', '=', contractId)
    .select((own) => [
      // More than a safe integer comes as a text only.
      sql<string>`${own.ref('own.stake_fen')}::text`.as('contract'),
      own
        .selectFrom('contract as c')
        .whereRef('c.county_code', '=', 'own.county_code')
        .where((eb) => eb.or([eb('c.id', '=', eb.ref('own.id')), eb(contractTo(eb), '>=', businessDayOf(now))]))
        .select((eb) => sql<string>`sum(${eb.ref('c.stake_fen')})::text`.as('sum'))
        .as('county'),
    ])
    .executeTakeFirst();
  demandMoney(BigInt(stakes?.contract ?? 0), MOST_FOR_A_CONTRACT);
  demandMoney(BigInt(stakes?.county ?? 0), MOST_FOR_A_COUNTY);
}
