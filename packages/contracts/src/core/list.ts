import { z } from 'zod';
import type { Operation } from './operation.ts';
import { defOf, fieldsOf } from './strict.ts';

/**
 * The `sort` of a list's query: columns of its answer as their words, upwards, or downwards with - before them; a field
 * of a column is written with a point. Without it a list has its own order.
 */
export function sortBy<const Words extends readonly [string, ...string[]]>(...words: Words) {
  type Word = Words[number] | `-${Words[number]}`;
  return z.enum([...words, ...words.map((word) => `-${word}`)] as unknown as readonly [Word, ...Word[]]).optional();
}

/** Whether it is a list that is read page by page. */
export const isList = ({ query }: Pick<Operation, 'query'>): boolean =>
  query !== undefined && 'cursor' in fieldsOf(defOf(query));

/** The columns a list can be sorted by, as its contract names them; none for what is no list or has one order only. */
export function sortWordsOf({ query }: Pick<Operation, 'query'>): string[] {
  const sort = query && fieldsOf(defOf(query))['sort'];
  if (!sort) return [];
  const words = defOf(defOf(sort)['innerType'] as typeof sort)['entries'] as Readonly<Record<string, string>>;
  return Object.values(words).filter((word) => !word.startsWith('-'));
}
