import { type CarePolicy, lastDayOfCare } from '@bangfu/domain/pairing/care';
import type { HelperFacts, HouseholdStanding, PairingChain, PairingLink, Stint } from '@bangfu/domain/pairing/pairing';
import { demand } from '@bangfu/domain/shared/errors';
import type { BusinessDay } from '@bangfu/domain/shared/time';
import { insertMany } from '@bangfu/data/insert-many';
import { amongIds } from '@bangfu/data/scope';
import type { ReadSql } from '@bangfu/data/typed-sql';
import type { Caller } from '@bangfu/platform/auth/caller';
import type { NewId } from '@bangfu/platform/db/command';
import { notFound } from '@bangfu/platform/http/refusal';
import { type Kysely, sql } from 'kysely';
import { householdVisible, unitVisible } from '../../db/visible.ts';
import type { Tables } from '../../operations.ts';
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

/** The advisory lock between commands, which share it, and the withdrawal of households, which has it alone. */
const REGISTER_LOCK = sql`hashtextextended('pairing.register', 0)`;

/*
 * Every command locks in one order, so that no two wait for each other: the register, helpers by id, chains.
 */

/** Keeps households from being withdrawn until the command has ended; commands do not hinder each other. */
export async function holdRegister(write: Kysely<Tables>): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(${REGISTER_LOCK})::text`.execute(write);
}

/** Waits for the commands under way, so that a withdrawal sees every pairing they make. */
export async function seizeRegister(write: Kysely<Tables>): Promise<void> {
  await sql`select pg_advisory_xact_lock(${REGISTER_LOCK})::text`.execute(write);
}

/** The households among some that lie within the caller's scope. */
export const findHouseholds = (
  read: ReadSql<Tables>,
  ids: readonly string[],
  caller: Caller,
  today: BusinessDay,
): Promise<HouseholdRow[]> =>
  read
    .selectFrom('household_copy as h')
    .where((eb) => amongIds(eb.ref('h.id'), ids))
    .where('h.withdrawn', '=', false)
    .where((eb) => householdVisible(eb, caller, today))
    .select(['h.id', 'h.county_code as countyCode', 'h.number', 'h.status', 'h.monitored'])
    .select(['h.registered_on as registeredOn', 'h.exited_on as exitedOn'])
    .execute();

/** A household within the caller's scope; it is not withdrawn before the command ends. @throws Refusal 404 */
export async function getHousehold(
  write: Kysely<Tables>,
  id: string,
  caller: Caller,
  today: BusinessDay,
): Promise<HouseholdRow> {
  await holdRegister(write);
  const [row] = await findHouseholds(write, [id], caller, today);
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
export async function findHelpers(read: ReadSql<Tables>, ids: readonly string[]): Promise<Map<string, HelperRow>> {
  const stints = await findStints(read, ids);
  const rows = await read
    .selectFrom('cadre as c')
    .innerJoin('unit as u', 'u.id', 'c.unit_id')
    .where((eb) => amongIds(eb.ref('c.id'), ids))
    .select(['c.id', 'c.name', 'u.id as unitId', 'u.name as unitName', 'c.rank', 'c.quota as ownQuota', 'c.active'])
    .select('c.relative_numbers as relativeNumbers')
    .execute();
  return new Map(rows.map((row) => [row.id, { ...row, stints: stints.get(row.id) ?? [] }]));
}

/** When some cadres help which households, past, present and to come. */
export async function findStints(
  read: ReadSql<Tables>,
  ids: readonly string[],
): Promise<Map<string, HouseholdStint[]>> {
  const rows = await read
    .selectFrom('pairing_link as l')
    .where((eb) => amongIds(eb.ref('l.cadre_id'), ids))
    .where('l.withdrawn_at', 'is', null)
    .orderBy('l.valid_from')
    .orderBy('l.id')
    .select(['l.cadre_id as helper', 'l.household_id as householdId'])
    .select(['l.valid_from as from', 'l.valid_until as until'])
    .execute();
  const stints = new Map<string, HouseholdStint[]>();
  for (const { helper, householdId, ...days } of rows) {
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
export async function lockHelpers(write: Kysely<Tables>, ids: readonly string[]): Promise<Map<string, HelperRow>> {
  await write
    .selectFrom('cadre as c')
    .where((eb) => amongIds(eb.ref('c.id'), ids))
    .orderBy('c.id')
    .select('c.id')
    .forUpdate()
    .execute();
  return findHelpers(write, ids);
}

/**
 * A cadre in service whose unit the caller may see, locked together with the one he follows.
 * @throws Refusal 404, DomainError CADRE_NOT_ACTIVE
 */
export async function getHelper(
  write: Kysely<Tables>,
  id: string,
  { caller, today }: { readonly caller: Caller; readonly today: BusinessDay },
  previousId: string | null = null,
): Promise<{ helper: HelperRow; previous: HelperRow | null }> {
  const visible = await write
    .selectFrom('cadre as c')
    .innerJoin('unit as u', 'u.id', 'c.unit_id')
    .where('c.id', '=', id)
    .where('c.county_code', '=', caller.countyCode)
    .where((eb) => unitVisible(eb, caller, today))
    .select('c.id')
    .executeTakeFirst();
  if (!visible) throw notFound();
  const locked = await lockHelpers(write, previousId === null ? [id] : [id, previousId]);
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

/** The links of households that are not withdrawn, each household's in their order. */
const linksOf = (read: ReadSql<Tables>, householdIds: readonly string[]) =>
  read
    .selectFrom('pairing_link as l')
    .where((eb) => amongIds(eb.ref('l.household_id'), householdIds))
    .where('l.withdrawn_at', 'is', null)
    .orderBy('l.household_id')
    .orderBy('l.valid_from')
    .orderBy('l.id')
    .select(['l.id', 'l.household_id as household', 'l.cadre_id as helper', 'l.valid_from as from'])
    .select(['l.valid_until as until', 'l.reason', 'l.account_id as startedBy', 'l.ended_by_id as endedBy']);
type LinkRow = Awaited<ReturnType<ReturnType<typeof linksOf>['execute']>>[number];

/** The chain of one household, locked. */
export async function lockChain(write: Kysely<Tables>, householdId: string): Promise<PairingChain> {
  return (await lockChains(write, [householdId])).get(householdId) ?? { householdId, links: [] };
}

/** The chains of households, their links locked. */
export const lockChains = async (
  write: Kysely<Tables>,
  householdIds: readonly string[],
): Promise<Map<string, PairingChain>> =>
  chainsOf(householdIds, await linksOf(write, householdIds).forUpdate().execute());

/** The chains of households as they are now; a household without a link has an empty chain. */
export const findChains = async (
  read: ReadSql<Tables>,
  householdIds: readonly string[],
): Promise<Map<string, PairingChain>> => chainsOf(householdIds, await linksOf(read, householdIds).execute());

function chainsOf(householdIds: readonly string[], links: readonly LinkRow[]): Map<string, PairingChain> {
  const chains = new Map<string, PairingChain & { links: PairingLink[] }>(
    householdIds.map((householdId) => [householdId, { householdId, links: [] }]),
  );
  for (const { id, household, helper, from, until, reason, startedBy, endedBy } of links) {
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
export async function storeChains(
  write: Kysely<Tables>,
  changes: readonly ChainChange[],
  { helpers, caller, now, newId, planId }: StoreContext,
): Promise<void> {
  // Room is made before it is taken: no two links of a household hold on one day, not even for a moment.
  const withdrawn = changes.flatMap(({ before, after }) =>
    before.links.flatMap(({ id }) => (id === undefined || after.links.some((link) => link.id === id) ? [] : [id])),
  );
  await write
    .updateTable('pairing_link as l')
    .set({ withdrawn_at: now })
    .where((eb) => amongIds(eb.ref('l.id'), withdrawn))
    .execute();
  for (const { ids, until, reason } of endsOf(changes)) {
    await write
      .updateTable('pairing_link as l')
      .set({ valid_until: until, reason })
      .set(
        until === null
          ? { ended_by_id: null, ended_by_name: null }
          : { ended_by_id: caller.id, ended_by_name: caller.name },
      )
      .where((eb) => amongIds(eb.ref('l.id'), ids))
      .execute();
  }
  const begun = changes.flatMap(({ after }) =>
    after.links
      .filter(({ id }) => id === undefined)
      .map(({ helperId, from }) => {
        const helper = helpers.get(helperId);
        if (!helper) throw new Error(`a link is to begin with ${helperId}, who was not read`);
        return {
          id: newId(now),
          county_code: caller.countyCode,
          household_id: after.householdId,
          cadre_id: helperId,
          unit_id: helper.unitId,
          valid_from: from,
          plan_id: planId ?? null,
          account_id: caller.id,
          account_name: caller.name,
        };
      }),
  );
  await insertMany(write, 'pairing_link', begun);
}

/** Links that get the same end; a plan gives all of its links one. */
interface End {
  readonly ids: string[];
  readonly until: BusinessDay | null;
  readonly reason: string | null;
}

function endsOf(changes: readonly ChainChange[]): readonly End[] {
  const ends = new Map<string, End>();
  for (const { before, after } of changes) {
    for (const { id, until = null, reason = null } of after.links) {
      const old = before.links.find((link) => link.id === id);
      if (id === undefined || !old || (old.until ?? null) === until) continue;
      const key = JSON.stringify([until, reason]);
      const end = ends.get(key) ?? { ids: [], until, reason };
      end.ids.push(id);
      ends.set(key, end);
    }
  }
  return [...ends.values()];
}
