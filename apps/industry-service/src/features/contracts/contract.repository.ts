import { requireOpenEntity } from '@bangfu/domain/industry/entity';
import { requireDraftContract } from '@bangfu/domain/industry/contract';
import { type Days, demandDaysWithin, type DividendYear } from '@bangfu/domain/industry/dividend-period';
import { demandMoney, MOST_FOR_A_CONTRACT, MOST_FOR_A_COUNTY } from '@bangfu/domain/shared/bounds';
import { type BusinessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { demand } from '@bangfu/domain/shared/errors';
import { contractListed } from '@bangfu/events/catalog/industry';
import { appendEventsFromQuery } from '@bangfu/events/outbox/append';
import type { Sql } from '@bangfu/data/sql';
import type { Caller } from '@bangfu/platform/auth/caller';
import { notFound } from '@bangfu/platform/http/refusal';
import { CONTRACT_TO, MEMBER_FROM, MEMBER_TO } from '../../db/contract-days.ts';
import { ACTS_FOR_ENTITY, scopeParams } from '../../db/scope.ts';
import { type Cipher, recordOf } from '@bangfu/platform/secrets/cipher';
import { LISTED_ACCOUNT } from '../../db/sealed.ts';

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
export async function holdContract(sql: Sql, caller: Caller, contractId: string): Promise<HeldContract> {
  const [contract] = await sql.query<HeldContract>(
    `SELECT c.id::text AS id, c.county_code AS "countyCode", c.entity_id::text AS "entityId", c.state,
       c.drafted_by_id AS "draftedById", e.state = 'closed' AS "entityClosed", c.version,
       c.period_from::text AS "from", ${CONTRACT_TO}::text AS "to",
       c.dividend_year AS "dividendYear", c.guaranteed_bp AS "guaranteedBp"
     FROM contract c JOIN entity e ON e.id = c.entity_id WHERE c.id = $3::uuid AND ${ACTS_FOR_ENTITY}
     FOR UPDATE OF c FOR SHARE OF e`,
    [...scopeParams(caller), contractId],
  );
  if (!contract) throw notFound();
  return contract;
}

/** Holds a contract whose list is still open. @throws Refusal 404; DomainError CONTRACT_SIGNED, ENTITY_CLOSED */
export async function holdDraft(sql: Sql, caller: Caller, contractId: string): Promise<HeldContract> {
  const contract = await holdContract(sql, caller, contractId);
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
  sql: Sql,
  cipher: Cipher,
  contractId: string,
  rows: readonly ListedHousehold[],
  now: Date,
): Promise<void> {
  for (let at = 0; at < rows.length; at += CHUNK) {
    const chunk = rows.slice(at, at + CHUNK);
    const ids = await findIds(sql, contractId, chunk);
    const sealed = ({ householdNumber, account }: ListedHousehold) => {
      const household = ids.get(householdNumber);
      return household ? cipher.seal(LISTED_ACCOUNT, recordOf(contractId, household), account).toString('hex') : null;
    };
    await sql.query(
      `INSERT INTO contract_household (contract_id, household_id, county_code, household_number, head_name, village_code,
         village_name, stake_fen, joins_on, leaves_on, bank_name, account_sealed, account_index, account_tail)
       SELECT c.id, h.id, c.county_code, h.number, h.head_name, h.village_code, h.village_name, g.stake::bigint,
         g.joins::date, g.leaves::date, g.bank,
         decode(g.sealed, 'hex'), decode(g.blind, 'hex'), g.tail
       FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[])
         AS g (number, stake, bank, sealed, blind, tail, joins, leaves)
       JOIN contract c ON c.id = $1::uuid
       JOIN platform.household_copy h ON h.county_code = c.county_code AND h.number = g.number AND NOT h.withdrawn
       ON CONFLICT (contract_id, household_id) DO UPDATE SET head_name = excluded.head_name,
         village_code = excluded.village_code, village_name = excluded.village_name, stake_fen = excluded.stake_fen,
         joins_on = excluded.joins_on, leaves_on = excluded.leaves_on,
         bank_name = excluded.bank_name, account_sealed = excluded.account_sealed, account_index = excluded.account_index,
         account_tail = excluded.account_tail, recorded_at = now()`,
      [
        contractId,
        chunk.map((row) => row.householdNumber),
        chunk.map((row) => String(row.stakeFen)),
        chunk.map((row) => row.bankName),
        chunk.map(sealed),
        chunk.map((row) => row.accountIndex.toString('hex')),
        chunk.map((row) => row.accountTail),
        chunk.map((row) => row.joinsOn),
        chunk.map((row) => row.leavesOn),
      ],
    );
    await appendEventsFromQuery(
      sql,
      contractListed,
      `SELECT m.household_id AS key, m.county_code, jsonb_build_object('contractId', m.contract_id,
         'householdId', m.household_id, 'householdNumber', m.household_number, 'entityId', e.id, 'entityName', e.name) AS data
       FROM contract_household m JOIN contract c ON c.id = m.contract_id JOIN entity e ON e.id = c.entity_id
       WHERE m.contract_id = $1::uuid AND m.household_number = ANY ($2::text[])`,
      [contractId, chunk.map((row) => row.householdNumber)],
      now,
    );
  }
}

/** The ids of the register's households of these numbers. */
async function findIds(sql: Sql, contractId: string, rows: readonly ListedHousehold[]): Promise<Map<string, string>> {
  const found = await sql.query<{ number: string; id: string }>(
    `SELECT h.number, h.id::text AS id FROM contract c JOIN platform.household_copy h ON h.county_code = c.county_code
     WHERE c.id = $1::uuid AND NOT h.withdrawn AND h.number = ANY ($2::text[])`,
    [contractId, rows.map((row) => row.householdNumber)],
  );
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
export function findMemberDays(sql: Sql, contractId: string): Promise<Days[]> {
  return sql.query<Days>(
    `SELECT DISTINCT ${MEMBER_FROM}::text AS "from", ${MEMBER_TO}::text AS "to"
     FROM contract_household m JOIN contract c ON c.id = m.contract_id WHERE m.contract_id = $1::uuid`,
    [contractId],
  );
}

/**
 * Demands that every household still has its days within a contract whose period changed.
 * @throws DomainError LISTED_DAYS_OUTSIDE
 */
export async function demandListWithin(sql: Sql, contractId: string): Promise<void> {
  const [outside] = await sql.query<{ number: string; from: string; to: string }>(
    `SELECT m.household_number AS number, ${MEMBER_FROM}::text AS "from", coalesce(m.leaves_on, ${CONTRACT_TO})::text AS "to"
     FROM contract_household m JOIN contract c ON c.id = m.contract_id
     WHERE m.contract_id = $1::uuid AND (m.joins_on < c.period_from OR m.leaves_on > ${CONTRACT_TO}
       OR ${MEMBER_FROM} > ${MEMBER_TO}) ORDER BY m.household_number LIMIT 1`,
    [contractId],
  );
  demand(!outside, 'LISTED_DAYS_OUTSIDE', {
    household: outside?.number ?? '',
    from: outside?.from ?? '',
    to: outside?.to ?? '',
  });
}

/**
 * Counts a contract's list again after a change of it.
 * @throws DomainError SUM_TOO_LARGE when the contract's stakes, or those of all contracts of the county that still run,
 * come to more than such a sum can be
 */
export async function recountContract(sql: Sql, contractId: string, now: Date): Promise<void> {
  await sql.query(
    `UPDATE contract c SET version = c.version + 1, households = l.n, stake_fen = l.stake
     FROM (SELECT count(*)::int AS n, coalesce(sum(stake_fen), 0)::bigint AS stake FROM contract_household
       WHERE contract_id = $1::uuid) l WHERE c.id = $1::uuid`,
    [contractId],
  );
  await demandStakes(sql, contractId, now);
}

/** @throws DomainError SUM_TOO_LARGE */
export async function demandStakes(sql: Sql, contractId: string, now: Date): Promise<void> {
  const [stakes] = await sql.query<{ contract: string; county: string }>(
    `SELECT own.stake_fen::text AS contract, (SELECT sum(c.stake_fen)::text FROM contract c
       WHERE c.county_code = own.county_code AND (c.id = own.id OR ${CONTRACT_TO} >= $2::text::date)) AS county
     FROM contract own WHERE own.id = $1::uuid`,
    [contractId, businessDayOf(now)],
  );
  demandMoney(BigInt(stakes?.contract ?? 0), MOST_FOR_A_CONTRACT);
  demandMoney(BigInt(stakes?.county ?? 0), MOST_FOR_A_COUNTY);
}
