import { defOf, fieldsOf, INNER_PARTS } from '@bangfu/contracts/core/strict';
import type { z } from 'zod';

/** What fields of all kinds are filled with; the first that a schema takes is its value. */
const FILLINGS: readonly unknown[] = [
  '01a20468-32ad-7d75-9ac5-f964ab1f0142',
  '2026-06-01',
  '2026-06-01T00:00:00Z',
  '211382000000',
  'a'.repeat(64),
  '12345678',
  '08:30',
  '13800000000',
  'a-name',
  '一段能看懂的文字',
  '91210000000000000A',
  1,
  2026,
  0,
  true,
];

type Path = readonly (string | number)[];

/** Edges of numbers, days and texts: whatever a field takes of them, its command must bear. */
export const EDGES = {
  number: [-1, 0, 1, 2 ** 31 - 1, 2 ** 31, 1_000_000_000, 1_000_000_000_000, 2 ** 53 - 1, -(2 ** 53 - 1), 0.5],
  day: ['0001-01-01', '1900-01-01', '2024-02-29', '2100-12-31', '9999-12-31'],
  instant: ['0001-01-01T00:00:00Z', '1900-01-01T00:00:00Z', '2100-12-31T23:59:59Z', '9999-12-31T23:59:59Z'],
  text: [
    '\u200b\u200b\u200b\u200b\u200b\u200b',
    '\u202e张三\u202c',
    '\u{20164}\u{20164}',
    '。。。。。。',
    'ｘ－Ａ　１',
    "'; --",
    '%_\\',
  ],
} as const;

/** What may fill a field: of a number with bounds its lower one too. */
const fillingsOf = (schema: z.ZodType): readonly unknown[] =>
  'minValue' in schema ? [...FILLINGS, schema.minValue] : FILLINGS;

/** A value that a schema takes; undefined where it needs none, or where none of the fillings fits. */
export function validValue(schema: z.ZodType): unknown {
  const def = defOf(schema);
  switch (def.type) {
    case 'optional':
    case 'default':
      return undefined;
    case 'nullable':
      return validValue(def['innerType'] as z.ZodType);
    case 'object':
      return Object.fromEntries(
        Object.entries(fieldsOf(def)).flatMap(([name, field]) => {
          const value = validValue(field);
          return value === undefined ? [] : [[name, value]];
        }),
      );
    case 'array': {
      const one = validValue(def['element'] as z.ZodType);
      return [[], [one], [one, one, one]].find((each) => schema.safeParse(each).success) ?? [one];
    }
    case 'union':
      return (def['options'] as z.ZodType[]).map(validValue).find((each) => each !== undefined);
    case 'enum':
      return Object.values(def['entries'] as Record<string, string>)[0];
    case 'literal':
      return (def['values'] as unknown[])[0];
    case 'record': {
      const keys = Object.values((defOf(def['keyType'] as z.ZodType)['entries'] ?? {}) as Record<string, string>);
      return Object.fromEntries(keys.map((key) => [key, validValue(def['valueType'] as z.ZodType)]));
    }
    default: {
      const inner = INNER_PARTS.map((part) => def[part]).find(Boolean);
      return (
        fillingsOf(schema).find((each) => schema.safeParse(each).success) ?? (inner && validValue(inner as z.ZodType))
      );
    }
  }
}

/** The places of a schema that hold a number, a day, an instant or a free text, with its kind. */
export function edgyPlaces(schema: z.ZodType, path: Path = []): { path: Path; kind: keyof typeof EDGES }[] {
  const def = defOf(schema);
  if (def.type === 'object') {
    return Object.entries(fieldsOf(def)).flatMap(([name, field]) => edgyPlaces(field, [...path, name]));
  }
  if (def.type === 'array') return edgyPlaces(def['element'] as z.ZodType, [...path, 0]);
  if (def.type === 'number') return [{ path, kind: 'number' }];
  if (def.type === 'string') {
    const { format } = def as { format?: string };
    if (format === 'date') return [{ path, kind: 'day' }];
    if (format === 'datetime') return [{ path, kind: 'instant' }];
    return format === undefined ? [{ path, kind: 'text' }] : [];
  }
  const inner = INNER_PARTS.filter((part) => part !== 'element' && part !== 'valueType').map((part) => def[part]);
  return inner.flatMap((each) => (each ? edgyPlaces(each as z.ZodType, path) : []));
}

/** A copy of a value with another one at a place; what is missing on the way is made. */
export function withAt(value: unknown, path: Path, put: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return put;
  if (typeof step === 'number') return [withAt(Array.isArray(value) ? value[step] : undefined, rest, put)];
  const held = typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  return { ...held, [step]: withAt((held as Record<string, unknown>)[step], rest, put) };
}
