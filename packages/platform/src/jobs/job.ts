import { instantOf } from '@bangfu/data/instant';
import type { Sql, SqlOn } from '@bangfu/data/sql';
import { typedSql } from '@bangfu/data/typed-sql';
import type { Caller } from '../auth/caller.ts';
import type { Pool, PoolClient } from '@bangfu/data/pool';
import type { PlatformTables } from '../tables.ts';
import type { JobProblem, JobState } from './table.ts';

/** What a piece of long work sees of itself. */
export interface JobRun<Input> {
  readonly id: string;
  readonly input: Input;
  /** Who ordered it; the work acts in his name. */
  readonly caller: Caller;
  /** Aborted, with JobCancelled, soon after somebody cancelled the job: for what cannot look by itself. */
  readonly signal: AbortSignal;
  /** Enters a stage; the rate shown begins anew. @throws JobCancelled when asked to end */
  stage(name: string, total?: number): Promise<void>;
  /** Tells how far the stage is; cheap, written at most four times a second. @throws JobCancelled when asked to end. */
  advance(done: number): Promise<void>;
}

/** Thrown inside the work when someone cancelled it; its transaction rolls back. */
export class JobCancelled extends Error {
  constructor() {
    super('cancelled');
    this.name = 'JobCancelled';
  }
}

/** Thrown inside the work when another run of the same job has taken over; what it does no longer counts. */
export class JobSuperseded extends Error {
  constructor() {
    super('superseded');
    this.name = 'JobSuperseded';
  }
}

/** A job that ends without its result. */
export interface EndedJob<Input> {
  readonly id: string;
  readonly input: Input;
  readonly how: 'failed' | 'cancelled';
}

/** What is left to do when an end has been committed, such as removing a file. */
export type AfterEnd = () => Promise<void>;

/** One kind of long work, and what becomes of its record when it ends without its result. */
export interface JobHandler<Input = unknown> {
  /** Does the work; must be safe to run again from its beginning after a crash. @returns the job's result */
  run(run: JobRun<Input>): Promise<unknown>;
  /**
   * Gives the record back to whoever ordered the work, so that they can act on it again, in the transaction that ends
   * the job. It is called for every end but the good one, also in another process than the one the work ran in.
   */
  settle(sql: SqlOn<PoolClient>, ended: EndedJob<Input>): Promise<AfterEnd | undefined>;
}

/** For work that holds no record while it runs. */
export const nothingToSettle = async (): Promise<undefined> => undefined;

/** What is kept of a job in its row. */
export interface JobRow {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly state: JobState;
  readonly stage: string | null;
  readonly done: number;
  readonly total: number | null;
  readonly result: unknown;
  readonly problem: JobProblem | null;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly accountId: string;
  readonly accountName: string;
}

/** The jobs of an account by their names in code. */
const jobsOf = (pool: Pool, accountId: string) =>
  typedSql<PlatformTables>(pool)
    .selectFrom('platform.job as j')
    .where('j.account_id', '=', accountId)
    .select(['j.id', 'j.kind', 'j.title', 'j.state', 'j.stage', 'j.done', 'j.total', 'j.result', 'j.problem'])
    .select(['j.account_id as accountId', 'j.account_name as accountName'])
    .select((eb) => [
      instantOf(eb.ref('j.created_at')).as('createdAt'),
      instantOf(eb.ref('j.started_at')).$castTo<string | null>().as('startedAt'),
      instantOf(eb.ref('j.ended_at')).$castTo<string | null>().as('endedAt'),
    ]);

/** Orders a job in the transaction of the command that wants it: both happen or neither. */
export async function orderJob(
  sql: Sql,
  order: { id: string; kind: string; title: string; caller: Caller; input: unknown; now: Date },
): Promise<void> {
  await sql.query(
    `INSERT INTO platform.job (id, county_code, kind, title, account_id, account_name, input, created_at)
     VALUES ($1::uuid, $2, $3, $4, $5, $6, $7::jsonb, $8::timestamptz)`,
    [
      order.id,
      order.caller.countyCode,
      order.kind,
      order.title,
      order.caller.id,
      order.caller.name,
      JSON.stringify({ caller: order.caller, input: order.input }),
      order.now.toISOString(),
    ],
  );
}

/** The caller's own jobs of late, newest first. */
export const listJobs = (pool: Pool, accountId: string): Promise<JobRow[]> =>
  jobsOf(pool, accountId).orderBy('j.created_at', 'desc').orderBy('j.id', 'desc').limit(50).execute();

/** One job of the caller's own; null when there is none. */
export const findJob = async (pool: Pool, id: string, accountId: string): Promise<JobRow | null> =>
  (await jobsOf(pool, accountId).where('j.id', '=', id).executeTakeFirst()) ?? null;

/** Whether somebody asked a job to end. */
export async function isCancelRequested(pool: Pool, id: string): Promise<boolean> {
  const found = await typedSql<PlatformTables>(pool)
    .selectFrom('platform.job')
    .where('id', '=', id)
    .select('cancel_requested')
    .executeTakeFirst();
  return found?.cancel_requested ?? false;
}

/** Asks a job to end at its next step; false when it has already ended. */
export async function cancelJob(client: PoolClient, id: string, accountId: string): Promise<boolean> {
  const asked = await typedSql<PlatformTables>(client)
    .updateTable('platform.job')
    .set({ cancel_requested: true })
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .where('state', 'in', ['waiting', 'running'])
    .executeTakeFirst();
  return asked.numUpdatedRows === 1n;
}
