import { ALL_OPERATIONS } from '@bangfu/contracts/all';
import { call, type Connection } from '@bangfu/contracts/core/client';
import { isList, sortWordsOf } from '@bangfu/contracts/core/list';
import type { Operation, Owner } from '@bangfu/contracts/core/operation';
import { defOf, fieldsOf } from '@bangfu/contracts/core/strict';
import type { Grant, Role } from '@bangfu/domain/shared/roles';
import type { z } from 'zod';
import { grant } from './test-service.ts';

type Row = Readonly<Record<string, unknown>>;
type Value = string | number | boolean | null;
interface Page {
  readonly rows: readonly Row[];
  readonly total: number;
  readonly next: string | null;
}

/** Roles that see most, as far as an operation knows them. */
const WIDE: readonly Role[] = ['county-office', 'county-leader', 'finance', 'auditor', 'system-administrator'];
/** So many pages a walk has at least: ties then lie across their borders. */
const PAGES = 5;
/** A place is sorted by its code. */
const CODE_OF: Readonly<Record<string, string>> = {
  villageName: 'villageCode',
  townshipName: 'seatCode',
  regionName: 'regionCode',
};
const PINYIN = new Intl.Collator('zh');
const byCodePoint = (a: string, b: string) => (a < b ? -1 : Number(a > b));
const byPinyin = (a: string, b: string) => PINYIN.compare(a, b) || byCodePoint(a, b);

/** What a list is walked with. */
interface Walk {
  readonly as: (name: string, of: Grant) => Connection;
  /** What paths ask for. */
  readonly params?: Readonly<Record<string, string>>;
  /** Lists that are answered by another owner. */
  readonly without?: readonly string[];
  /** What a column sorts by where its value does not say so, by operation and word. */
  readonly values?: Readonly<Record<string, (row: never) => Value>>;
}

const isPage = (value: unknown): value is Page =>
  typeof value === 'object' && value !== null && 'rows' in value && 'next' in value;

async function walk(connection: Connection, op: Operation, input: { params: object; query: Row }): Promise<Row[]> {
  const rows: Row[] = [];
  let cursor: string | null = null;
  do {
    const answer = (await call(connection, op, {
      params: input.params,
      query: { ...input.query, ...(cursor ? { cursor } : {}) },
    })) as Page | Readonly<Record<string, Page>>;
    const page = isPage(answer) ? answer : Object.values(answer).find(isPage);
    if (!page) throw new Error(`${op.id} answers no page`);
    rows.push(...page.rows);
    cursor = page.next;
  } while (cursor !== null && rows.length < 10_000);
  return rows;
}

/** The words of a column that is one of some words, in their order; null for any other column. */
function stagesOf(op: Operation, word: string): readonly string[] | null {
  if (word.includes('.')) return null;
  const rows = fieldsOf(defOf(op.answer))['rows'] as z.ZodType;
  let schema = fieldsOf(defOf(defOf(rows)['element'] as z.ZodType))[word] as z.ZodType;
  for (let inner = defOf(schema)['innerType']; inner; inner = defOf(schema)['innerType']) schema = inner as z.ZodType;
  const entries = defOf(schema)['entries'] as Readonly<Record<string, string>> | undefined;
  return entries ? Object.values(entries) : null;
}

const valueOf =
  (op: Operation, word: string, { values = {} }: Walk) =>
  (row: Row): Value => {
    const own = values[`${op.id}.${word}`];
    if (own) return own(row as never);
    const code = CODE_OF[word];
    const field = code !== undefined && code in row ? code : word;
    const value = field.split('.').reduce<unknown>((at, name) => (at as Row | null)?.[name] ?? null, row) as Value;
    const stages = stagesOf(op, word);
    return stages && typeof value === 'string' ? stages.indexOf(value) : value;
  };

/** A row as it is compared: an entry of the audit log is sealed a moment after it was written, whoever reads meanwhile. */
const textOf = ({ sealed: _sealed, ...row }: Row): string => JSON.stringify(row);

/** A sort as one would write it by hand: stable, unknown values last. */
function naive(rows: readonly Row[], of: (row: Row) => Value, isDown: boolean, texts: typeof byPinyin): string[] {
  const compare = (a: Value, b: Value) => {
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    const order = typeof a === 'string' ? texts(a, String(b)) : Number(a) - Number(b);
    return isDown ? -order : order;
  };
  return rows.toSorted((a, b) => compare(of(a), of(b))).map(textOf);
}

/** The sorts that a column may have: by pinyin where it holds Chinese and is no number under which papers are filed. */
function textSorts(word: string, values: readonly Value[]): (typeof byPinyin)[] {
  const isChinese = values.some((value) => typeof value === 'string' && /\p{Script=Han}/u.test(value));
  if (!isChinese) return [byCodePoint];
  return /number$/i.test(word) ? [byPinyin, byCodePoint] : [byPinyin];
}

const isGrouped = (groups: readonly unknown[]): boolean =>
  groups.filter((group, at) => at > 0 && group !== groups[at - 1]).length === new Set(groups).size - 1;

/**
 * Walks every list of an owner page by page in each of its orders, and compares it with a sort of the whole.
 * @returns what is wrong, and the lists with too few rows to show an order
 */
export async function walkLists(
  owner: Owner,
  context: Walk,
): Promise<{ readonly wrong: readonly string[]; readonly thin: readonly string[]; readonly walked: number }> {
  const wrong: string[] = [];
  const thin: string[] = [];
  let walked = 0;
  const { params = {}, without = [], values = {} } = context;
  /** Whether rows say which village is meant, not only how it is called. */
  const isPlaced = (op: Operation, rows: readonly Row[]) =>
    `${op.id}.villageName` in values || rows.every((row) => 'villageCode' in row);
  const lists = ALL_OPERATIONS.filter((op) => op.owner === owner && isList(op) && !without.includes(op.id));
  for (const op of lists) {
    const role = WIDE.find((each) => typeof op.access === 'string' || op.access.includes(each));
    if (!role) throw new Error(`${op.id} opens to no role that sees a county`);
    const connection = context.as(`lists-${role}`, grant(role));
    const whole = await walk(connection, op, { params, query: { limit: 500 } });
    if (whole.length < PAGES) thin.push(op.id);
    const limit = Math.max(1, Math.floor(whole.length / PAGES));
    const texts = whole.map(textOf);
    const check = async (word: string | null, isDown: boolean) => {
      const sort = word === null ? {} : { sort: `${isDown ? '-' : ''}${word}` };
      const rows = await walk(connection, op, { params, query: { limit, ...sort } });
      walked++;
      const found = rows.map(textOf);
      const say = (what: string) => wrong.push(`${op.id} ${sort.sort ?? 'unsorted'}: ${what}`);
      if (word === null) {
        if (found.join() !== texts.join()) say('pages are not the whole');
        return;
      }
      if (found.toSorted().join() !== texts.toSorted().join()) say('not each record once');
      else if (word === 'villageName' && !isPlaced(op, whole)) {
        if (!isGrouped(rows.map(({ townshipName, villageName }) => JSON.stringify([townshipName, villageName]))))
          say('a village is not together');
      } else {
        const of = valueOf(op, word, context);
        const orders = textSorts(word, whole.map(of)).map((sorted) => naive(whole, of, isDown, sorted).join());
        if (!orders.includes(found.join())) say('not as a sort of the whole');
      }
    };
    await Promise.all([check(null, false), ...sortWordsOf(op).flatMap((w) => [check(w, false), check(w, true)])]);
  }
  return { wrong, thin: thin.sort(), walked };
}
