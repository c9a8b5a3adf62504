import { MOST_FOR_A_CONTRACT } from '@bangfu/domain/shared/bounds';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { ALL_OPERATIONS } from './all.ts';
import { VERBATIM } from './core/readable.ts';
import { defOf, fieldsOf, INNER_PARTS } from './core/strict.ts';

/** Schemas that hold a value, with where they stand and what wraps them. */
function leaves(schema: z.ZodType, path: string): { path: string; schema: z.ZodType }[] {
  const def = defOf(schema);
  if (def.type === 'object') {
    return Object.entries(fieldsOf(def)).flatMap(([name, field]) => leaves(field, `${path}.${name}`));
  }
  if (Array.isArray(def['options'])) {
    return (def['options'] as z.ZodType[]).flatMap((each) => leaves(each, path));
  }
  const inner = INNER_PARTS.filter((part) => def[part]);
  if (inner.length === 0) return [{ path, schema }];
  return inner.flatMap((part) => leaves(def[part] as z.ZodType, part === 'element' ? `${path}[]` : path));
}

const inputs = ALL_OPERATIONS.flatMap((op) =>
  [op.params, op.query, op.body].flatMap((part) => (part ? leaves(part, op.id) : [])),
);
const ofKind = (type: string, format?: string) =>
  inputs.filter(({ schema }) => {
    const def = defOf(schema);
    return def.type === type && (format === undefined || def['format'] === format);
  });
/** The fields that take any of some values. */
const taking = (fields: typeof inputs, values: readonly unknown[]) =>
  fields.flatMap(({ path, schema }) =>
    values.filter((value) => schema.safeParse(value).success).map((value) => `${path}: ${String(value).slice(0, 40)}`),
  );

const LARGEST = Number.MAX_SAFE_INTEGER;

/** Lists within a schema. */
function lists(schema: z.ZodType, path: string): { path: string; schema: z.ZodType }[] {
  const def = defOf(schema);
  const own = def.type === 'array' ? [{ path, schema }] : [];
  if (def.type === 'object') {
    return Object.entries(fieldsOf(def)).flatMap(([name, field]) => lists(field, `${path}.${name}`));
  }
  const within = Array.isArray(def['options']) ? (def['options'] as z.ZodType[]) : INNER_PARTS.map((part) => def[part]);
  return [...own, ...within.filter(Boolean).flatMap((each) => lists(each as z.ZodType, path))];
}

/** Whether more entries than any request holds are refused for their number. */
const refusesAsTooLong = (schema: z.ZodType) =>
  schema.safeParse(Array.from({ length: 5001 }, () => null)).error?.issues.some(({ code }) => code === 'too_big');

describe('given every field that any operation takes', () => {
  it('when it is a number, then neither end of the exact numbers is taken', () => {
    const numbers = ofKind('number');
    expect(numbers.length).toBeGreaterThan(60);
    expect(taking(numbers, [LARGEST, -LARGEST, 2 ** 53, -(2 ** 53), 1e300, Number.NaN, Infinity])).toEqual([]);
  });

  it('when it is a number that is no money, then it fits the column of whole numbers', () => {
    const counted = ofKind('number').filter(({ path }) => !path.endsWith('Fen'));
    expect(counted.length).toBeGreaterThan(50);
    expect(taking(counted, [2 ** 31, -(2 ** 31) - 1])).toEqual([]);
  });

  it('when it is money, then it is never negative and never more than a contract comes to', () => {
    const money = ofKind('number').filter(({ path }) => path.endsWith('Fen'));
    expect(money.length).toBeGreaterThan(3);
    expect(taking(money, [-1, MOST_FOR_A_CONTRACT + 1])).toEqual([]);
  });

  it('when it is a day, then no slip of a century or a millennium is taken, nor a day that is none', () => {
    const days = ofKind('string', 'date');
    expect(days.length).toBeGreaterThan(30);
    expect(taking(days, ['0001-01-01', '1899-12-31', '2101-01-01', '9999-12-31', '2026-02-29', '20261130'])).toEqual(
      [],
    );
    expect(taking(days, ['1900-01-01', '2100-12-31'])).toHaveLength(2 * days.length);
  });

  it('when it is an instant, then the same holds', () => {
    const instants = ofKind('string', 'datetime');
    expect(instants.length).toBeGreaterThan(2);
    expect(taking(instants, ['0001-01-01T00:00:00Z', '1899-12-31T15:59:59Z', '9999-12-31T23:59:59Z'])).toEqual([]);
  });

  it('when it is a text, then it has an end', () => {
    const texts = inputs.filter(({ schema }) => defOf(schema).type === 'string');
    expect(texts.length).toBeGreaterThan(300);
    expect(taking(texts, ['字'.repeat(10_001)])).toEqual([]);
  });

  it('when it is a text of a body, then nothing unseen is kept of it, and unseen signs alone do not fill it', () => {
    const bodies = ALL_OPERATIONS.flatMap((op) => (op.body && !op.upload ? leaves(op.body, op.id) : []));
    const free = bodies.filter(({ schema }) => {
      const { type, format } = defOf(schema) as { type: string; format?: string };
      return type === 'string' && format === undefined;
    });
    const typed = '\u202e一段能看懂的文字\u200b\u2066';
    const kept = free.filter(({ schema }) => {
      const { data } = schema.safeParse(typed);
      return typeof data === 'string' && data !== '一段能看懂的文字' && !VERBATIM.has(schema);
    });
    expect(free.length).toBeGreaterThan(80);
    expect(kept.map(({ path }) => path)).toEqual([]);
    const filled = free.filter(
      ({ schema }) =>
        !VERBATIM.has(schema) && !schema.safeParse('').success && schema.safeParse('\u200b\u3164'.repeat(8)).success,
    );
    expect(filled.map(({ path }) => path)).toEqual([]);
  });

  it('when it is a list, then it has an end', () => {
    const endless = ALL_OPERATIONS.flatMap((op) =>
      [op.query, op.body].flatMap((part) => (part ? lists(part, op.id) : [])),
    ).filter(({ schema }) => !refusesAsTooLong(schema));
    expect(endless.map(({ path }) => path)).toEqual([]);
  });
});
