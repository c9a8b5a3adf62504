import { actKey } from '@bangfu/contracts/core/key';
import { ProblemError } from '@bangfu/contracts/core/problem';
import type { Problem } from './problem.ts';
import { problemOf } from './data.ts';

/** A record of a batch that was not done, and why. */
export interface RefusedRecord {
  readonly key: string;
  readonly reason: string;
}

/** Records that are sent together; sent again, under the same key, they have one effect. */
interface Portion {
  readonly keys: readonly string[];
  readonly act: string;
}

/** How a batch is sent. */
export interface BatchSending {
  /** The most that one command takes. */
  readonly portion: number;
  readonly send: (keys: readonly string[], act: string) => Promise<unknown>;
  /** The record's id as a refusal names it; the key itself by default. */
  readonly recordOf?: (key: string) => string;
  /** False where one command makes one thing of its records, which must not become several. */
  readonly isDivisible?: boolean;
}

/** How far a batch is: what is done, what was refused, and what is left to send. */
export interface BatchState {
  readonly done: number;
  readonly refused: readonly RefusedRecord[];
  readonly left: readonly Portion[];
  /** Why it stopped before its end, where nobody stopped it. */
  readonly problem: Problem | null;
}

const portionOf = (keys: readonly string[]): Portion => ({ keys, act: actKey() });

/** A batch of which nothing is sent yet. */
export function beginBatch(keys: readonly string[], { portion }: BatchSending): BatchState {
  const left = Array.from({ length: Math.ceil(keys.length / portion) }, (_, at) =>
    portionOf(keys.slice(at * portion, (at + 1) * portion)),
  );
  return { done: 0, refused: [], left, problem: null };
}

/** Answers that say something about the records; any other says that the line, the sign-in or the service failed. */
const isAboutRecords = (error: unknown): error is ProblemError =>
  error instanceof ProblemError && [400, 403, 404, 409, 422].includes(error.problem.status);

/**
 * What a refused portion becomes. A command does all of its records or none: those that the refusal names are left
 * out and the others sent again; when it names none, halves find which it means.
 */
function afterRefusal(
  { keys }: Portion,
  { problem }: ProblemError,
  { recordOf = (key) => key, isDivisible = true }: BatchSending,
): { readonly refused: readonly RefusedRecord[]; readonly again: readonly Portion[] } {
  const reasons = new Map((problem.errors ?? []).map(({ path, message }) => [path, message]));
  const named = keys.flatMap((key) => {
    const reason = reasons.get(recordOf(key));
    return reason === undefined ? [] : [{ key, reason }];
  });
  if (named.length > 0) {
    const rest = keys.filter((key) => !reasons.has(recordOf(key)));
    return { refused: named, again: rest.length > 0 ? [portionOf(rest)] : [] };
  }
  if (keys.length === 1 || !isDivisible) {
    return { refused: keys.map((key) => ({ key, reason: problem.detail || problem.title })), again: [] };
  }
  const half = Math.ceil(keys.length / 2);
  return { refused: [], again: [portionOf(keys.slice(0, half)), portionOf(keys.slice(half))] };
}

/**
 * Sends what is left of a batch, portion by portion, until all is sent, it is stopped, or the platform cannot be
 * reached. What was done stays done; the state that is handed back can be run on.
 */
export async function runBatch(
  begun: BatchState,
  sending: BatchSending,
  signal: AbortSignal,
  onProgress: (state: BatchState) => void,
): Promise<BatchState> {
  let state: BatchState = { ...begun, problem: null };
  for (let [first, ...left] = state.left; first && !signal.aborted; [first, ...left] = state.left) {
    try {
      await sending.send(first.keys, first.act);
      state = { ...state, done: state.done + first.keys.length, left };
    } catch (error) {
      if (!isAboutRecords(error)) return { ...state, problem: problemOf(error) };
      const { refused, again } = afterRefusal(first, error, sending);
      state = { ...state, refused: [...state.refused, ...refused], left: [...again, ...left] };
    }
    onProgress(state);
  }
  return state;
}

/** Every key of a list page by page; tells how many there are so far. */
export async function collectKeys<Row>(
  pages: AsyncIterable<readonly Row[]>,
  keyOf: (row: Row) => string,
  onProgress: (found: number) => void,
): Promise<string[]> {
  // A record that moved between two pages while they were read comes once.
  const keys = new Set<string>();
  for await (const rows of pages) {
    for (const row of rows) keys.add(keyOf(row));
    onProgress(keys.size);
  }
  return [...keys];
}
