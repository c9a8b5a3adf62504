import { readableText } from '@bangfu/domain/shared/readable-text';
import { z } from 'zod';
import { defOf, rebuilt, SHAPE_WORDS } from './strict.ts';

/** Texts that are kept exactly as typed: secrets. */
export const VERBATIM = z.registry<object>();

const made = new WeakMap<z.ZodType, z.ZodType>();

/** A free text without its invisible signs; its length is checked after they are removed. */
function readableLeaf(schema: z.ZodType): z.ZodType {
  const def = defOf(schema);
  // Ids, days and instants have a format that an invisible sign does not pass.
  if (def.type !== 'string' || def['format'] !== undefined || VERBATIM.has(schema)) return schema;
  const checks = [z.overwrite(readableText), ...((def['checks'] as z.core.$ZodCheck[] | undefined) ?? [])];
  const readable = schema.clone({ ...def, checks } as unknown as Parameters<z.ZodType['clone']>[0]);
  const words = SHAPE_WORDS.get(schema);
  return words ? readable.register(SHAPE_WORDS, words) : readable;
}

/**
 * The same schema, with invisible and turning signs removed from its texts. A text without anything readable becomes
 * empty, so that a required field refuses it. Applies to the body of every operation.
 */
export const readably = <S extends z.ZodType>(schema: S): S => rebuilt(schema, readableLeaf, made);
