/** One measured figure beside its floor, measured in the same run on the same machine (docs/benchmarks.md). */
export interface Figure {
  /** Id and aspect: "B1 time", "B7 kafka". The row of the table is found again by it. */
  readonly id: string;
  readonly what: string;
  readonly figure: number;
  readonly unit: string;
  /** The least work any program would have to do; null where a bound is absolute. */
  readonly floor: number | null;
  readonly target: Target;
  /** What the floor did, or what the figure is made of. */
  readonly note?: string;
}

/** `of: 'ratio'` compares figure ÷ floor, `of: 'figure'` the figure itself. */
export interface Target {
  readonly of: 'ratio' | 'figure';
  readonly atMost?: number;
  readonly atLeast?: number;
}

/** A benchmark: measures and answers its figures; `say` tells what it is at. */
export interface Benchmark {
  readonly name: string;
  readonly run: (options: BenchOptions, say: (line: string) => void) => Promise<readonly Figure[]>;
}

/** What the command line asks of the benchmarks. */
export interface BenchOptions {
  /** Also the sizes that take many minutes. */
  readonly large: boolean;
  /** A folder for CPU profiles of the measured processes; absent: none are taken, which costs nothing. */
  readonly profiles: string | undefined;
}

/** Figure ÷ floor; null without a floor. */
export function ratioOf(figure: Figure): number | null {
  return figure.floor === null || figure.floor === 0 ? null : figure.figure / figure.floor;
}

/** Whether the target is met; a ratio that could not be formed meets nothing. */
export function isMet(figure: Figure): boolean {
  const value = figure.target.of === 'ratio' ? ratioOf(figure) : figure.figure;
  if (value === null) return false;
  const { atMost = Infinity, atLeast = -Infinity } = figure.target;
  return value <= atMost && value >= atLeast;
}

/** The middle value; of an even number the lower middle one. @throws RangeError for an empty list */
export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** The smallest value that a share `p` of all values does not exceed. @throws RangeError for an empty list */
export function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)];
  if (value === undefined) throw new RangeError('no values');
  return value;
}
