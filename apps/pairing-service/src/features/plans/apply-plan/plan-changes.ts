import { assignHelper, changeDay, demandRegistered, handOver, type PairingChain } from '@bangfu/domain/pairing/pairing';
import { demand } from '@bangfu/domain/shared/errors';
import type { BusinessDay } from '@bangfu/domain/shared/time';
import type { ReadSql } from '@bangfu/data/typed-sql';
import type { NotNull } from 'kysely';
import { helpsOn, isHelpedAfter } from '../../../db/helps.ts';
import type { Tables } from '../../../operations.ts';
import type { PolicyInForce } from '../../policy/policy.repository.ts';
import { type ChainChange, type HelperRow, helperFacts } from '../../pairings/pairing.repository.ts';

/** One household whose helper a plan changes. */
export interface Change {
  readonly id: string;
  readonly countyCode: string;
  readonly number: string;
  readonly today: string | null;
  readonly proposed: string;
  readonly registeredOn: string | null;
}

const HANDOVER_REASON = '按结对方案调整';

/** What the rules look at when a plan is put into force. */
export interface PlanGround {
  readonly helpers: ReadonlyMap<string, HelperRow>;
  readonly chains: ReadonlyMap<string, PairingChain>;
  readonly policies: readonly PolicyInForce[];
}

/** What a plan changes. @throws DomainError PLAN_STALE when a household of it is no longer as it was then */
export async function changesOf(read: ReadSql<Tables>, planId: string, today: BusinessDay): Promise<Change[]> {
  const rows = await read
    .selectFrom('plan_placement as p')
    .innerJoin('household_copy as h', 'h.id', 'p.household_id')
    .leftJoin('pairing_link as l', (join) =>
      join.onRef('l.household_id', '=', 'h.id').on((eb) => helpsOn(eb, 'l', today)),
    )
    .where('p.plan_id', '=', planId)
    .where('p.cadre_id', 'is not', null)
    .whereRef('p.cadre_id', 'is distinct from', 'p.today_cadre_id')
    .orderBy('p.position')
    .select(['h.id', 'h.county_code as countyCode', 'h.number', 'p.today_cadre_id as today'])
    .select(['p.cadre_id as proposed', 'h.registered_on as registeredOn'])
    .$narrowType<{ proposed: NotNull }>()
    .select((eb) =>
      eb
        .or([
          eb('h.withdrawn', '=', true),
          eb('h.status', 'not in', ['registered', 'returned']),
          eb('l.cadre_id', 'is distinct from', eb.ref('p.today_cadre_id')),
          eb('l.valid_until', 'is not', null),
          isHelpedAfter(eb, today),
        ])
        .$castTo<boolean>()
        .as('stale'),
    )
    .execute();
  const households = rows.filter((row) => row.stale).length;
  demand(households === 0, 'PLAN_STALE', { households });
  return rows;
}

/** The helpers that a plan's changes begin or end with. */
export const helpersOf = (changes: readonly Change[]): string[] => [
  ...new Set(changes.flatMap(({ proposed, today }) => (today === null ? [proposed] : [proposed, today]))),
];

/** The first day from today on, on which all changes of a plan can hold. */
export const earliestFor = (changes: readonly Change[], chains: PlanGround['chains'], today: BusinessDay) =>
  changes.reduce((latest, { id, registeredOn }) => {
    const day = changeDay(chains.get(id) ?? { householdId: id, links: [] }, registeredOn, today);
    return day > latest ? day : latest;
  }, today);

/**
 * What a plan makes of the chains from a day on, through the same rules as by hand.
 * @throws DomainError CADRE_NOT_ACTIVE and those of the rules
 */
export function chainChanges(
  changes: readonly Change[],
  { helpers, chains, policies }: PlanGround,
  { on, today }: { readonly on: BusinessDay; readonly today: BusinessDay },
): ChainChange[] {
  const after = helpersAfter(changes, helpers, on);
  return changes.map((change) => {
    demandRegistered(change.registeredOn, on);
    const before = chains.get(change.id) ?? { householdId: change.id, links: [] };
    const helper = after.get(change.proposed);
    demand(helper?.active, 'CADRE_NOT_ACTIVE', { name: helper?.name ?? '' });
    const facts = helperFacts(helper, change, policies);
    return {
      before,
      after:
        change.today === null
          ? assignHelper(before, facts, { on, today })
          : handOver(before, facts, { on, today, reason: HANDOVER_REASON }),
    };
  });
}

/** The helpers as they are when all of a plan is done: it is one step, so that places are given and taken at once. */
function helpersAfter(
  changes: readonly Change[],
  helpers: ReadonlyMap<string, HelperRow>,
  on: BusinessDay,
): Map<string, HelperRow> {
  const stints = new Map([...helpers.values()].map(({ id, stints: own }) => [id, [...own]]));
  for (const { id: householdId, today, proposed } of changes) {
    const leaving = today === null ? undefined : stints.get(today);
    const at = leaving?.findIndex((stint) => stint.householdId === householdId && stint.until === undefined) ?? -1;
    const left = leaving?.[at];
    if (leaving && left) leaving[at] = { ...left, until: on };
    stints.get(proposed)?.push({ householdId, from: on });
  }
  return new Map([...helpers].map(([id, helper]) => [id, { ...helper, stints: stints.get(id) ?? [] }]));
}
