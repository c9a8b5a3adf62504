import { DomainError } from '@bangfu/domain/shared/errors';
import { PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import type { Caller } from '../auth/caller.ts';
import { isDatabaseAway } from '../db/failure.ts';
import type { Pool } from '../db/pool.ts';
import { Refusal } from '../http/refusal.ts';
import { JobCancelled, type JobHandler, type JobRun } from './job.ts';

/** Time is told between two writes of progress, so that millions of rows cost no millions of updates. */
const PROGRESS_EVERY_MS = 250;
/** A worker that dies is noticed after this long, and its job begins anew. */
const HEARTBEAT_SECONDS = 10;
const WATCH_SECONDS = 5;
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
  await boss.work<{ id: string }>(QUEUE, { pollingIntervalSeconds: 0.5, batchSize: 1 }, async ([queued]) => {
    if (queued) await runJob(pool, handlers, queued.data.id, log);
  });

  // A row ordered by a command is queued here, under its own id, so handing it over twice queues it once.
  const nudge = async () => {
    const { rows } = await pool.query<{ id: string }>(
      `SELECT j.id::text AS id FROM platform.job j WHERE j.state = 'waiting'
         AND NOT EXISTS (SELECT 1 FROM pgboss.job q WHERE q.name = $1 AND q.id = j.id) ORDER BY j.created_at, j.id`,
      [QUEUE],
    );
    for (const { id } of rows) await boss.send(QUEUE, { id }, { id });
    // What the queue has given up is over for its owner too.
    await pool.query(
      `UPDATE platform.job j SET state = 'failed', problem = $2::jsonb, ended_at = now() WHERE j.state = 'running'
         AND EXISTS (SELECT 1 FROM pgboss.job q WHERE q.name = $1 AND q.id = j.id AND q.state = 'failed')`,
      [QUEUE, JSON.stringify({ code: 'UNEXPECTED', params: {} })],
    );
  };
  const timer = setInterval(() => {
    nudge().catch((error: unknown) => log.warn({ err: error }, 'jobs wait to be queued'));
  }, 1000);
  await nudge();
  return {
    nudge,
    async stop() {
      clearInterval(timer);
      await boss.stop({ graceful: false, close: true });
    },
  };
}

async function runJob(
  pool: Pool,
  handlers: Readonly<Record<string, JobHandler>>,
  id: string,
  log: Logger,
): Promise<void> {
  const { rows } = await pool.query<{ kind: string; input: { caller: Caller; input: unknown } }>(
    `UPDATE platform.job SET state = 'running', started_at = coalesce(started_at, now()), done = 0, stage = NULL
     WHERE id = $1::uuid AND state IN ('waiting', 'running') RETURNING kind, input`,
    [id],
  );
  const job = rows[0];
  if (!job) return;
  const handler = handlers[job.kind];
  try {
    if (!handler) throw new Error(`no handler for job kind ${job.kind}`);
    const result = await handler(jobRun(pool, id, job.input));
    await end(pool, id, 'done', result ?? null, null);
  } catch (error) {
    if (error instanceof JobCancelled) {
      await end(pool, id, 'cancelled', null, { code: 'CANCELLED', params: {} });
    } else if (error instanceof DomainError || error instanceof Refusal) {
      await end(pool, id, 'failed', null, { code: error.code, params: error.params });
    } else if (isDatabaseAway(error)) {
      // The queue tries again by itself; nothing of the attempt was committed.
      throw error;
    } else {
      log.error({ err: error, job: id, kind: job.kind }, 'job failed');
      await end(pool, id, 'failed', null, { code: 'UNEXPECTED', params: {} });
    }
  }
}

function jobRun(pool: Pool, id: string, given: { caller: Caller; input: unknown }): JobRun<unknown> {
  let written = 0;
  return {
    id,
    input: given.input,
    caller: given.caller,
    async stage(name, total) {
      written = 0;
      const { rows } = await pool.query<{ cancel_requested: boolean }>(
        'UPDATE platform.job SET stage = $2, done = 0, total = $3 WHERE id = $1::uuid RETURNING cancel_requested',
        [id, name, total ?? null],
      );
      if (rows[0]?.cancel_requested) throw new JobCancelled();
    },
    async advance(done) {
      const now = performance.now();
      if (now - written < PROGRESS_EVERY_MS) return;
      written = now;
      const { rows } = await pool.query<{ cancel_requested: boolean }>(
        'UPDATE platform.job SET done = $2 WHERE id = $1::uuid RETURNING cancel_requested',
        [id, done],
      );
      if (rows[0]?.cancel_requested) throw new JobCancelled();
    },
  };
}

async function end(pool: Pool, id: string, state: string, result: unknown, problem: unknown): Promise<void> {
  await pool.query(
    `UPDATE platform.job SET state = $2, result = $3::jsonb, problem = $4::jsonb, ended_at = now(),
       done = CASE WHEN $2 = 'done' THEN coalesce(total, done) ELSE done END WHERE id = $1::uuid`,
    [id, state, JSON.stringify(result), problem ? JSON.stringify(problem) : null],
  );
}
