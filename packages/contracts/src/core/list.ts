import type { Operation } from './operation.ts';
import { defOf, fieldsOf } from './strict.ts';

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
