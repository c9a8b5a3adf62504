import { readableText } from '@bangfu/domain/shared/readable-text';
import { z } from 'zod';
import { defOf, rebuilt, SHAPE_WORDS } from './strict.ts';

/** Texts that are taken sign by sign as they come: secrets. */
export const VERBATIM = z.registry<object>();

const made = new WeakMap<z.ZodType, z.ZodType>();

/** A free text that loses what nobody can see before its length is judged. */
function readableLeaf(schema: z.ZodType): z.ZodType {
  const def = defOf(schema);
  // Ids, days and instants have their own shape; what is turned into something else was a text only on the way.
  if (def.type !== 'string' || def['format'] !== undefined || VERBATIM.has(schema)) return schema;
  const checks = [z.overwrite(readableText), ...((def['checks'] as z.core.$ZodCheck[] | undefined) ?? [])];
  const readable = schema.clone({ ...def, checks } as unknown as Parameters<z.ZodType['clone']>[0]);
  const words = SHAPE_WORDS.get(schema);
  return words ? readable.register(SHAPE_WORDS, words) : readable;
}

/**
 * The same schema whose texts are kept without invisible and turning signs, and are empty when nothing in them can be
 * read: a field that must be filled refuses what only looks filled. Holds for every body of every operation.
 */
export const readably = <S extends z.ZodType>(schema: S): S => rebuilt(schema, readableLeaf, made);
