import { DomainError } from '@bangfu/domain/shared/errors';
import { pgSql } from '@bangfu/data/sql';
import { typedSql } from '@bangfu/data/typed-sql';
import { sql, type UpdateObject } from 'kysely';
import { PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import { isDatabaseUnavailable, isTooSlow } from '@bangfu/data/failure';
import { asLongWork } from '@bangfu/data/limits';
import { inTransaction, type Pool, type PoolClient } from '@bangfu/data/pool';
import { Refusal } from '../http/refusal.ts';
import { isCancelRequested, JobCancelled, type JobHandler, type JobRun, JobSuperseded } from './job.ts';
import type { JobProblem, KeptOrder } from './table.ts';
import type { PlatformTables } from '../tables.ts';

/** Time is told between two writes of progress, so that millions of rows cost no millions of updates. */
const PROGRESS_EVERY_MS = 250;
/** A worker that dies is noticed after this long, and its job begins anew. */
const HEARTBEAT_SECONDS = 10;
/** As often as a job may end the process it runs in before it is given up. */
export const MAX_ATTEMPTS = 3;
const GAVE_UP = { code: 'JOB_GAVE_UP', params: { attempts: MAX_ATTEMPTS } } as const;
const WATCH_SECONDS = 5;
/** How often a job that cannot look by itself is looked after. */
const CANCEL_EVERY_MS = 1_000;
/** One queue a service: long works run one after the other, so two imports never fight over the same rows. */
const QUEUE = 'work';

/** The running job worker of a service. */
export interface JobWorker {
  /** Hands waiting rows to the queue at once instead of at the next look. */
  nudge(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts working off the service's jobs on its kept queue (ADR 0009). */
export async function startJobWorker(options: {
  pool: Pool;
  databaseUrl: string;
  handlers: Readonly<Record<string, JobHandler>>;
  log: Logger;
}): Promise<JobWorker> {
  const { pool, handlers, log } = options;
  const jobs = typedSql<PlatformTables>(pool);
  const runner = jobRunner({ pool, handlers, log });
  const boss = new PgBoss({
    connectionString: options.databaseUrl,
    schema: 'pgboss',
    migrate: false,
    createSchema: false,
    max: 3,
    // Both are needed: how often to look at all, and how often at one queue (its default is a minute).
    superviseIntervalSeconds: WATCH_SECONDS,
    monitorIntervalSeconds: WATCH_SECONDS,
    schedule: false,
  });
  boss.on('error', (error) => log.warn({ err: error }, 'job queue is not reachable'));
  await boss.start();
  await boss.createQueue(QUEUE, {
    heartbeatSeconds: HEARTBEAT_SECONDS,
    retryLimit: 20,
    retryDelay: 1,
    expireInSeconds: 24 * 3600 - 1,
  });
  const worker = await boss.work<{ id: string }>(
    QUEUE,
    // New work is told of (nudge); what another process left behind is found at the next look.
    { pollingIntervalSeconds: 2, batchSize: 1 },
    async ([queued]) => {
      if (queued) await runner.run(queued.data.id);
    },
  );

  // A row ordered by a command is queued here, under its own id, so handing it over twice queues it once.
  const nudge = async () => {
    const rows = await jobs
      .selectFrom('platform.job as j')
      .leftJoin('pgboss.job as q', (join) => join.onRef('q.id', '=', 'j.id').on('q.name', '=', QUEUE))
      .where((eb) =>
        eb.or([
          eb.and([eb('j.state', '=', 'waiting'), eb('q.id', 'is', null)]),
          eb.and([eb('j.state', '=', 'running'), eb('q.state', '=', 'failed')]),
        ]),
      )
      .select(['j.id', 'j.state'])
      .orderBy('j.created_at')
      .orderBy('j.id')
      .execute();
    const waiting = rows.filter(({ state }) => state === 'waiting');
    for (const { id } of waiting) await boss.send(QUEUE, { id }, { id });
    // Short work is done while its owner looks on: the queue is looked at now, not at its next turn.
    if (waiting.length > 0) boss.notifyWorker(worker);
    // What the queue has given up is over for its owner too.
    for (const { id, state } of rows) if (state === 'running') await runner.giveUp(id);
  };
  const timer = setInterval(() => {
    nudge().catch((error: unknown) => log.warn({ err: error }, 'jobs wait to be queued'));
  }, 1000);
  await nudge();
  let stopped: Promise<void> | undefined;
  return {
    nudge: async () => {
      if (!stopped) await nudge();
    },
    stop() {
      clearInterval(timer);
      stopped ??= boss.stop({ graceful: false, close: true });
      return stopped;
    },
  };
}

/** A job as a run of it takes it. */
interface TakenJob {
  readonly id: string;
  readonly kind: string;
  readonly attempt: number;
  readonly given: KeptOrder;
}

/** Runs and ends jobs; everything a run of one depends on is in the database, so that any process can go on with it. */
export interface JobRunner {
  /** Runs a job to an end. @throws what says that the database is unavailable: the job is to be run again */
  run(id: string): Promise<void>;
  /** Ends a job that nothing will run any more. */
  giveUp(id: string): Promise<void>;
}

/** The row of a job, as long as this run of it counts. */
const runOf = (on: Pool | PoolClient, id: string, attempt: number) =>
  typedSql<PlatformTables>(on)
    .updateTable('platform.job')
    .where('id', '=', id)
    .where('attempts', '=', attempt)
    .where('state', '=', 'running');

/** Makes what runs the jobs of a service. */
export function jobRunner(options: {
  pool: Pool;
  handlers: Readonly<Record<string, JobHandler>>;
  log: Pick<Logger, 'error' | 'warn'>;
}): JobRunner {
  const { pool, handlers, log } = options;
  const jobs = typedSql<PlatformTables>(pool);
  const active = new Map<string, Promise<void>>();
  /** Jobs whose last run was ended by the database: that one is not held against them. */
  const excused = new Set<string>();

  async function take(id: string): Promise<TakenJob | null> {
    const attempts = excused.delete(id) ? 0 : 1;
    const row = await jobs
      .updateTable('platform.job')
      .set((eb) => ({
        state: 'running',
        started_at: eb.fn.coalesce('started_at', sql<Date>`now()`),
        done: 0,
        stage: null,
        attempts: eb('attempts', '+', attempts),
      }))
      .where('id', '=', id)
      .where('state', 'in', ['waiting', 'running'])
      .returning(['kind', 'attempts', 'input'])
      .executeTakeFirst();
    return row ? { id, kind: row.kind, attempt: row.attempts, given: row.input } : null;
  }

  async function runOnce(id: string): Promise<void> {
    const job = await take(id);
    if (!job) return;
    if (job.attempt > MAX_ATTEMPTS) {
      log.error({ job: id, kind: job.kind, attempts: MAX_ATTEMPTS }, 'job given up: its process ended each time');
      await end(job, 'failed', GAVE_UP);
      return;
    }
    const handler = handlers[job.kind];
    const cancelling = watchCancel(pool, id);
    try {
      if (!handler) throw new Error(`no handler for job kind ${job.kind}`);
      const result = await asLongWork(() => handler.run(jobRun(pool, job, cancelling.signal)));
      await finish(job, result ?? null);
    } catch (error) {
      if (error instanceof JobSuperseded) return;
      if (error instanceof JobCancelled) await end(job, 'cancelled', { code: 'CANCELLED', params: {} });
      else if (error instanceof DomainError || error instanceof Refusal) {
        await end(job, 'failed', { code: error.code, params: error.params });
      } else if (isDatabaseUnavailable(error)) {
        // The queue tries again by itself; nothing of this run was committed.
        excused.add(id);
        throw error;
      } else {
        log.error({ err: error, job: id, kind: job.kind }, 'job failed');
        await end(job, 'failed', { code: isTooSlow(error) ? 'JOB_TOO_SLOW' : 'UNEXPECTED', params: {} });
      }
    } finally {
      cancelling.stop();
    }
  }

  async function finish({ id, attempt }: TakenJob, result: unknown): Promise<void> {
    await runOf(pool, id, attempt)
      .set((eb) => ({
        state: 'done',
        result: JSON.stringify(result),
        problem: null,
        ended_at: sql<Date>`now()`,
        done: eb.fn.coalesce('total', 'done'),
      }))
      .execute();
  }

  /** Ends a job without its result, and gives its record back in the same transaction. */
  async function end(job: TakenJob, how: 'failed' | 'cancelled', problem: JobProblem): Promise<void> {
    const { id, kind, attempt, given } = job;
    const endRow = async (on: Pool | PoolClient) =>
      runOf(on, id, attempt)
        .set({ state: how, problem: JSON.stringify(problem), ended_at: sql<Date>`now()` })
        .executeTakeFirst();
    try {
      const afterEnd = await inTransaction(pool, async (client) => {
        const { numUpdatedRows } = await endRow(client);
        if (numUpdatedRows !== 1n) return undefined;
        return handlers[kind]?.settle(pgSql(client), { id, input: given.input, how });
      });
      await afterEnd?.();
    } catch (error) {
      if (isDatabaseUnavailable(error)) {
        excused.add(id);
        throw error;
      }
      log.error({ err: error, job: id, kind }, 'the record of an ended job could not be given back');
      await endRow(pool);
    }
  }

  return {
    // A process that was too busy to say that it lives is handed its own job again: both wait for the one run.
    run(id) {
      const running = active.get(id) ?? runOnce(id).finally(() => active.delete(id));
      active.set(id, running);
      return running;
    },
    async giveUp(id) {
      const job = active.has(id) ? null : await take(id);
      if (job) await end(job, 'failed', GAVE_UP);
    },
  };
}

/** Aborts its signal when somebody cancels the job. */
function watchCancel(pool: Pool, id: string): { readonly signal: AbortSignal; stop(): void } {
  const control = new AbortController();
  const timer = setInterval(() => {
    isCancelRequested(pool, id).then(
      (asked) => asked && control.abort(new JobCancelled()),
      // The next look says it, or the next write of progress.
      () => undefined,
    );
  }, CANCEL_EVERY_MS);
  return { signal: control.signal, stop: () => clearInterval(timer) };
}

/** What a run sees of its job; each step of it looks whether the job was cancelled or taken over meanwhile. */
function jobRun(pool: Pool, { id, attempt, given }: TakenJob, signal: AbortSignal): JobRun<unknown> {
  let written = 0;
  const write = async (step: UpdateObject<PlatformTables, 'platform.job'>) => {
    const written = await runOf(pool, id, attempt).set(step).returning('cancel_requested').executeTakeFirst();
    if (!written) throw new JobSuperseded();
    if (written.cancel_requested) throw new JobCancelled();
  };
  return {
    id,
    input: given.input,
    caller: given.caller,
    signal,
    async stage(name, total) {
      written = 0;
      await write({ stage: name, done: 0, total: total ?? null });
    },
    async advance(done) {
      const now = performance.now();
      if (now - written < PROGRESS_EVERY_MS) return;
      written = now;
      await write({ done });
    },
  };
}
