import type { HouseholdCopyTable } from '@bangfu/platform/household-copy/table';
import { operationsOver } from '@bangfu/platform/operation/operation';
import type { PolicyTables } from '@bangfu/platform/policy/table';
import type { DB } from './generated/tables.ts';

/** The tables of this service, its policies, and what it has heard of the register. */
export interface Tables extends DB, PolicyTables {
  household_copy: HouseholdCopyTable;
}

/** The shapes of this service's operations, jobs and reactions, and what reads for a caller. */
export const { command, query, download, upload, list, job, reaction, readAs } = operationsOver<Tables>();
