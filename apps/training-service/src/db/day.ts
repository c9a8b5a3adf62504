import { type BusinessDay, businessDay } from '@bangfu/domain/shared/time';

/** A DATE column's value as the day it is. */
export function dayOf(value: Date): BusinessDay {
  return businessDay(value.toISOString().slice(0, 10));
}

/** A day as a DATE column takes it. */
export function dateOf(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}
