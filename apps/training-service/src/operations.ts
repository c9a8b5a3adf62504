import { type ReadSql, typedSql } from '@bangfu/data/typed-sql';
import type { Caller } from '@bangfu/platform/auth/caller';
import { readsOf } from '@bangfu/platform/db/reads';
import type { HouseholdCopyTable } from '@bangfu/platform/household-copy/table';
import { operationsOver } from '@bangfu/platform/operation/operation';
import type { ServiceKit } from '@bangfu/platform/service';
import type { DB } from './generated/tables.ts';

/** The tables of this service, and what it has heard of the register. */
export interface Tables extends DB {
  household_copy: HouseholdCopyTable;
}

/** The shapes of this service's operations. */
export const { command, query, download, paper, list } = operationsOver<Tables>();

/** What reads for a caller: by the role of the database that their grants ask for. */
export const readAs = (kit: ServiceKit, caller: Caller): ReadSql<Tables> => typedSql<Tables>(readsOf(kit, caller));
