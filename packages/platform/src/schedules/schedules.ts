import { isDatabaseUnavailable } from '@bangfu/data/failure';
import { asLongWork } from '@bangfu/data/limits';
import type { Pool } from '@bangfu/data/pool';
import { DomainError } from '@bangfu/domain/shared/errors';
import { type Clock, PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import { Refusal } from '../http/refusal.ts';

/** What a service does by the clock. */
export interface Schedule {
  readonly name: string;
  /** Minute, hour, day, month and weekday of the county's time. */
  readonly cron: string;
  /** @param id stands for the request */
  run(id: string): Promise<unknown>;
}

/** The running schedules of a process. */
export interface RunningSchedules {
  stop(): Promise<void>;
}

const TIME_ZONE = 'Asia/Shanghai';
/** One queue for all schedules of a service: what is due at one time follows each other. */
const QUEUE = 'clock';
/** The rarest there is: at rest the clock costs a statement or two a minute. */
const LOOK_SECONDS = 45;
/** A run whose process died is noticed after this long, and begun again. */
const HEARTBEAT_SECONDS = 30;
const RETRY = { retryLimit: 3, retryDelay: 60 };

/**
 * Runs schedules at their times: once among all processes of a service, and once after a time at which none was running,
 * however many times that was. A run that fails is noted and ends nothing; one that the database was lost under is tried
 * again.
 * @param clock given by tests only
 */
export async function startSchedules(options: {
  pool: Pool;
  databaseUrl: string;
  schedules: readonly Schedule[];
  log: Pick<Logger, 'warn' | 'error'>;
  clock?: Clock;
}): Promise<RunningSchedules> {
  const { pool, databaseUrl, schedules, log, clock } = options;
  const byName = new Map(schedules.map((schedule) => [schedule.name, schedule]));
  const boss = new PgBoss({
    connectionString: databaseUrl,
    schema: 'pgboss',
    migrate: false,
    createSchema: false,
    max: 2,
    cronMonitorIntervalSeconds: LOOK_SECONDS,
    cronWorkerIntervalSeconds: LOOK_SECONDS,
    ...(clock && { clock }),
  });
  boss.on('error', (error) => log.warn({ err: error }, 'the clock is not reachable'));
  await boss.start();
  // One run of a schedule at a time: what becomes due while it lasts is left out.
  await boss.createQueue(QUEUE, { policy: 'exclusive', heartbeatSeconds: HEARTBEAT_SECONDS, ...RETRY });
  const nextOf = ({ cron }: Schedule) => boss.previewSchedule(cron, { tz: TIME_ZONE, count: 1 })[0];

  await forgetOthers(pool, boss, [...byName.keys()]);
  for (const schedule of schedules) {
    const { name, cron } = schedule;
    await boss.schedule(QUEUE, cron, { name }, { tz: TIME_ZONE, key: name, missed: 'once', singletonKey: name });
    await pool.query(
      `INSERT INTO platform.schedule (name, cron, next_at) VALUES ($1, $2, $3)
       ON CONFLICT (name) DO UPDATE SET cron = excluded.cron, next_at = excluded.next_at`,
      [name, cron, nextOf(schedule)],
    );
  }
  await boss.work<{ name: string }>(QUEUE, { pollingIntervalSeconds: LOOK_SECONDS, batchSize: 1 }, async ([due]) => {
    const schedule = due && byName.get(due.data.name);
    if (schedule) await runOnce(pool, schedule, due.id, nextOf(schedule), log);
  });
  return { stop: () => boss.stop({ graceful: false, close: true }) };
}

/** Forgets schedules that an earlier release had. */
async function forgetOthers(pool: Pool, boss: PgBoss, names: readonly string[]): Promise<void> {
  for (const { key } of await boss.getSchedules(QUEUE)) if (!names.includes(key)) await boss.unschedule(QUEUE, key);
  await pool.query('DELETE FROM platform.schedule WHERE name <> ALL ($1::text[])', [names]);
}

/** @throws what says that the database is unavailable: the run is to be tried again */
async function runOnce(
  pool: Pool,
  { name, run }: Schedule,
  id: string,
  next: Date | undefined,
  log: Pick<Logger, 'error'>,
): Promise<void> {
  await pool.query(
    'UPDATE platform.schedule SET begun_at = now(), next_at = coalesce($2, next_at), recorded_at = now() WHERE name = $1',
    [name, next],
  );
  try {
    await asLongWork(() => run(id));
    await pool.query('UPDATE platform.schedule SET done_at = now() WHERE name = $1', [name]);
  } catch (error) {
    log.error({ err: error, schedule: name }, 'a run by the clock failed');
    await pool.query('UPDATE platform.schedule SET failed_at = now(), failure = $2 WHERE name = $1', [
      name,
      reasonOf(error),
    ]);
    if (isDatabaseUnavailable(error)) throw error;
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof DomainError || error instanceof Refusal) return error.code;
  if (!(error instanceof Error)) return 'UNEXPECTED';
  return 'code' in error ? String(error.code) : error.name;
}

/** How a schedule goes. */
export interface ScheduleState {
  readonly name: string;
  readonly lastAt: string | null;
  readonly nextAt: string;
  readonly failedAt: string | null;
  /** Why it failed then, as a code. */
  readonly failure: string | null;
  /** Whether its last run failed. */
  readonly isFailing: boolean;
}

/** How the schedules of a service go, by name. */
export async function scheduleStates(pool: Pool): Promise<ScheduleState[]> {
  const { rows } = await pool.query<{
    name: string;
    begun_at: Date | null;
    next_at: Date;
    done_at: Date | null;
    failed_at: Date | null;
    failure: string | null;
  }>('SELECT name, begun_at, next_at, done_at, failed_at, failure FROM platform.schedule ORDER BY name');
  return rows.map(({ name, begun_at, next_at, done_at, failed_at, failure }) => ({
    name,
    lastAt: begun_at?.toISOString() ?? null,
    nextAt: next_at.toISOString(),
    failedAt: failed_at?.toISOString() ?? null,
    failure,
    isFailing: failed_at !== null && (done_at === null || failed_at > done_at),
  }));
}
