import { Gauge, type Registry } from 'prom-client';
import { type Pool, waitingOf } from '@bangfu/data/pool';
import { type ScheduleState, scheduleStates } from '../schedules/schedules.ts';
import { keptForAMoment } from './kept.ts';

/** Why something is not as it should be; a stable code. */
export type HealthReason =
  /** Nothing can be answered: the only one that takes a service out of use. */
  | 'DATABASE_UNAVAILABLE'
  /** Uploads are refused until there is room. */
  | 'DISK_LOW'
  /** Events wait to be sent, for the broker or for a transaction that does not end. */
  | 'EVENTS_LATE'
  /** Nothing is sent: the database was restored to an earlier time (docs/runbooks/restored-database.md). */
  | 'EVENTS_REWOUND'
  /** Events of others were put aside; somebody must look (docs/runbooks/parked-events.md). */
  | 'EVENTS_PARKED'
  /** Rows of the audit log wait to be sealed. */
  | 'AUDIT_UNSEALED'
  /** A job waits to be begun for longer than others take. */
  | 'JOBS_LATE'
  /** The last run of something that the clock does failed. */
  | 'SCHEDULE_FAILED';

/** What an operator looks at first, each a figure of the moment. */
export interface HealthFacts {
  readonly eventsWaiting: number;
  readonly eventsOldestSeconds: number;
  readonly eventsParked: number;
  readonly auditUnsealed: number;
  readonly auditOldestSeconds: number;
  readonly jobsWaiting: number;
  readonly jobsOldestSeconds: number;
  readonly lockWaits: number;
  readonly poolWaiting: number;
  /** Null where nothing is kept on a disk. */
  readonly diskFreeBytes: number | null;
}

/** The state of a process and what it depends on; `facts` is null when the database says nothing. */
export interface Health {
  readonly ready: boolean;
  readonly reasons: readonly HealthReason[];
  readonly facts: HealthFacts | null;
  /** What is done by the clock, and how it goes. */
  readonly schedules: readonly ScheduleState[];
}

const LATE_SECONDS = 60;
const JOB_LATE_SECONDS = 15 * 60;
/** Rows that are sealed out of their order lie within so many. */
const LAST_SEALED = 1_000;

const FIGURES = `
  WITH sealed AS (
    SELECT coalesce(max(e.ordinal), 0) AS ordinal FROM platform.audit_seal s
    JOIN platform.audit_entry e ON e.id = s.entry_id
    WHERE s.position > (SELECT coalesce(max(position), 0) - ${LAST_SEALED} FROM platform.audit_seal)
  ), unsealed AS (
    SELECT count(*)::int AS n, min(e.recorded_at) AS oldest FROM platform.audit_entry e, sealed
    WHERE e.ordinal > sealed.ordinal - ${LAST_SEALED}
      AND NOT EXISTS (SELECT FROM platform.audit_seal s WHERE s.entry_id = e.id)
  ), waiting AS (
    SELECT count(*)::int AS n, min(recorded_at) AS oldest FROM platform.job WHERE state = 'waiting'
  )
  SELECT (SELECT count(*)::int FROM platform.parked_event) AS "eventsParked",
    unsealed.n AS "auditUnsealed", ${secondsSince('unsealed.oldest')} AS "auditOldestSeconds",
    waiting.n AS "jobsWaiting", ${secondsSince('waiting.oldest')} AS "jobsOldestSeconds",
    (SELECT count(*)::int FROM pg_locks WHERE NOT granted) AS "lockWaits"
  FROM unsealed, waiting`;

function secondsSince(instant: string): string {
  return `coalesce(extract(epoch FROM clock_timestamp() - ${instant}), 0)::float8`;
}

/** What a health is made from. */
export interface HealthParts {
  readonly pool: Pool;
  /** All pools whose callers may have to wait. */
  readonly pools: readonly Pool[];
  readonly lag?: () => Promise<{ readonly events: number; readonly oldestMs: number }>;
  readonly isRewound?: () => boolean;
  readonly room?: () => Promise<{ readonly freeBytes: number; readonly isLow: boolean }>;
}

/** Looks after a process. */
export const openHealth = (parts: HealthParts): (() => Promise<Health>) => keptForAMoment(() => lookAfter(parts));

async function lookAfter({ pool, pools, lag, room, isRewound }: HealthParts): Promise<Health> {
  const disk = await room?.().catch(() => undefined);
  const own: HealthReason[] = [];
  if (disk?.isLow) own.push('DISK_LOW');
  if (isRewound?.()) own.push('EVENTS_REWOUND');
  try {
    const { rows } =
      await pool.query<Omit<HealthFacts, 'eventsWaiting' | 'eventsOldestSeconds' | 'poolWaiting' | 'diskFreeBytes'>>(
        FIGURES,
      );
    const events = (await lag?.()) ?? { events: 0, oldestMs: 0 };
    const [figures] = rows;
    if (!figures) throw new Error('no figures');
    const facts: HealthFacts = {
      ...figures,
      eventsWaiting: events.events,
      eventsOldestSeconds: events.oldestMs / 1000,
      poolWaiting: pools.reduce((sum, each) => sum + waitingOf(each), 0),
      diskFreeBytes: disk?.freeBytes ?? null,
    };
    const schedules = await scheduleStates(pool);
    if (schedules.some(({ isFailing }) => isFailing)) own.push('SCHEDULE_FAILED');
    return { ready: true, reasons: [...own, ...reasonsIn(facts)], facts, schedules };
  } catch {
    return { ready: false, reasons: ['DATABASE_UNAVAILABLE', ...own], facts: null, schedules: [] };
  }
}

function reasonsIn(facts: HealthFacts): HealthReason[] {
  const late: readonly (readonly [HealthReason, boolean])[] = [
    ['EVENTS_LATE', facts.eventsOldestSeconds > LATE_SECONDS],
    ['EVENTS_PARKED', facts.eventsParked > 0],
    ['AUDIT_UNSEALED', facts.auditOldestSeconds > LATE_SECONDS],
    ['JOBS_LATE', facts.jobsOldestSeconds > JOB_LATE_SECONDS],
  ];
  return late.filter(([, is]) => is).map(([reason]) => reason);
}

/** The names of the figures as a monitoring system reads them. */
const GAUGES: Readonly<Record<keyof HealthFacts, readonly [name: string, help: string]>> = {
  eventsWaiting: ['bangfu_events_waiting', 'Events committed and not yet taken by the broker.'],
  eventsOldestSeconds: ['bangfu_events_oldest_seconds', 'Age of the oldest of them.'],
  eventsParked: ['bangfu_events_parked', 'Events of others that were put aside.'],
  auditUnsealed: ['bangfu_audit_unsealed', 'Rows of the audit log that are not sealed yet.'],
  auditOldestSeconds: ['bangfu_audit_unsealed_oldest_seconds', 'Age of the oldest of them.'],
  jobsWaiting: ['bangfu_jobs_waiting', 'Jobs ordered and not begun.'],
  jobsOldestSeconds: ['bangfu_jobs_oldest_seconds', 'Age of the oldest of them.'],
  lockWaits: ['bangfu_lock_waits', 'Transactions of the database server that wait for another.'],
  poolWaiting: ['bangfu_pool_waiting', 'Callers that wait for a connection.'],
  diskFreeBytes: ['bangfu_disk_free_bytes', 'Room on the disk of the files.'],
};

/** The instants of a schedule, in seconds of Unix time. */
const SCHEDULE_GAUGES: readonly (readonly [name: string, help: string, of: (state: ScheduleState) => string | null])[] =
  [
    ['bangfu_schedule_last_seconds', 'When what the clock does last began.', ({ lastAt }) => lastAt],
    ['bangfu_schedule_next_seconds', 'When it begins next.', ({ nextAt }) => nextAt],
    ['bangfu_schedule_failed_seconds', 'When it last failed.', ({ failedAt }) => failedAt],
  ];

/** Publishes the figures, and whether the process is ready, in a registry; the event loop's delay is there by itself. */
export function publishHealth(metrics: Registry, health: () => Promise<Health>): void {
  const gauge = (name: string, help: string, valueOf: (now: Health) => number | null | undefined) =>
    new Gauge({
      name,
      help,
      registers: [metrics],
      async collect() {
        const value = valueOf(await health());
        if (value === null || value === undefined) this.reset();
        else this.set(value);
      },
    });
  gauge('bangfu_ready', 'Whether the process can answer.', ({ ready }) => (ready ? 1 : 0));
  for (const [fact, [name, help]] of Object.entries(GAUGES)) {
    gauge(name, help, ({ facts }) => facts?.[fact as keyof HealthFacts]);
  }
  for (const [name, help, instantOf] of SCHEDULE_GAUGES) {
    const times = new Gauge({
      name,
      help,
      labelNames: ['schedule'],
      registers: [metrics],
      async collect() {
        times.reset();
        for (const state of (await health()).schedules) {
          const at = instantOf(state);
          if (at) times.set({ schedule: state.name }, Date.parse(at) / 1000);
        }
      },
    });
  }
}
