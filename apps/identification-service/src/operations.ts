import { type ReadSql, typedSql } from '@bangfu/data/typed-sql';
import type { JobTable } from '@bangfu/platform/jobs/table';
import { operationsOver } from '@bangfu/platform/operation/operation';
import type { PolicyTables } from '@bangfu/platform/policy/table';
import type { ServiceKit } from '@bangfu/platform/service';
import type { DB } from './generated/tables.ts';

/** The tables of this service, its policies, and the long work that it orders. */
export interface Tables extends DB, PolicyTables {
  job: JobTable;
}

/** The shapes of this service's operations, and what reads for a caller. */
export const { command, query, download, upload, job, reaction, readAs } = operationsOver<Tables>();

/** Reads for the service itself, whoever calls. */
export const readOwn = (kit: Pick<ServiceKit, 'pool'>): ReadSql<Tables> => typedSql<Tables>(kit.pool);
