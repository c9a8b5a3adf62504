import { demand } from '../shared/errors.ts';

/** Nothing new is begun with an entity that is closed. @throws DomainError ENTITY_CLOSED */
export function requireOpenEntity({ entityClosed }: { readonly entityClosed: boolean }): void {
  demand(!entityClosed, 'ENTITY_CLOSED');
}

/** What an entity still has to do with, by name. */
export interface EntityBusiness {
  /** Numbers of contracts that are drafted. */
  readonly drafts: readonly string[];
  /** Numbers of signed contracts that have not ended. */
  readonly running: readonly string[];
  /** Declarations that are neither closed nor given up: contract and year. */
  readonly declarations: readonly string[];
  /** Ended dividend years that were never declared: contract and year. */
  readonly undeclared: readonly string[];
}

/** Names that are told; of more only the number. */
const MOST_NAMED = 5;

/** How many there are and which, the first few by name. */
const named = (names: readonly string[]) => ({
  count: names.length,
  names: names.slice(0, MOST_NAMED).join('、') + (names.length > MOST_NAMED ? '…' : ''),
});

/**
 * An entity is closed when it owes nobody anything and has promised nothing more.
 * @throws DomainError ENTITY_HAS_DRAFTS, ENTITY_HAS_CONTRACTS, ENTITY_HAS_DECLARATIONS, ENTITY_OWES_YEARS with their names
 */
export function requireClosable({ drafts, running, declarations, undeclared }: EntityBusiness): void {
  demand(running.length === 0, 'ENTITY_HAS_CONTRACTS', named(running));
  demand(drafts.length === 0, 'ENTITY_HAS_DRAFTS', named(drafts));
  demand(declarations.length === 0, 'ENTITY_HAS_DECLARATIONS', named(declarations));
  demand(undeclared.length === 0, 'ENTITY_OWES_YEARS', named(undeclared));
}
