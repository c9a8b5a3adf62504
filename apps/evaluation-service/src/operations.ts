import { type ReadSql, typedSql } from '@bangfu/data/typed-sql';
import type { HouseholdCopyTable } from '@bangfu/platform/household-copy/table';
import { operationsOver } from '@bangfu/platform/operation/operation';
import type { PolicyTables } from '@bangfu/platform/policy/table';
import type { ServiceKit } from '@bangfu/platform/service';
import type { DB } from './generated/tables.ts';

/** The tables of this service, its policies, and the households it has heard of. */
export interface Tables extends DB, PolicyTables {
  household_copy: HouseholdCopyTable;
}

/** The shapes of this service's operations, and what reads for a caller. */
export const { command, query, download, upload, list, job, reaction, readAs } = operationsOver<Tables>();

/** Reads with the database's read-only role, for every caller. */
export const readOnly = (kit: Pick<ServiceKit, 'readPool'>): ReadSql<Tables> => typedSql<Tables>(kit.readPool);
