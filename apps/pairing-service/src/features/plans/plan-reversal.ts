import {
  demandRegistered,
  type HouseholdStanding,
  keptBy,
  moveChange,
  moveDay,
  type PairingChain,
  withdrawChange,
} from '@bangfu/domain/pairing/pairing';
import type { BusinessDay } from '@bangfu/domain/shared/time';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { helpsAfter } from '../../db/helps.ts';
import type { Tables } from '../../operations.ts';
import {
  findChains,
  findHelpers,
  type HelperRow,
  type HouseholdRow,
  factsByHelper,
} from '../pairings/pairing.repository.ts';
import { helpersOfChange, type Reversed, type ReversedHousehold, reversedOf } from '../pairings/reversal.repository.ts';
import type { PolicyInForce } from '../policy/policy.repository.ts';
import type { PlanRecord } from './plan.repository.ts';

/** A household whose pairing by a plan is still to come. */
type ComingHousehold = Pick<HouseholdRow, 'id' | 'number' | 'countyCode' | 'registeredOn'>;

/** What the reversal of a plan looks at. */
export interface ReversalGround {
  readonly households: readonly ComingHousehold[];
  readonly chains: ReadonlyMap<string, PairingChain>;
  readonly helpers: ReadonlyMap<string, HelperRow>;
  readonly policies: readonly PolicyInForce[];
}

/** The households whose pairings by a plan are still to come, by number; those reversed by hand are not among them. */
export const comingOf = (read: ReadSql<Tables>, planId: string, today: BusinessDay): Promise<ComingHousehold[]> =>
  read
    .selectFrom('pairing_link as l')
    .innerJoin('household_copy as h', 'h.id', 'l.household_id')
    .where('l.plan_id', '=', planId)
    .where((eb) => helpsAfter(eb, 'l', today))
    .where('h.withdrawn', '=', false)
    .orderBy('h.number')
    .select(['h.id', 'h.number', 'h.county_code as countyCode', 'h.registered_on as registeredOn'])
    .execute();

/** The ids of the helpers whose households a plan's reversal changes. */
export const helpersOfChains = (chains: ReadonlyMap<string, PairingChain>, today: BusinessDay): string[] => [
  ...new Set([...chains.values()].flatMap((chain) => helpersOfChange(reversedOf(chain, today)?.change ?? null))),
];

/** What the reversal of a plan would look at now, without a lock. */
export async function findGround(
  read: ReadSql<Tables>,
  plan: Pick<PlanRecord, 'id'>,
  policies: readonly PolicyInForce[],
  today: BusinessDay,
): Promise<ReversalGround> {
  const households = await comingOf(read, plan.id, today);
  const chains = await findChains(
    read,
    households.map(({ id }) => id),
  );
  return { households, chains, policies, helpers: await findHelpers(read, helpersOfChains(chains, today)) };
}

/** Where a household of a plan is: the plan was made for the poor, and who is poor keeps a helper. */
const POOR: HouseholdStanding = { status: 'registered-poor' };

/**
 * What a plan's reversal makes of the chains, through the same rules as by hand and as one step: every change is taken
 * back, or moved to another day.
 * @throws DomainError those of `withdrawChange` and `moveChange`
 */
export function reverseChains(
  { households, chains, helpers, policies }: ReversalGround,
  { today, accountId, to }: { readonly today: BusinessDay; readonly accountId: string; readonly to?: BusinessDay },
): ReversedHousehold[] {
  const changes = households.flatMap((household) => {
    const before = chains.get(household.id);
    const reversed = before && reversedOf(before, today);
    return reversed ? [{ household, before, reversed }] : [];
  });
  const rows = helpersAfter(changes, helpers, to);
  return changes.map(({ household, before, reversed }) => {
    const facts = factsByHelper(rows, household, policies);
    if (to === undefined) {
      return { household, reversed, before, after: withdrawChange(before, { today, accountId, helpers: facts }) };
    }
    demandRegistered(household.registeredOn, to);
    const given = { today, accountId, helpers: facts, household: POOR, registeredOn: household.registeredOn };
    return { household, reversed: { ...reversed, movedTo: to }, before, after: moveChange(before, to, given) };
  });
}

/** The helpers as they are when all of the reversal is done. */
function helpersAfter(
  changes: readonly { readonly household: ComingHousehold; readonly reversed: Reversed }[],
  helpers: ReadonlyMap<string, HelperRow>,
  to: BusinessDay | undefined,
): Map<string, HelperRow> {
  const stints = new Map([...helpers.values()].map(({ id, stints: own }) => [id, [...own]]));
  for (const { household, reversed } of changes) {
    const { change } = reversed;
    const comes = stints.get(change.helperId);
    const begins = comes?.findIndex(({ householdId, from }) => householdId === household.id && from === change.day);
    if (comes && begins !== undefined && begins >= 0) {
      comes.splice(begins, 1, ...(to === undefined ? [] : [{ householdId: household.id, from: to }]));
    }
    const stays = stints.get(keptBy(change) ?? '');
    const ends = stays?.findIndex(({ householdId, until }) => householdId === household.id && until === change.day);
    const stint = stays?.[ends ?? -1];
    if (stays && ends !== undefined && stint) {
      stays[ends] = { householdId: household.id, from: stint.from, ...(to === undefined ? {} : { until: to }) };
    }
  }
  return new Map([...helpers].map(([id, helper]) => [id, { ...helper, stints: stints.get(id) ?? [] }]));
}

/** The first day a plan to come can be moved to; another than its own. */
export const earliestMove = ({ households, chains }: ReversalGround, today: BusinessDay): BusinessDay =>
  households.reduce((latest, { id, registeredOn }) => {
    const day = moveDay(chains.get(id) ?? { householdId: id, links: [] }, registeredOn, today);
    return day > latest ? day : latest;
  }, today);
