import { createHash } from 'node:crypto';
import { type Frame, type Household, inOrder, STRATA, type Stratum } from './frame.ts';
import { sha256Hex } from './signed-file.ts';

/** How a sample is drawn, as it is published. */
export interface Design {
  readonly villages: number;
  readonly take: Readonly<Record<Stratum, number>>;
  readonly replacements: number;
}

/** A village drawn, with its chance as a fraction. */
interface Village {
  readonly village: string;
  readonly households: number;
  readonly of: number;
  readonly in: number;
}

/** A household drawn, or one on the replacement list. */
interface Drawn {
  readonly householdNumber: string;
  readonly village: string;
  readonly stratum: Stratum;
  readonly role: 'sample' | 'replacement';
  readonly position: number;
  readonly weight: number;
}

/** A sample as it is hashed and published. */
export interface Sample {
  readonly villages: readonly Village[];
  readonly rows: readonly Drawn[];
  readonly hash: string;
}

const SEED = /^[\x21-\x7e][\x20-\x7e]{18,198}[\x21-\x7e]$/;
const BLOCK_BITS = 48n;

/** Numbers below a size, from the blocks of one label (sampling.md, section 2). */
function numbers(seed: string, label: string): (size: number) => number {
  let counter = 0;
  return (size) => {
    const bits = BigInt(size - 1).toString(2).length;
    if (size === 1) return 0;
    for (;;) {
      const block = createHash('sha256').update(`${seed},${label},${counter++}`, 'ascii').digest();
      const value = Number(BigInt(`0x${block.toString('hex', 0, 6)}`) >> (BLOCK_BITS - BigInt(bits)));
      if (value < size) return value;
    }
  };
}

/** Draws villages with probability proportional to their households (section 3). */
function drawVillages(sizes: ReadonlyMap<string, number>, count: number, seed: string): Village[] {
  const rest = new Map([...sizes].sort(([a], [b]) => inOrder(a, b)));
  const total = () => [...rest.values()].reduce((sum, size) => sum + size, 0);
  const drawn: Village[] = [];
  let left = count;
  for (let certain = true; certain && left > 0; ) {
    const all = total();
    const large = [...rest].filter(([, size]) => size * left >= all);
    for (const [village, households] of large) {
      drawn.push({ village, households, of: 1, in: 1 });
      rest.delete(village);
    }
    left -= large.length;
    certain = large.length > 0;
  }
  if (left > 0) {
    const all = total();
    const first = numbers(seed, 'villages')(all);
    const points = Array.from({ length: left }, (_, i) => first + i * all);
    let begin = 0;
    for (const [village, households] of rest) {
      const end = begin + households * left;
      if (points.some((point) => begin <= point && point < end))
        drawn.push({ village, households, of: households * left, in: all });
      begin = end;
    }
  }
  return drawn.sort((a, b) => inOrder(a.village, b.village));
}

/** Draws the households of one stratum in one village (section 4). */
function drawHouseholds(village: Village, stratum: Stratum, own: readonly Household[], design: Design, seed: string) {
  const items = own.filter((row) => row.stratum === stratum).map((row) => row.householdNumber);
  items.sort(inOrder);
  const all = items.length;
  const n = Math.min(design.take[stratum], all);
  const last = n === 0 ? 0 : Math.min(n + design.replacements, all);
  const draw = numbers(seed, `${village.village}/${stratum}`);
  for (let i = 0; i < last; i++) {
    const j = i + draw(all - i);
    [items[i], items[j]] = [items[j] ?? '', items[i] ?? ''];
  }
  const weight = (village.in * all) / (village.of * n);
  return items.slice(0, last).map(
    (householdNumber, i): Drawn => ({
      householdNumber,
      village: village.village,
      stratum,
      role: i < n ? 'sample' : 'replacement',
      position: i < n ? i + 1 : i - n + 1,
      weight,
    }),
  );
}

const sortKey = (row: Drawn): string =>
  `${row.village}/${row.role}/${row.stratum}/${String(row.position).padStart(6, '0')}`;

/**
 * Draws an evaluation's sample again from the frame, the published design and the seed, by docs/reference/sampling.md
 * alone. The hash is over all it was drawn from and every row, in the order of the published one.
 * @throws Error when seed or design cannot be drawn with
 */
export function drawSample(frame: Frame, design: Design, seed: string): Sample {
  if (!SEED.test(seed)) throw new Error('a seed is 20 to 200 printable ASCII characters without outer blanks');
  const byVillage = Map.groupBy(frame.rows, (row) => row.village);
  if (design.villages > byVillage.size) throw new Error('the design wants more villages than the frame has');
  const sizes = new Map([...byVillage].map(([village, rows]) => [village, rows.length]));
  const villages = drawVillages(sizes, design.villages, seed);
  const rows = villages
    .flatMap((village) =>
      STRATA.flatMap((stratum) => drawHouseholds(village, stratum, byVillage.get(village.village) ?? [], design, seed)),
    )
    .sort((a, b) => inOrder(sortKey(a), sortKey(b)));
  return { villages, rows, hash: hashOf(frame, design, seed, villages, rows) };
}

/** SHA-256 over the RFC 8785 JSON of the sample: keys sorted, no blanks. */
function hashOf(frame: Frame, design: Design, seed: string, villages: readonly Village[], rows: readonly Drawn[]) {
  const { take, replacements, villages: count } = design;
  const sample = {
    design: {
      replacements,
      take: {
        exited: take.exited,
        general: take.general,
        monitored: take.monitored,
        'registered-poor': take['registered-poor'],
      },
      villages: count,
    },
    format: 'bangfu.evaluation-sample.v1',
    frame: frame.hash,
    rows: rows.map(({ householdNumber, position, role, stratum, village, weight }) => ({
      householdNumber,
      position,
      role,
      stratum,
      village,
      weight,
    })),
    seed,
    villages: villages.map((each) => ({
      households: each.households,
      in: each.in,
      of: each.of,
      village: each.village,
    })),
  };
  return sha256Hex(JSON.stringify(sample));
}
