import { demand } from '../shared/errors.ts';
import { type PlanInput, roomsOf } from './plan-costs.ts';
import { type PlanNetwork, planNetwork } from './plan-network.ts';
import { solveTransport } from './transport.ts';

/**
 * Why a household could not be placed: no helper has a quota; every helper with one is a relative; places are left but
 * only with relatives; all quotas are used up.
 */
export type UnplacedReason = 'NO_HELPER' | 'ONLY_RELATIVES' | 'ONLY_RELATIVES_FREE' | 'NO_CAPACITY';

export type Placement =
  | { readonly householdId: string; readonly helperId: string }
  | { readonly householdId: string; readonly reason: UnplacedReason };

export interface PairingPlan {
  /** One for every household, in the order they were given. */
  readonly placements: readonly Placement[];
  readonly placed: number;
  /** Households that keep today's helper. */
  readonly kept: number;
  /** The optimum: points of all placed households by `assignmentCost`. */
  readonly cost: number;
}

/** Turns the flow between alike households and alike helpers into a helper (or −1) for each household. */
function spread(network: PlanNetwork, flow: Int32Array): { helperOf: Int32Array; load: Int32Array } {
  const { sources, helpersAt, problem, keeps, today, quotas } = network;
  const helperOf = new Int32Array(today.length).fill(-1);
  const load = new Int32Array(quotas.length);
  const give = (household: number, helper: number) => {
    helperOf[household] = helper;
    load[helper] = (load[helper] as number) + 1;
  };
  /** What comes into a node without keeping, by source; into an entry first, from there to its exits. */
  const incoming = new Map<number, [source: number, count: number][]>();
  const exits: [entry: number, exit: number, count: number][] = [];
  for (let a = 0; a < flow.length; a++) {
    const count = flow[a] as number;
    if (count === 0) continue;
    const source = problem.from[a] as number;
    const target = problem.to[a] as number;
    if (keeps[a] === 1) {
      const able = new Set(helpersAt[target]);
      let left = count;
      for (const h of sources[source]?.households ?? []) {
        const k = today[h] as number;
        if (left === 0) break;
        if (helperOf[h] !== -1 || !able.has(k) || (load[k] as number) >= (quotas[k] ?? 0)) continue;
        give(h, k);
        left -= 1;
      }
    } else if (source >= sources.length) {
      exits.push([source, target, count]);
    } else {
      incoming.set(target, [...(incoming.get(target) ?? []), [source, count]]);
    }
  }
  for (const [entry, exit, count] of exits) {
    const queue = incoming.get(entry) ?? [];
    let left = count;
    while (left > 0 && queue[0]) {
      const [source, waiting] = queue[0];
      const moved = Math.min(left, waiting);
      incoming.set(exit, [...(incoming.get(exit) ?? []), [source, moved]]);
      if (moved === waiting) queue.shift();
      else queue[0] = [source, waiting - moved];
      left -= moved;
    }
  }
  const waiting = sources.map((s) => s.households.filter((h) => helperOf[h] === -1));
  for (const [node, arrivals] of [...incoming].sort((a, b) => a[0] - b[0])) {
    const helpers = helpersAt[node] ?? [];
    for (const [source, count] of arrivals) {
      // Helpers who already have a household here come first, so that each one's households lie together.
      const here = new Set(sources[source]?.households.map((h) => helperOf[h] as number));
      const order = [...helpers.filter((k) => here.has(k)), ...helpers.filter((k) => !here.has(k))];
      let left = count;
      for (const k of order) {
        while (left > 0 && (load[k] as number) < (quotas[k] ?? 0)) {
          const h = waiting[source]?.shift();
          if (h === undefined) break;
          give(h, k);
          left -= 1;
        }
        if (left === 0) break;
      }
    }
  }
  return { helperOf, load };
}

/**
 * The optimal pairing plan: every household to exactly one helper, quotas by rank kept, never to a relative; as many
 * households placed as can be, every one among them whose helper of today is within the quota, and among all such plans
 * one of least points (distance from the unit's villages, leaders in easy villages, changes against today). Who finds no
 * place stays with today's helper, and that is counted: nobody is given a household beyond the quota, so the plan can be
 * applied as it is. Exact; the same input gives the same plan.
 * @throws DomainError RANK_UNKNOWN, QUOTA_INVALID, HOUSEHOLD_TWICE, HELPER_TWICE.
 */
export function planPairing(input: PlanInput): PairingPlan {
  const { households, helpers } = input;
  demand(new Set(households.map((h) => h.id)).size === households.length, 'HOUSEHOLD_TWICE');
  demand(new Set(helpers.map((h) => h.id)).size === helpers.length, 'HELPER_TWICE');
  const network = planNetwork(input);
  const { flow, cost } = solveTransport(network.problem);
  const { helperOf, load } = spread(network, flow);
  const barred = new Map<number, number>();
  for (const source of network.sources) for (const h of source.households) barred.set(h, source.barred.size);
  const rooms = roomsOf(input);
  const able = network.quotas.filter((q) => q > 0).length;
  const free = network.quotas.some((q, k) => (load[k] as number) < q && !rooms[k]?.isFull);
  let placed = 0;
  let kept = 0;
  const placements = households.map((household, h): Placement => {
    const helper = helpers[helperOf[h] as number];
    if (helper) {
      placed += 1;
      if (helper.id === household.today) kept += 1;
      return { householdId: household.id, helperId: helper.id };
    }
    const relatives = barred.get(h) ?? 0;
    const blocked: UnplacedReason =
      relatives === able ? 'ONLY_RELATIVES' : free ? 'ONLY_RELATIVES_FREE' : 'NO_CAPACITY';
    return { householdId: household.id, reason: able === 0 ? 'NO_HELPER' : blocked };
  });
  return { placements, placed, kept, cost };
}

/** One step of putting a plan into force. A household that the plan could not place keeps whom it has. */
export interface PlanChange {
  readonly householdId: string;
  readonly from?: string;
  readonly to: string;
}

/** What a plan changes against today, in the order of the plan: the list that is approved and applied as one step. */
export function planChanges(plan: PairingPlan, today: ReadonlyMap<string, string>): PlanChange[] {
  return plan.placements.flatMap((placement) => {
    if ('reason' in placement) return [];
    const from = today.get(placement.householdId);
    if (from === placement.helperId) return [];
    const change = { householdId: placement.householdId, to: placement.helperId };
    return [from === undefined ? change : { ...change, from }];
  });
}
