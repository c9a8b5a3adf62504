import type { ColumnType, Generated } from 'kysely';
import type { Caller } from '../auth/caller.ts';

/** How far a job is. */
export type JobState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';

/** Why a job has no result; each reader has the words of their language for it. */
export interface JobProblem {
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
}

/** What is kept of a job's order. */
export interface KeptOrder {
  readonly caller: Caller;
  readonly input: unknown;
}

type Instant = ColumnType<Date, Date | string, Date | string>;

/** The table `platform.job` as typed SQL sees it. */
export interface JobTable {
  id: string;
  county_code: string;
  kind: string;
  title: string;
  account_id: string;
  account_name: string;
  state: Generated<JobState>;
  stage: string | null;
  done: Generated<number>;
  total: number | null;
  attempts: Generated<number>;
  input: ColumnType<KeptOrder, string, never>;
  result: ColumnType<unknown, string | null, string | null>;
  problem: ColumnType<JobProblem | null, string | null, string | null>;
  cancel_requested: Generated<boolean>;
  created_at: Instant;
  started_at: Instant | null;
  ended_at: Instant | null;
  recorded_at: Generated<Date>;
}

/** Of the queue's table `pgboss.job`, what says whether a job is queued. */
export interface QueuedJobTable {
  id: string;
  name: string;
  state: 'created' | 'retry' | 'active' | 'completed' | 'cancelled' | 'failed';
}
