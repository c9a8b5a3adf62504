import { z } from 'zod';
import { defOf, fieldsOf, INNER_PARTS } from './strict.ts';

/** Secrets that an answer shows once, when they are made: passwords handed over, keys. They are kept nowhere. */
export const SHOWN_ONCE = z.registry<object>();

type Path = readonly string[];

/** Where in an answer of a schema secrets are shown; the parts of a list are written as `*`. */
export function shownOncePaths(schema: z.ZodType, path: Path = []): readonly Path[] {
  if (SHOWN_ONCE.has(schema)) return [path];
  const def = defOf(schema);
  if (def.type === 'object') {
    return Object.entries(fieldsOf(def)).flatMap(([name, field]) => shownOncePaths(field, [...path, name]));
  }
  if (Array.isArray(def['options'])) {
    return (def['options'] as z.ZodType[]).flatMap((option) => shownOncePaths(option, path));
  }
  const parts = INNER_PARTS.flatMap((part) => (def[part] ? [def[part] as z.ZodType] : []));
  const isMany = def.type === 'array' || def.type === 'record';
  return parts.flatMap((part) => shownOncePaths(part, isMany ? [...path, '*'] : path));
}

/** Whether an answer shows a secret that will not be shown again. */
export function showsSecret(schema: z.ZodType, answer: unknown): boolean {
  const isThere = (value: unknown, [step, ...rest]: Path): boolean => {
    if (value === null || value === undefined) return false;
    if (step === undefined) return true;
    if (typeof value !== 'object') return false;
    if (step === '*') return Object.values(value).some((each) => isThere(each, rest));
    return isThere((value as Readonly<Record<string, unknown>>)[step], rest);
  };
  return shownOncePaths(schema).some((path) => isThere(answer, path));
}
