import type { RegionCode } from '../shared/region.ts';
import { easeOf, isSure, type PlanInput, placeCost, type Room, roomsOf, stepsTo, unitVillages } from './plan-costs.ts';
import type { TransportProblem } from './transport.ts';
import { villageDistance } from './village-distance.ts';

/**
 * Households that are alike for the plan: those of a village that are sure of a place, or not, or one alone that has
 * relatives among the helpers.
 */
export interface Source {
  readonly village: RegionCode;
  readonly isSure: boolean;
  /** Positions in the input, by household number. */
  readonly households: number[];
  readonly barred: ReadonlySet<number>;
}

export interface PlanNetwork {
  readonly sources: readonly Source[];
  /** Per node the helpers it stands for, in the order they are filled; none for a source or a group's entry. */
  readonly helpersAt: readonly (readonly number[])[];
  readonly problem: TransportProblem;
  /** 1 for an arc on which households keep today's helper. */
  readonly keeps: Uint8Array;
  /** Per household the position of today's helper if it may be kept, else −1. */
  readonly today: Int32Array;
  readonly quotas: readonly number[];
}

/** Groups alike households; returns them with the positions of today's helpers that may be kept. */
function sourcesOf(input: PlanInput, rooms: readonly Room[]): { sources: Source[]; today: Int32Array } {
  const quotas = rooms.map(({ quota }) => quota);
  const position = new Map(input.helpers.map((h, i) => [h.id, i]));
  const today = new Int32Array(input.households.length).fill(-1);
  const numbers = input.households.map((h) => h.number);
  const order = Array.from(numbers.keys()).sort((a, b) => {
    const [x = '', y = ''] = [numbers[a], numbers[b]];
    return x < y ? -1 : x > y ? 1 : a - b;
  });
  const villages = new Map<string, Source>();
  const alone: Source[] = [];
  for (const h of order) {
    const household = input.households[h];
    if (!household) continue;
    const barred = new Set<number>();
    for (const relative of household.relatives ?? []) {
      const k = position.get(relative);
      if (k !== undefined && (quotas[k] ?? 0) > 0) barred.add(k);
    }
    const current = household.today === undefined ? undefined : position.get(household.today);
    if (current !== undefined && (quotas[current] ?? 0) > 0 && !barred.has(current)) today[h] = current;
    const isPlaced = isSure(household, current === undefined ? undefined : rooms[current]);
    const { village } = household;
    if (barred.size > 0) {
      alone.push({ village, isSure: isPlaced, households: [h], barred });
      continue;
    }
    const key = `${village} ${isPlaced}`;
    const source = villages.get(key) ?? { village, isSure: isPlaced, households: [], barred };
    source.households.push(h);
    villages.set(key, source);
  }
  const byCode = [...villages].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, source]) => source);
  return { sources: [...byCode, ...alone], today };
}

/** How many of a source's households have each helper today. */
function todayCounts(source: Source, today: Int32Array): Map<number, number> {
  const counts = new Map<number, number>();
  for (const h of source.households) {
    const k = today[h] as number;
    if (k >= 0) counts.set(k, (counts.get(k) ?? 0) + 1);
  }
  return counts;
}

/**
 * Builds the network of the plan. Households of a village are alike but for today's helper, helpers of units with the
 * same villages and the same rank are alike but for today's households and relatives, so flow runs from villages to
 * such groups. Keeping is a second, cheaper arc of the number of households that could keep. A helper stands alone
 * ("solo") where that number would promise too much: when it has relatives, or more households from several sources
 * today than its quota; a group with solos gets an entry node before them and its common pool. The optimum is
 * therefore that of the plain assignment of each household to each helper.
 */
export function planNetwork(input: PlanInput): PlanNetwork {
  const { policy } = input;
  const rooms = roomsOf(input);
  const quotas = rooms.map(({ quota }) => quota);
  const served = unitVillages(input);
  const ease = easeOf(input);
  const { sources, today } = sourcesOf(input, rooms);
  const counts = sources.map((s) => todayCounts(s, today));

  // Who is full is given none but his own: he stands alone, and no plain arc leads to him.
  const full = new Set(rooms.flatMap(({ isFull }, k) => (isFull ? [k] : [])));
  const solo = new Set<number>([...sources.flatMap((s) => [...s.barred]), ...full]);
  const load = new Map<number, { count: number; sources: number }>();
  for (const perHelper of counts) {
    for (const [k, n] of perHelper) {
      const before = load.get(k) ?? { count: 0, sources: 0 };
      load.set(k, { count: before.count + n, sources: before.sources + 1 });
    }
  }
  for (const [k, l] of load) if (l.sources > 1 && l.count > (quotas[k] ?? 0)) solo.add(k);

  const from: number[] = [];
  const to: number[] = [];
  const cost: number[] = [];
  const limit: number[] = [];
  const keeping: number[] = [];
  const arc = (a: number, b: number, points: number, most: number) => {
    to.push(b);
    cost.push(points);
    limit.push(most);
    return from.push(a) - 1;
  };

  const supply = sources.map((s) => s.households.length);
  const drain = sources.map(() => 0);
  const helpersAt: number[][] = sources.map(() => []);
  const node = (helpers: number[], passes: number) => {
    helpersAt.push(helpers);
    drain.push(passes);
    return supply.push(0) - 1;
  };
  const sum = (members: readonly number[]) => members.reduce((s, k) => s + (quotas[k] ?? 0), 0);

  const groups = new Map<string, { villages: readonly RegionCode[]; members: number[] }>();
  input.helpers.forEach((helper, k) => {
    if ((quotas[k] ?? 0) === 0) return;
    const villages = served.get(helper.unit) ?? [];
    const key = `${villages.join()}|${helper.rank}`;
    const group = groups.get(key) ?? { villages, members: [] };
    group.members.push(k);
    groups.set(key, group);
  });

  const distance = villageDistance(input.places);
  const steps = new Map<string, Int32Array>();
  const nodeOf = new Int32Array(input.helpers.length).fill(-1);
  for (const { villages, members } of groups.values()) {
    const signature = villages.join();
    const far = steps.get(signature) ?? Int32Array.from(sources, (s) => stepsTo(villages, s.village, distance));
    steps.set(signature, far);
    const rule = rooms[members[0] ?? 0]?.rule;
    if (!rule) continue;
    const common = members.filter((k) => !solo.has(k));
    const solos = members.filter((k) => solo.has(k));
    const pool = common.length > 0 ? node(common, sum(common)) : -1;
    for (const k of common) nodeOf[k] = pool;
    for (const k of solos) nodeOf[k] = node([k], quotas[k] ?? 0);
    const open = solos.filter((k) => !full.has(k));
    const exits = [...(pool >= 0 ? [pool] : []), ...open.map((k) => nodeOf[k] as number)];
    const entry = exits.length > 1 ? node([], 0) : (exits[0] ?? -1);
    const total = sum([...common, ...open]);
    if (exits.length > 1) for (const exit of exits) arc(entry, exit, 0, drain[exit] ?? 0);
    sources.forEach((source, s) => {
      const place = placeCost(policy, rule, far[s] as number, ease(source.village));
      const size = source.households.length;
      const plain = place + policy.weights.change;
      if (entry >= 0 && source.barred.size > 0 && open.some((k) => source.barred.has(k))) {
        for (const exit of exits) {
          const [only = -1] = helpersAt[exit] ?? [];
          if (!source.barred.has(only)) arc(s, exit, plain, 1);
        }
      } else if (entry >= 0) {
        arc(s, entry, plain, Math.min(size, total));
      }
      const kept = new Map<number, number>();
      const perHelper = counts[s];
      if (!perHelper || perHelper.size === 0) return;
      for (const k of members) {
        const n = Math.min(perHelper.get(k) ?? 0, quotas[k] ?? 0);
        if (n > 0) kept.set(nodeOf[k] as number, (kept.get(nodeOf[k] as number) ?? 0) + n);
      }
      for (const [target, n] of kept) keeping.push(arc(s, target, place, n));
    });
  }

  const keeps = new Uint8Array(from.length);
  for (const a of keeping) keeps[a] = 1;
  return {
    sources,
    helpersAt,
    problem: {
      supply,
      drain,
      from: Int32Array.from(from),
      to: Int32Array.from(to),
      cost: Float64Array.from(cost),
      limit: Int32Array.from(limit),
      first: sources.map((source) => source.isSure),
    },
    keeps,
    today,
    quotas,
  };
}
