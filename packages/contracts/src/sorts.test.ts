import { describe, expect, it } from 'vitest';
import { ALL_OPERATIONS } from './all.ts';
import { isList, sortWordsOf } from './core/list.ts';
import { defOf, fieldsOf } from './core/strict.ts';
import type { z } from 'zod';

/** What a kind of value is, below what may be left out of it. */
function plain(schema: z.ZodType): { readonly type: string; readonly format: unknown } {
  const def = defOf(schema);
  const inner = (def['innerType'] ?? def['in']) as z.ZodType | undefined;
  return inner ? plain(inner) : { type: def.type, format: def['format'] };
}

/** Columns nobody reads: keys, versions, digests, and a place's code, by which its name is sorted. */
const isKey = (name: string, format: unknown) =>
  format === 'uuid' || /^(id|version|sha256|townshipName)$|Hash$|^(region|village|seat)Code$/.test(name);

type Fields = Readonly<Record<string, z.ZodType>>;
/** Whether a row has a field, which may lie within another. */
function hasField(row: Fields, [first = '', ...rest]: readonly string[]): boolean {
  let schema = row[first];
  while (schema && defOf(schema)['innerType']) schema = defOf(schema)['innerType'] as z.ZodType;
  return schema !== undefined && (rest.length === 0 || hasField(fieldsOf(defOf(schema)), rest));
}

const READABLE = new Set(['string', 'number', 'enum', 'boolean']);
const lists = ALL_OPERATIONS.filter(isList);

describe('given every list that is read page by page', () => {
  it.each(lists)('when $id is sorted, then by each column a person reads, or it says why not', (op) => {
    const words = sortWordsOf(op);
    if (typeof op.unsorted === 'string') {
      expect(words).toEqual([]);
      return;
    }
    const rows = fieldsOf(defOf(op.answer))['rows'];
    const row = rows ? fieldsOf(defOf(defOf(rows)['element'] as z.ZodType)) : {};
    const readable = Object.entries(row).filter(([name, schema]) => {
      const { type, format } = plain(schema);
      return READABLE.has(type) && !(isKey(name, format) && !words.includes(name));
    });
    const excused = Object.keys(op.unsorted ?? {});
    expect(
      readable
        .map(([name]) => name)
        .filter((name) => !words.includes(name))
        .sort(),
    ).toEqual(excused.sort());
    expect(words.filter((word) => !hasField(row, word.split('.')))).toEqual([]);
  });
});
