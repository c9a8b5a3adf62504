import type { z } from 'zod';
import type { Operation } from './operation.ts';
import { defOf, fieldsOf, INNER_PARTS } from './strict.ts';

/** How much of a JSON body is read. */
export interface BodyLimit {
  readonly bytes: number;
  /** Values of any kind, each field and each entry counted. */
  readonly nodes: number;
}

/** Deepest nesting of objects and lists; no contract comes near it (`body-limit.test.ts`). */
export const MAX_JSON_DEPTH = 32;
export const MAX_JSON_NODES = 50_000;
/** What anybody may send who has proved nothing but an account, or not even that. */
export const MAX_OPEN_BODY_BYTES = 16 * 1024;
/** What operations of a role read at least, so that a text that is too long is refused by its field. */
const MIN_BODY_BYTES = 64 * 1024;
const MAX_BODY_BYTES = 1024 * 1024;
const MIN_NODES = 1_000;
/** A sign in JSON takes six bytes at most, written as \uXXXX. */
const SIGN_BYTES = 6;
/** A text that its pattern or format bounds, and a number with all its digits. */
const SHAPED_TEXT_SIGNS = 100;
const NUMBER_BYTES = 25;
/** Entries of a record whose keys are a list of words. */
const RECORD_ENTRIES = 100;

interface Size extends BodyLimit {
  readonly depth: number;
}

const leaf = (bytes: number): Size => ({ bytes, nodes: 1, depth: 0 });

/** The longest length that a text or list allows; undefined where it names none. */
export function longestOf(schema: z.ZodType): number | undefined {
  const checks = (defOf(schema)['checks'] as z.core.$ZodCheck[] | undefined) ?? [];
  const bounds = checks.map((check) => check._zod.def as unknown as Record<string, unknown>);
  const found = bounds.flatMap((def) => [def['check'] === 'max_length' && def['maximum'], def['length']]);
  return found.find((bound): bound is number => typeof bound === 'number');
}

function repeated(size: Size, times: number, keyBytes: number): Size {
  return { bytes: 2 + times * (size.bytes + keyBytes + 1), nodes: 1 + times * size.nodes, depth: size.depth + 1 };
}

function widest(sizes: readonly Size[]): Size {
  const most = (key: keyof Size) => Math.max(1, ...sizes.map((size) => size[key]));
  return { bytes: most('bytes'), nodes: most('nodes'), depth: Math.max(0, ...sizes.map(({ depth }) => depth)) };
}

/**
 * The largest JSON that a schema takes.
 * @throws Error for a list without a longest length
 */
export function largestJson(schema: z.ZodType): Size {
  const def = defOf(schema);
  if (def.type === 'object') {
    const fields = Object.entries(fieldsOf(def)).map(([name, field]) => ({ name, size: largestJson(field) }));
    return {
      bytes: 2 + fields.reduce((sum, { name, size }) => sum + name.length + 4 + size.bytes, 0),
      nodes: 1 + fields.reduce((sum, { size }) => sum + size.nodes, 0),
      depth: 1 + Math.max(0, ...fields.map(({ size }) => size.depth)),
    };
  }
  if (def.type === 'array') {
    const most = longestOf(schema);
    if (most === undefined) throw new Error('a list in a body says how many entries it may have');
    return repeated(largestJson(def['element'] as z.ZodType), most, 0);
  }
  if (def.type === 'record') {
    return repeated(largestJson(def['valueType'] as z.ZodType), RECORD_ENTRIES, SHAPED_TEXT_SIGNS);
  }
  if (def.type === 'string') return leaf(2 + (longestOf(schema) ?? SHAPED_TEXT_SIGNS) * SIGN_BYTES);
  if (Array.isArray(def['options'])) return widest((def['options'] as z.ZodType[]).map(largestJson));
  const inner = INNER_PARTS.filter((part) => def[part]).map((part) => def[part] as z.ZodType);
  return inner.length > 0 ? widest(inner.map(largestJson)) : leaf(Math.max(NUMBER_BYTES, SHAPED_TEXT_SIGNS));
}

/**
 * How large a JSON body of an operation may be: what its schema can take, so that nobody declares it, and never more
 * than the limits of the platform. Whoever has no role sends 16 kB at most.
 */
export function bodyLimitOf(op: Pick<Operation, 'access' | 'body' | 'upload'>): BodyLimit {
  const isOpen = op.access === 'public' || op.access === 'signed-in';
  const largest = op.body && !op.upload ? largestJson(op.body) : leaf(0);
  return {
    bytes: isOpen ? MAX_OPEN_BODY_BYTES : Math.min(MAX_BODY_BYTES, Math.max(MIN_BODY_BYTES, largest.bytes)),
    // Twice as many as fit: somewhat too long a list is refused by its name, what is far beyond is not looked at.
    nodes: Math.min(MAX_JSON_NODES, Math.max(MIN_NODES, 2 * largest.nodes)),
  };
}
