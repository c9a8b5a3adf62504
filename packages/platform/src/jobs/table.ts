import type { ColumnType, Generated } from 'kysely';
import type { JobRow } from './job.ts';

/** Of the table `platform.job`, what a service's own statements read: who ordered which long work. */
export interface JobTable {
  id: string;
  county_code: string;
  kind: string;
  title: string;
  state: Generated<JobRow['state']>;
  account_id: string;
  account_name: string;
  created_at: ColumnType<Date, Date | string, Date | string>;
}
