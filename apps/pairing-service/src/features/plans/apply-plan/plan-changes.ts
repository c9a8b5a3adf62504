import type { PolicyContent } from '@bangfu/contracts/pairing/policy';
import { assignHelper, changeDay, demandRegistered, handOver, type PairingChain } from '@bangfu/domain/pairing/pairing';
import { demand } from '@bangfu/domain/shared/errors';
import type { BusinessDay } from '@bangfu/domain/shared/time';
import type { Sql } from '@bangfu/events/sql';
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
  readonly content: PolicyContent;
}

/** What a plan changes. @throws DomainError PLAN_STALE when a household of it is no longer as it was then */
export async function changesOf(sql: Sql, planId: string): Promise<Change[]> {
  const rows = await sql.query<Change & { stale: boolean }>(
    `SELECT h.id::text AS id, h.county_code AS "countyCode", h.number, p.today_cadre_id::text AS today,
       p.cadre_id::text AS proposed, h.registered_on::text AS "registeredOn",
       h.withdrawn OR h.status NOT IN ('registered', 'returned') OR l.cadre_id IS DISTINCT FROM p.today_cadre_id AS stale
     FROM plan_placement p JOIN platform.household_copy h ON h.id = p.household_id
     LEFT JOIN pairing_link l ON l.open_for = h.id
     WHERE p.plan_id = $1::uuid AND p.cadre_id IS NOT NULL AND p.cadre_id IS DISTINCT FROM p.today_cadre_id
     ORDER BY p.position`,
    [planId],
  );
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
  { helpers, chains, content }: PlanGround,
  from: BusinessDay,
): ChainChange[] {
  const loads = loadsAfter(changes, helpers);
  return changes.map((change) => {
    demandRegistered(change.registeredOn, from);
    const chain = chains.get(change.id) ?? { householdId: change.id, links: [] };
    const helper = helpers.get(change.proposed);
    demand(helper?.active, 'CADRE_NOT_ACTIVE', { name: helper?.name ?? '' });
    // The plan is one step: what counts is each helper's load when all of it is done, without this household.
    const facts = helperFacts(helper, change, (loads.get(helper.id) ?? 0) - 1, content);
    const after =
      change.today === null
        ? assignHelper(chain, facts, from)
        : handOver(chain, facts, { on: from, reason: HANDOVER_REASON });
    return { before: chain, after };
  });
}

function loadsAfter(changes: readonly Change[], helpers: ReadonlyMap<string, HelperRow>): Map<string, number> {
  const loads = new Map([...helpers.values()].map(({ id, load }) => [id, load]));
  for (const { today, proposed } of changes) {
    if (today !== null) loads.set(today, (loads.get(today) ?? 0) - 1);
    loads.set(proposed, (loads.get(proposed) ?? 0) + 1);
  }
  return loads;
}
