import { AsyncLocalStorage } from 'node:async_hooks';
import type { z } from 'zod';
import { fieldLabel } from './field-labels.ts';
import { valueAt } from './input.ts';
import { Refusal } from './refusal.ts';

type Language = 'zh' | 'en';
type Path = readonly PropertyKey[];

/** Whether a command of the current request has committed; after that no answer may say that nothing was done. */
const act = new AsyncLocalStorage<{ isDone: boolean }>();

/** Runs the work of one request; `onFailure` learns whether a command had committed before it failed. */
export async function whileActing<T>(
  work: () => Promise<T>,
  onFailure: (error: unknown, isDone: boolean) => T,
): Promise<T> {
  const state = { isDone: false };
  try {
    return await act.run(state, work);
  } catch (error) {
    return onFailure(error, state.isDone);
  }
}

/** Records that a command has committed. Does nothing outside a request. */
export function noteDone(): void {
  const state = act.getStore();
  if (state) state.isDone = true;
}

/** Whether a command of the current request has committed. */
export const isDone = (): boolean => act.getStore()?.isDone ?? false;

/** The field of an answer that has the rows of a list. */
const ROWS = 'rows';

/** The list that a path leads into and the index of its row; null when the path is in no list of rows. */
function rowOf(path: Path): { list: Path; at: number } | null {
  const index = path.findLastIndex((step, at) => typeof step === 'number' && path[at - 1] === ROWS);
  return index === -1 ? null : { list: path.slice(0, index), at: path[index] as number };
}

/** The labels of the fields, each once. */
function fieldNames(paths: readonly Path[], language: Language): string {
  const names = paths.map((path) => String(path.findLast((step) => typeof step === 'string') ?? ''));
  return [...new Set(names)].map((name) => fieldLabel(name, language) ?? name).join(language === 'zh' ? '、' : ', ');
}

/** A copy of an answer without some rows of a list; `unshown` names them. */
function withoutRows(answer: unknown, list: Path, left: ReadonlyMap<number, string>): unknown {
  const [step, ...rest] = list;
  const held = answer as Record<PropertyKey, unknown>;
  if (step === ROWS && rest.length === 0) {
    const rows = (held[ROWS] as unknown[]).filter((_, at) => !left.has(at));
    return { ...held, rows, unshown: [...left.values()] };
  }
  const inner = withoutRows(held[step as PropertyKey], rest, left);
  return Array.isArray(answer) ? answer.with(Number(step), inner) : { ...held, [step as PropertyKey]: inner };
}

/**
 * Parses an answer by its contract. A row with a value that the contract does not allow is left out of its list and
 * named in `unshown`, so that the other rows are still answered.
 * @throws Refusal 422 RECORD_UNSHOWN with the fields, when the value is not in a row of a list
 */
export function shownAnswer<S extends z.ZodType>(
  schema: S,
  answer: unknown,
  language: Language,
  onLeftOut: (what: readonly string[]) => void = () => {},
): z.output<S> {
  const first = schema.safeParse(answer);
  if (first.success) return first.data;
  const paths = first.error.issues.map(({ path }) => path);
  const lists = new Map<string, { list: Path; rows: Map<number, Path[]> }>();
  for (const path of paths) {
    const row = rowOf(path);
    if (!row) throw new Refusal(422, 'RECORD_UNSHOWN', { params: { fields: fieldNames(paths, language) } });
    const key = row.list.map(String).join('.');
    const entry = lists.get(key) ?? { list: row.list, rows: new Map<number, Path[]>() };
    entry.rows.set(row.at, [...(entry.rows.get(row.at) ?? []), path]);
    lists.set(key, entry);
  }
  let shown = answer;
  for (const { list, rows } of lists.values()) {
    const left = [...rows].map(([at, within]) => {
      const row = valueAt(answer, [...list, at]) as Record<string, unknown> | null;
      const name = [row?.['number'], row?.['householdNumber'], row?.['name'], row?.['id']].find(
        (each) => typeof each === 'string',
      );
      return [at, `${String(name ?? at + 1)}: ${fieldNames(within, language)}`] as const;
    });
    onLeftOut(left.map(([, what]) => what));
    shown = withoutRows(shown, list, new Map(left));
  }
  return schema.parse(shown);
}
