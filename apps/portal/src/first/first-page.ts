import type { Grant, Role } from '@bangfu/domain/shared/roles';

/** Where a person's day begins: his own family's page, whom he helps, or what waits for him. */
export type FirstPage = 'household' | 'helped' | 'work';

const HELPED: readonly Role[] = ['helper', 'unit-manager'];

/** The first page of somebody with these grants; whoever holds an office beside it begins with his work. */
export function firstPageOf(grants: readonly Grant[]): FirstPage {
  if (grants.length === 0) return 'work';
  if (grants.every(({ role }) => role === 'household')) return 'household';
  if (grants.every(({ role }) => HELPED.includes(role))) return 'helped';
  return 'work';
}
