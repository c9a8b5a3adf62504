import { type CarePolicy, lastDayOfCare } from '@bangfu/domain/pairing/care';
import type { HelperFacts, HouseholdStanding, PairingChain, PairingLink, Stint } from '@bangfu/domain/pairing/pairing';
import { demand } from '@bangfu/domain/shared/errors';
import type { BusinessDay } from '@bangfu/domain/shared/time';
import type { Sql } from '@bangfu/data/sql';
import type { Caller } from '@bangfu/platform/auth/caller';
import type { NewId } from '@bangfu/platform/db/command';
import { notFound } from '@bangfu/platform/http/refusal';
import { householdVisible, UNIT_PARAMS, unitVisible, visibleTo } from '../../db/visible.ts';
import { type PolicyInForce, quotaSteps } from '../policy/policy.repository.ts';

/** What the commands need of a household. */
export interface HouseholdRow {
  readonly id: string;
  readonly countyCode: string;
  readonly number: string;
  readonly status: string;
  readonly monitored: boolean;
  /** The day it was announced; null for those on the register before. */
  readonly registeredOn: string | null;
  /** The day of its exit; null for those who are not exited, and where the day is not known. */
  readonly exitedOn: string | null;
}

/** A helper's time with a household, past, present or to come. */
export interface HouseholdStint extends Stint {
  readonly householdId: string;
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
  readonly stints: readonly HouseholdStint[];
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
export function findHouseholds(
  sql: Sql,
  ids: readonly string[],
  caller: Caller,
  today: BusinessDay,
): Promise<HouseholdRow[]> {
  return sql.query<HouseholdRow>(
    `SELECT h.id::text AS id, h.county_code AS "countyCode", h.number, h.status, h.monitored,
       h.registered_on::text AS "registeredOn", h.exited_on::text AS "exitedOn" FROM platform.household_copy h
     WHERE h.id = ANY ($6::text[]::uuid[]) AND NOT h.withdrawn AND ${householdVisible(1)}`,
    [...visibleTo(caller, today), [...ids]],
  );
}

/** A household within the caller's scope; it is not withdrawn before the command ends. @throws Refusal 404 */
export async function getHousehold(sql: Sql, id: string, caller: Caller, today: BusinessDay): Promise<HouseholdRow> {
  await holdRegister(sql);
  const [row] = await findHouseholds(sql, [id], caller, today);
  if (!row) throw notFound();
  return row;
}

/** Where a household is, as the rules of its pairing see it. */
export function standingOf(
  { status, monitored, exitedOn }: Pick<HouseholdRow, 'status' | 'monitored' | 'exitedOn'>,
  policy: CarePolicy,
): HouseholdStanding {
  if (status === 'registered') return { status: 'registered-poor' };
  if (status === 'returned') return { status: 'returned' };
  if (monitored) return { status: 'monitored' };
  if (status !== 'exited') return { status: 'general' };
  return { status: 'exited', careUntil: lastDayOfCare(exitedOn as BusinessDay | null, policy) };
}

/** Cadres by id, as they are now. */
export async function findHelpers(sql: Sql, ids: readonly string[]): Promise<Map<string, HelperRow>> {
  const stints = await findStints(sql, ids);
  const rows = await sql.query<Omit<HelperRow, 'stints'>>(
    `SELECT c.id::text AS id, c.name, u.id::text AS "unitId", u.name AS "unitName", c.rank, c.quota AS "ownQuota",
       c.active, c.relative_numbers AS "relativeNumbers"
     FROM cadre c JOIN unit u ON u.id = c.unit_id WHERE c.id = ANY ($1::text[]::uuid[])`,
    [[...ids]],
  );
  return new Map(rows.map((row) => [row.id, { ...row, stints: stints.get(row.id) ?? [] }]));
}

/** When some cadres help which households, past, present and to come. */
export async function findStints(sql: Sql, ids: readonly string[]): Promise<Map<string, HouseholdStint[]>> {
  const rows = await sql.query<{ helper: string; household: string; from: string; until: string | null }>(
    `SELECT cadre_id::text AS helper, household_id::text AS household, valid_from::text AS "from",
       valid_until::text AS until
     FROM pairing_link WHERE cadre_id = ANY ($1::text[]::uuid[]) AND withdrawn_at IS NULL ORDER BY valid_from, id`,
    [[...ids]],
  );
  const stints = new Map<string, HouseholdStint[]>();
  for (const { helper, household: householdId, ...days } of rows) {
    const own = stints.get(helper) ?? [];
    own.push({ householdId, ...toStint(days) });
    stints.set(helper, own);
  }
  return stints;
}

const toStint = ({ from, until }: { from: string; until: string | null }): Stint => ({
  from: from as BusinessDay,
  ...(until === null ? {} : { until: until as BusinessDay }),
});

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
  { caller, today }: { readonly caller: Caller; readonly today: BusinessDay },
  previousId: string | null = null,
): Promise<{ helper: HelperRow; previous: HelperRow | null }> {
  const [visible] = await sql.query<{ id: string }>(
    `SELECT c.id::text AS id FROM cadre c JOIN unit u ON u.id = c.unit_id
     WHERE c.id = $5::uuid AND c.county_code = $6 AND ${unitVisible(1)}`,
    [...visibleTo(caller, today).slice(0, UNIT_PARAMS), id, caller.countyCode],
  );
  if (!visible) throw notFound();
  const locked = await lockHelpers(sql, previousId === null ? [id] : [id, previousId]);
  const helper = locked.get(id);
  if (!helper) throw notFound();
  demand(helper.active, 'CADRE_NOT_ACTIVE', { name: helper.name });
  return { helper, previous: (previousId !== null && locked.get(previousId)) || null };
}

/** What the rules ask of a helper for one household: his quota by every policy, and his stints with the others. */
export function helperFacts(
  helper: HelperRow,
  household: Pick<HouseholdRow, 'id' | 'number'>,
  policies: readonly PolicyInForce[],
): HelperFacts {
  return {
    id: helper.id,
    quotas: quotaSteps(policies, helper),
    busy: helper.stints.filter(({ householdId }) => householdId !== household.id),
    isRelative: helper.relativeNumbers.includes(household.number),
  };
}

/** The same of several helpers, by id. */
export const factsByHelper = (
  helpers: ReadonlyMap<string, HelperRow>,
  household: Pick<HouseholdRow, 'id' | 'number'>,
  policies: readonly PolicyInForce[],
): Map<string, HelperFacts> =>
  new Map([...helpers].map(([id, helper]) => [id, helperFacts(helper, household, policies)]));

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
    id: string;
    household: string;
    helper: string;
    from: string;
    until: string | null;
    reason: string | null;
    startedBy: string;
    endedBy: string | null;
  }>(
    `SELECT id::text AS id, household_id::text AS household, cadre_id::text AS helper, valid_from::text AS "from",
       valid_until::text AS until, reason, account_id AS "startedBy", ended_by_id AS "endedBy"
     FROM pairing_link WHERE household_id = ANY ($1::text[]::uuid[]) AND withdrawn_at IS NULL
     ORDER BY household_id, valid_from, id ${lock}`,
    [[...householdIds]],
  );
  const chains = new Map<string, PairingChain & { links: PairingLink[] }>(
    householdIds.map((householdId) => [householdId, { householdId, links: [] }]),
  );
  for (const { id, household, helper, from, until, reason, startedBy, endedBy } of rows) {
    chains.get(household)?.links.push({
      id,
      helperId: helper,
      ...toStint({ from, until }),
      ...(reason === null ? {} : { reason }),
      startedBy,
      endedBy,
    });
  }
  return chains;
}

/** A chain before and after a rule changed it. */
export interface ChainChange {
  readonly before: PairingChain;
  readonly after: PairingChain;
}

/** What is written into chains beside what the rules made of them. */
export interface StoreContext {
  readonly helpers: ReadonlyMap<string, HelperRow>;
  readonly caller: Caller;
  readonly now: Date;
  readonly newId: NewId;
  readonly planId?: string;
}

/**
 * Writes what the rules made of chains: links that were taken back before they began, ends that were set, moved or taken
 * back, and links that are new. Works for one household as for a county's plan.
 */
export async function storeChains(sql: Sql, changes: readonly ChainChange[], context: StoreContext): Promise<void> {
  const { helpers, caller, now, newId, planId } = context;
  // Room is made before it is taken: no two links of a household hold on one day, not even for a moment.
  const withdrawn = changes.flatMap(({ before, after }) =>
    before.links.filter(({ id }) => !after.links.some((link) => link.id === id)).map(({ id }) => id),
  );
  await sql.query('UPDATE pairing_link SET withdrawn_at = $2 WHERE id = ANY ($1::text[]::uuid[])', [withdrawn, now]);
  const ends = changes.flatMap(({ before, after }) =>
    after.links.flatMap((link) => {
      const old = before.links.find(({ id }) => id === link.id);
      if (link.id === undefined || !old || old.until === link.until) return [];
      return [{ id: link.id, until: link.until ?? null, reason: link.reason ?? null, set: link.until !== undefined }];
    }),
  );
  await sql.query(
    `UPDATE pairing_link l SET valid_until = e.until, reason = e.reason,
       ended_by_id = CASE WHEN e.set THEN $2 END, ended_by_name = CASE WHEN e.set THEN $3 END
     FROM jsonb_to_recordset($1::jsonb) AS e (id uuid, until date, reason text, set boolean) WHERE l.id = e.id`,
    [JSON.stringify(ends), caller.id, caller.name],
  );
  const begun = changes.flatMap(({ after }) =>
    after.links
      .filter(({ id }) => id === undefined)
      .map(({ helperId, from }) => {
        const unit = helpers.get(helperId)?.unitId;
        return { id: newId(now), household: after.householdId, cadre: helperId, unit, from };
      }),
  );
  await sql.query(
    `INSERT INTO pairing_link (id, county_code, household_id, cadre_id, unit_id, valid_from, plan_id, account_id, account_name)
     SELECT id, $2, household, cadre, unit, "from", $3::uuid, $4, $5
     FROM jsonb_to_recordset($1::jsonb) AS b (id uuid, household uuid, cadre uuid, unit uuid, "from" date)`,
    [JSON.stringify(begun), caller.countyCode, planId ?? null, caller.id, caller.name],
  );
}
