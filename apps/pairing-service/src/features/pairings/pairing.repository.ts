import type { PolicyContent } from '@bangfu/contracts/pairing/policy';
import type { HelperFacts, HouseholdStanding, PairingChain, PairingLink } from '@bangfu/domain/pairing/pairing';
import { effectiveQuota } from '@bangfu/domain/pairing/policy';
import { demand } from '@bangfu/domain/shared/errors';
import type { BusinessDay } from '@bangfu/domain/shared/time';
import type { Sql } from '@bangfu/events/sql';
import type { Caller } from '@bangfu/service-kit/auth/caller';
import type { NewId } from '@bangfu/service-kit/db/command';
import { notFound } from '@bangfu/service-kit/http/refusal';
import { householdVisible, unitVisible, visibleTo } from '../../db/visible.ts';
import { rankOf } from '../policy/policy.repository.ts';

/** What the commands need of a household. */
export interface HouseholdRow {
  readonly id: string;
  readonly countyCode: string;
  readonly number: string;
  readonly status: string;
  readonly monitored: boolean;
  /** The day it was announced; null for those on the register before. */
  readonly registeredOn: string | null;
}

/** A cadre as the commands and events speak of him. */
export interface HelperRow {
  readonly id: string;
  readonly name: string;
  readonly unitId: string;
  readonly unitName: string;
  readonly rank: string;
  readonly ownQuota: number | null;
  readonly active: boolean;
  readonly relativeNumbers: readonly string[];
  /** Households he answers for now. */
  readonly load: number;
}

/*
 * Every command locks in one order, so that no two wait for each other: the register, helpers by id, chains.
 */

/** The advisory lock between commands, which share it, and the withdrawal of households, which has it alone. */
const REGISTER_LOCK = "hashtextextended('pairing.register', 0)";

/** Keeps households from being withdrawn until the command has ended; commands do not hinder each other. */
export async function holdRegister(sql: Sql): Promise<void> {
  await sql.query(`SELECT pg_advisory_xact_lock_shared(${REGISTER_LOCK})::text`);
}

/** Waits for the commands under way, so that a withdrawal sees every pairing they make. */
export async function seizeRegister(sql: Sql): Promise<void> {
  await sql.query(`SELECT pg_advisory_xact_lock(${REGISTER_LOCK})::text`);
}

/** The households among some that lie within the caller's scope. */
export function findHouseholds(sql: Sql, ids: readonly string[], caller: Caller): Promise<HouseholdRow[]> {
  return sql.query<HouseholdRow>(
    `SELECT h.id::text AS id, h.county_code AS "countyCode", h.number, h.status, h.monitored,
       h.registered_on::text AS "registeredOn" FROM platform.household_copy h
     WHERE h.id = ANY ($5::text[]::uuid[]) AND NOT h.withdrawn AND ${householdVisible(1)}`,
    [...visibleTo(caller), [...ids]],
  );
}

/** A household within the caller's scope; it is not withdrawn before the command ends. @throws Refusal 404 */
export async function getHousehold(sql: Sql, id: string, caller: Caller): Promise<HouseholdRow> {
  await holdRegister(sql);
  const [row] = await findHouseholds(sql, [id], caller);
  if (!row) throw notFound();
  return row;
}

/** Where a household is, as the rules of its pairing see it. */
export function standingOf(
  { status, monitored }: Pick<HouseholdRow, 'status' | 'monitored'>,
  careUntil: string,
): HouseholdStanding {
  const care = { careUntil: careUntil as BusinessDay };
  if (status === 'registered') return { status: 'registered-poor', ...care };
  if (status === 'returned') return { status: 'returned', ...care };
  if (monitored) return { status: 'monitored', ...care };
  return { status: status === 'exited' ? 'exited' : 'general', ...care };
}

const HELPER_COLUMNS = `c.id::text AS id, c.name, u.id::text AS "unitId", u.name AS "unitName", c.rank,
  c.quota AS "ownQuota", c.active, c.relative_numbers AS "relativeNumbers",
  (SELECT count(*)::int FROM pairing_link l WHERE l.cadre_id = c.id AND l.open_for IS NOT NULL) AS load`;

/** Cadres by id, as they are now. */
export async function findHelpers(sql: Sql, ids: readonly string[]): Promise<Map<string, HelperRow>> {
  const rows = await sql.query<HelperRow>(
    `SELECT ${HELPER_COLUMNS} FROM cadre c JOIN unit u ON u.id = c.unit_id WHERE c.id = ANY ($1::text[]::uuid[])`,
    [[...ids]],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** The same, locked, so that two commands cannot fill one's last place at a time. */
export async function lockHelpers(sql: Sql, ids: readonly string[]): Promise<Map<string, HelperRow>> {
  await sql.query('SELECT id::text FROM cadre WHERE id = ANY ($1::text[]::uuid[]) ORDER BY id FOR UPDATE', [[...ids]]);
  return findHelpers(sql, ids);
}

/**
 * A cadre in service whose unit the caller may see, locked together with the one he follows.
 * @throws Refusal 404, DomainError CADRE_NOT_ACTIVE
 */
export async function getHelper(
  sql: Sql,
  id: string,
  caller: Caller,
  previousId: string | null = null,
): Promise<{ helper: HelperRow; previous: HelperRow | null }> {
  const [visible] = await sql.query<{ id: string }>(
    `SELECT c.id::text AS id FROM cadre c JOIN unit u ON u.id = c.unit_id
     WHERE c.id = $4::uuid AND c.county_code = $5 AND ${unitVisible(1)}`,
    [...visibleTo(caller).slice(0, 3), id, caller.countyCode],
  );
  if (!visible) throw notFound();
  const locked = await lockHelpers(sql, previousId === null ? [id] : [id, previousId]);
  const helper = locked.get(id);
  if (!helper) throw notFound();
  demand(helper.active, 'CADRE_NOT_ACTIVE', { name: helper.name });
  return { helper, previous: (previousId !== null && locked.get(previousId)) || null };
}

/** What the rules ask of a helper for one household. `load` is without this household. */
export function helperFacts(
  helper: HelperRow,
  household: { readonly number: string },
  load: number,
  policy: PolicyContent,
): HelperFacts {
  const rank = rankOf(policy, helper.rank);
  demand(rank, 'RANK_UNKNOWN', { rank: helper.rank });
  return {
    id: helper.id,
    quota: effectiveQuota(rank.quota, helper.ownQuota),
    load,
    isRelative: helper.relativeNumbers.includes(household.number),
  };
}

/** The chain of one household, locked. */
export async function lockChain(sql: Sql, householdId: string): Promise<PairingChain> {
  return (await lockChains(sql, [householdId])).get(householdId) ?? { householdId, links: [] };
}

/** The chains of households, their links locked. */
export async function lockChains(sql: Sql, householdIds: readonly string[]): Promise<Map<string, PairingChain>> {
  return findChains(sql, householdIds, 'FOR UPDATE');
}

/** The chains of households as they are now; a household without a link has an empty chain. */
export async function findChains(
  sql: Sql,
  householdIds: readonly string[],
  lock: 'FOR UPDATE' | '' = '',
): Promise<Map<string, PairingChain>> {
  const rows = await sql.query<{
    household: string;
    helper: string;
    from: string;
    until: string | null;
    reason: string | null;
  }>(
    `SELECT household_id::text AS household, cadre_id::text AS helper, valid_from::text AS "from",
       valid_until::text AS until, reason
     FROM pairing_link WHERE household_id = ANY ($1::text[]::uuid[]) ORDER BY household_id, valid_from, id ${lock}`,
    [[...householdIds]],
  );
  const chains = new Map<string, PairingChain & { links: PairingLink[] }>(
    householdIds.map((householdId) => [householdId, { householdId, links: [] }]),
  );
  for (const { household, helper, from, until, reason } of rows) {
    chains.get(household)?.links.push({
      helperId: helper,
      from: from as BusinessDay,
      ...(until === null ? {} : { until: until as BusinessDay }),
      ...(reason === null ? {} : { reason }),
    });
  }
  return chains;
}

/** A chain before and after a rule changed it. */
export interface ChainChange {
  readonly before: PairingChain;
  readonly after: PairingChain;
}

/**
 * Writes what the rules made of chains: the end of each link that was open and is not, and each link that is new.
 * Works for one household as for a county's plan.
 */
export async function storeChains(
  sql: Sql,
  changes: readonly ChainChange[],
  context: {
    readonly helpers: ReadonlyMap<string, HelperRow>;
    readonly caller: Caller;
    readonly now: Date;
    readonly newId: NewId;
    readonly planId?: string;
  },
): Promise<void> {
  const { helpers, caller, now, newId, planId } = context;
  const ended = changes.flatMap(({ before, after }) => {
    const at = before.links.length - 1;
    const link = after.links[at];
    return link?.until !== undefined && before.links[at]?.until === undefined
      ? [{ household: after.householdId, until: link.until, reason: link.reason ?? null }]
      : [];
  });
  await sql.query(
    `UPDATE pairing_link l SET valid_until = e.until, reason = e.reason, open_for = NULL
     FROM jsonb_to_recordset($1::jsonb) AS e (household uuid, until date, reason text) WHERE l.open_for = e.household`,
    [JSON.stringify(ended)],
  );
  const begun = changes.flatMap(({ before, after }) => {
    const link = after.links.length > before.links.length ? after.links.at(-1) : undefined;
    if (!link) return [];
    const unit = helpers.get(link.helperId)?.unitId;
    return [{ id: newId(now), household: after.householdId, cadre: link.helperId, unit, from: link.from }];
  });
  await sql.query(
    `INSERT INTO pairing_link (id, county_code, household_id, open_for, cadre_id, unit_id, valid_from, plan_id, account_id, account_name)
     SELECT id, $2, household, household, cadre, unit, "from", $3::uuid, $4, $5
     FROM jsonb_to_recordset($1::jsonb) AS b (id uuid, household uuid, cadre uuid, unit uuid, "from" date)`,
    [JSON.stringify(begun), caller.countyCode, planId ?? null, caller.id, caller.name],
  );
}
