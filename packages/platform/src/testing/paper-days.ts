import { businessDayOf, readDay } from '@bangfu/domain/shared/time';

const INSTANT = /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/;

/** Every day a paper's content names, at any depth, an instant by its Shanghai day: none may be later than the paper. */
export function daysWithin(content: unknown): string[] {
  if (typeof content === 'string') {
    if (INSTANT.test(content)) return [businessDayOf(new Date(content))];
    return readDay(content) === null ? [] : [content];
  }
  if (content === null || typeof content !== 'object') return [];
  return Object.values(content).flatMap(daysWithin);
}
