import { z } from 'zod';
import { FIELD_WORDS } from './field-words.ts';

/** What a text with a pattern must look like, in words: a pattern is never shown to a person. */
export const SHAPE_WORDS = z.registry<{ readonly zh: string; readonly en: string }>();

type Def = z.core.$ZodType['_zod']['def'] & Readonly<Record<string, unknown>>;
const made = new WeakMap<z.ZodType, z.ZodType>();

/** The parts of a schema that hold other schemas, by the key of its definition. */
export const INNER_PARTS = ['element', 'innerType', 'valueType', 'in', 'out'] as const;

/** The definition of a schema, which names its kind and its parts. */
export const defOf = (schema: z.ZodType): Def => schema._zod.def as unknown as Def;

/** The fields of an object's schema. */
export const fieldsOf = (def: Def): Readonly<Record<string, z.ZodType>> => def['shape'] as Record<string, z.ZodType>;

type Rebuild = (schema: z.ZodType) => z.ZodType;

/** The same definition with each schema in it replaced; null when there is nothing to replace. */
function replaced(def: Def, each: Rebuild): Def | null {
  if (def.type === 'object') {
    const fields = Object.entries(fieldsOf(def)).map(([name, field]) => [name, each(field)] as const);
    return { ...def, shape: Object.fromEntries(fields) };
  }
  if (Array.isArray(def['options'])) return { ...def, options: (def['options'] as z.ZodType[]).map(each) };
  const parts = INNER_PARTS.filter((part) => def[part]).map((part) => [part, each(def[part] as z.ZodType)] as const);
  return parts.some(([part, inner]) => inner !== def[part]) ? { ...def, ...Object.fromEntries(parts) } : null;
}

/** A copy of a schema by another definition, with the label it has. */
function cloned(schema: z.ZodType, def: Def): z.ZodType {
  const copy = schema.clone(def as unknown as Parameters<z.ZodType['clone']>[0]);
  const words = FIELD_WORDS.get(schema);
  return words ? copy.register(FIELD_WORDS, words) : copy;
}

/** A schema with each of its parts rebuilt and then itself; what was rebuilt once is the same from then on. */
export function rebuilt<S extends z.ZodType>(schema: S, itself: Rebuild, made: WeakMap<z.ZodType, z.ZodType>): S {
  const known = made.get(schema);
  if (known) return known as S;
  const def = replaced(defOf(schema), (part) => rebuilt(part, itself, made));
  const result = itself(def ? cloned(schema, def) : schema);
  made.set(schema, result);
  return result as S;
}

/** An object that refuses what it does not name. */
function closed(schema: z.ZodType): z.ZodType {
  const def = defOf(schema);
  if (def.type !== 'object') return schema;
  if (def['catchall']) throw new Error('an input names all its fields');
  return cloned(schema, { ...def, catchall: z.never() });
}

/**
 * The same schema that refuses every field it does not name, at each depth: what is sent and not understood is an error
 * of the sender, never ignored. @throws Error for an object that is declared open
 */
export const strictly = <S extends z.ZodType>(schema: S): S => rebuilt(schema, closed, made);
