/**
 * A minimum-cost flow from supplying nodes to one sink. Nodes are 0 … supply.length − 1; `drain[i]` is what node i may
 * pass to the sink (0 for none). Arcs run between nodes, hold at most `limit` and cost whole points per unit, ≥ 0.
 */
export interface TransportProblem {
  readonly supply: readonly number[];
  readonly drain: readonly number[];
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly cost: Float64Array;
  readonly limit: Int32Array;
  /** Supplying nodes whose units are left out only when those of no other node could be instead. */
  readonly first?: readonly boolean[];
}

export interface TransportSolution {
  /** Units on each arc. */
  readonly flow: Int32Array;
  /** Units of each supplying node that found no place. As few as possible, whatever the cost. */
  readonly unplaced: Int32Array;
  readonly cost: number;
}

const UNLIMITED = 0x7fffffff;
const LOWER = 1;
const TREE = 0;
const UPPER = -1;

/**
 * Solves the problem exactly: places as many units as possible and among these the cheapest way, by the primal network
 * simplex on strongly feasible trees (Cunningham 1976; block search for the entering arc), so it cannot cycle. The
 * sink is the tree's root; what stays on the artificial arcs to it at the end is unplaced.
 * @throws RangeError on a negative cost or limit.
 */
export function solveTransport(problem: TransportProblem): TransportSolution {
  const nodes = problem.supply.length;
  const arcs = problem.from.length;
  const root = nodes;
  const all = arcs + nodes;
  const from = new Int32Array(all);
  const to = new Int32Array(all).fill(root);
  const cost = new Float64Array(all);
  const limit = new Int32Array(all).fill(UNLIMITED);
  from.set(problem.from);
  to.set(problem.to);
  cost.set(problem.cost);
  limit.set(problem.limit);

  let dearest = 0;
  for (let a = 0; a < arcs; a++) {
    if ((cost[a] as number) < 0 || (limit[a] as number) < 0) throw new RangeError('a negative cost or limit');
    dearest = Math.max(dearest, cost[a] as number);
  }
  // Dearer than any detour, so that leaving a unit out never pays.
  const penalty = (dearest + 1) * (nodes + 1);

  const flow = new Int32Array(all);
  const state = new Int8Array(all).fill(LOWER);
  const parent = new Int32Array(nodes + 1).fill(root);
  const arcUp = new Int32Array(nodes + 1).fill(-1);
  /** 1 when the arc to the parent points to it, −1 when it points away. */
  const direction = new Int8Array(nodes + 1).fill(1);
  const depth = new Int32Array(nodes + 1).fill(1);
  const potential = new Float64Array(nodes + 1);
  const child = new Int32Array(nodes + 1).fill(-1);
  const next = new Int32Array(nodes + 1).fill(-1);
  const previous = new Int32Array(nodes + 1).fill(-1);
  depth[root] = 0;
  parent[root] = -1;

  const attach = (node: number, above: number) => {
    const first = child[above] as number;
    next[node] = first;
    previous[node] = -1;
    if (first >= 0) previous[first] = node;
    child[above] = node;
  };
  const detach = (node: number) => {
    const before = previous[node] as number;
    const after = next[node] as number;
    if (before >= 0) next[before] = after;
    else child[parent[node] as number] = after;
    if (after >= 0) previous[after] = before;
  };

  for (let node = 0; node < nodes; node++) {
    const arc = arcs + node;
    const drain = problem.drain[node] as number;
    from[arc] = node;
    // A draining node's own arc is its place; every other node's is the way of the unplaced, dearest where units only
    // pass: one that is first would be left out there as cheaply as any other.
    const left = problem.first?.[node] ? 2 * penalty : penalty;
    cost[arc] = drain > 0 ? 0 : (problem.supply[node] as number) > 0 ? left : 2 * penalty + 1;
    if (drain > 0) limit[arc] = drain;
    flow[arc] = problem.supply[node] as number;
    state[arc] = TREE;
    arcUp[node] = arc;
    potential[node] = -(cost[arc] as number);
    attach(node, root);
  }

  const block = Math.max(20, Math.ceil(Math.sqrt(all)));
  let scan = 0;

  /** The most promising arc of the first block that holds any, or −1 when the tree is optimal. */
  const entering = (): number => {
    let best = -1;
    let gain = 0;
    let inBlock = block;
    for (let seen = 0; seen < all; seen++) {
      const a = scan;
      scan = scan + 1 === all ? 0 : scan + 1;
      const s = state[a] as number;
      if (s !== TREE) {
        const reduced =
          s * ((cost[a] as number) + (potential[from[a] as number] as number) - (potential[to[a] as number] as number));
        if (reduced < gain) {
          gain = reduced;
          best = a;
        }
      }
      if (--inBlock === 0) {
        if (best >= 0) return best;
        inBlock = block;
      }
    }
    return best;
  };

  const meeting = (a: number, b: number): number => {
    let u = a;
    let v = b;
    while (u !== v) {
      if ((depth[u] as number) >= (depth[v] as number)) u = parent[u] as number;
      else v = parent[v] as number;
    }
    return u;
  };

  /** Hangs the cut-off subtree below `top` by the entering arc at `low`, and moves its potentials and depths. */
  const rehang = (low: number, top: number, cut: number, arc: number) => {
    let node = low;
    let above = top;
    let via = arc;
    let sign = from[arc] === low ? 1 : -1;
    for (;;) {
      const oldParent = parent[node] as number;
      const oldArc = arcUp[node] as number;
      const oldSign = direction[node] as number;
      detach(node);
      parent[node] = above;
      arcUp[node] = via;
      direction[node] = sign;
      attach(node, above);
      if (node === cut) break;
      above = node;
      via = oldArc;
      sign = -oldSign;
      node = oldParent;
    }
    const shift =
      (potential[top] as number) - (direction[low] as number) * (cost[arc] as number) - (potential[low] as number);
    let walk = low;
    for (;;) {
      potential[walk] = (potential[walk] as number) + shift;
      depth[walk] = (depth[parent[walk] as number] as number) + 1;
      if ((child[walk] as number) >= 0) {
        walk = child[walk] as number;
        continue;
      }
      while (walk !== low && (next[walk] as number) < 0) walk = parent[walk] as number;
      if (walk === low) return;
      walk = next[walk] as number;
    }
  };

  for (let arc = entering(); arc >= 0; arc = entering()) {
    const forward = state[arc] === LOWER;
    const first = (forward ? from[arc] : to[arc]) as number;
    const second = (forward ? to[arc] : from[arc]) as number;
    const join = meeting(first, second);
    let room = limit[arc] as number;
    let cut = -1;
    let low = first;
    let top = second;
    for (let u = first; u !== join; u = parent[u] as number) {
      const e = arcUp[u] as number;
      const left = direction[u] === 1 ? (flow[e] as number) : (limit[e] as number) - (flow[e] as number);
      if (left < room) {
        room = left;
        cut = u;
      }
    }
    for (let u = second; u !== join; u = parent[u] as number) {
      const e = arcUp[u] as number;
      const left = direction[u] === -1 ? (flow[e] as number) : (limit[e] as number) - (flow[e] as number);
      // "≤" on this side and "<" on the other keep the tree strongly feasible.
      if (left <= room) {
        room = left;
        cut = u;
        low = second;
        top = first;
      }
    }
    if (room > 0) {
      flow[arc] = (flow[arc] as number) + (forward ? room : -room);
      for (let u = first; u !== join; u = parent[u] as number) {
        const e = arcUp[u] as number;
        flow[e] = (flow[e] as number) - (direction[u] as number) * room;
      }
      for (let u = second; u !== join; u = parent[u] as number) {
        const e = arcUp[u] as number;
        flow[e] = (flow[e] as number) + (direction[u] as number) * room;
      }
    }
    if (cut < 0) {
      state[arc] = forward ? UPPER : LOWER;
      continue;
    }
    const leaving = arcUp[cut] as number;
    state[arc] = TREE;
    state[leaving] = flow[leaving] === 0 ? LOWER : UPPER;
    rehang(low, top, cut, arc);
  }

  let total = 0;
  for (let a = 0; a < arcs; a++) total += (flow[a] as number) * (cost[a] as number);
  const unplaced = new Int32Array(nodes);
  for (let n = 0; n < nodes; n++) if ((problem.drain[n] as number) === 0) unplaced[n] = flow[arcs + n] as number;
  return { flow: flow.slice(0, arcs), unplaced, cost: total };
}
