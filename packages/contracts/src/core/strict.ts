import { z } from 'zod';

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

/** The same definition with each schema in it replaced; null when there is nothing to replace. */
function replaced(def: Def): Def | null {
  if (def.type === 'object') {
    if (def['catchall']) throw new Error('an input names all its fields');
    const fields = Object.entries(fieldsOf(def)).map(([name, field]) => [name, strictly(field)] as const);
    return { ...def, shape: Object.fromEntries(fields), catchall: z.never() };
  }
  if (Array.isArray(def['options'])) return { ...def, options: (def['options'] as z.ZodType[]).map(strictly) };
  const parts = INNER_PARTS.filter((part) => def[part]).map(
    (part) => [part, strictly(def[part] as z.ZodType)] as const,
  );
  return parts.some(([part, inner]) => inner !== def[part]) ? { ...def, ...Object.fromEntries(parts) } : null;
}

/**
 * The same schema that refuses every field it does not name, at each depth: what is sent and not understood is an error
 * of the sender, never ignored. @throws Error for an object that is declared open
 */
export function strictly<S extends z.ZodType>(schema: S): S {
  const known = made.get(schema);
  if (known) return known as S;
  const def = replaced(defOf(schema));
  const strict = def ? (schema.clone(def as unknown as Parameters<S['clone']>[0]) as S) : schema;
  made.set(schema, strict);
  return strict;
}
