import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Migration } from './prisma-engine.ts';

/** The databases of an installation: one for each service, the gateway's own, and the embedded event log's. */
export const DATABASES = [
  'gateway',
  'identification',
  'pairing',
  'industry',
  'training',
  'evaluation',
  'events',
] as const;
export type DatabaseName = (typeof DATABASES)[number];

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PLATFORM = join(ROOT, 'packages/platform/migrations');
const EVENTS = join(ROOT, 'packages/events/src');

/** Where a service's Prisma schema and migrations lie; the event log has none. */
export function prismaFolder(name: Exclude<DatabaseName, 'events'>): string {
  return join(ROOT, 'apps', name === 'gateway' ? 'gateway' : `${name}-service`, 'prisma');
}

/** A service's schema file and its migrations in order. */
export function prismaMigrations(name: Exclude<DatabaseName, 'events'>): { schema: string; migrations: Migration[] } {
  const folder = prismaFolder(name);
  const migrations = readdirSync(join(folder, 'migrations'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((each) => ({ name: each, sql: readFileSync(join(folder, 'migrations', each, 'migration.sql'), 'utf8') }));
  return { schema: readFileSync(join(folder, 'schema.prisma'), 'utf8'), migrations };
}

/** The kit's tables beside a service's own: outbox, inbox, audit, jobs; applied in order to the schema "platform". */
export function platformMigrations(name: DatabaseName): Migration[] {
  const read = (path: string): Migration => ({
    name: path.slice(path.lastIndexOf('/') + 1),
    sql: readFileSync(path, 'utf8'),
  });
  if (name === 'events')
    return [read(join(EVENTS, 'postgres/log.sql')), read(join(EVENTS, 'postgres/log-writers.sql'))];
  return [
    read(join(EVENTS, 'outbox/outbox.sql')),
    read(join(EVENTS, 'inbox/inbox.sql')),
    read(join(EVENTS, 'inbox/rewind.sql')),
    read(join(EVENTS, 'outbox/accepted.sql')),
    ...readdirSync(PLATFORM)
      .filter((file) => file.endsWith('.sql'))
      .sort()
      .map((file) => read(join(PLATFORM, file))),
  ];
}

const PLATFORM_APPEND_ONLY = ['platform.audit_entry', 'platform.audit_seal', 'platform.outbox_event'];

/** Tables nobody may change or delete from, not even the application: by GRANT (architecture, Data). */
export const APPEND_ONLY: Readonly<Record<DatabaseName, readonly string[]>> = {
  gateway: PLATFORM_APPEND_ONLY,
  identification: [
    ...PLATFORM_APPEND_ONLY,
    'public.household_history',
    'public.person_history',
    'public.correction',
    'public.case_event',
    'public.notice',
    'public.notice_case',
    'public.notice_status',
    'public.objection',
    'public.objection_answer',
    'public.objection_supporter',
    'public.income_evidence',
    'public.region_change',
  ],
  pairing: [...PLATFORM_APPEND_ONLY, 'public.pairing_reversal'],
  industry: [
    ...PLATFORM_APPEND_ONLY,
    'public.dividend_payment',
    'public.dividend_return',
    'public.dividend_confirmation',
    'public.dividend_claim',
    'public.bank_file_fetch',
    'public.issued_paper',
    'public.posted_line',
    'public.declaration_objection_supporter',
    'public.dividend_nil',
    'public.dividend_nil_decision',
  ],
  training: [...PLATFORM_APPEND_ONLY, 'public.satisfaction_answer'],
  evaluation: [
    ...PLATFORM_APPEND_ONLY,
    'public.frame_row',
    'public.frame_register',
    'public.sample_village',
    'public.sample_row',
    'public.return_file',
    'public.household_return',
    'public.return_problem',
    'public.rate_result',
  ],
  events: ['platform.log'],
};

/**
 * Tables whose rows are kept as they were written but for the columns of their state: by GRANT. No row is ever deleted.
 */
export const CHANGES_STATE_ONLY: Readonly<Record<string, readonly string[]>> = {
  'platform.policy': [
    'state',
    'approved_by',
    'approved_by_name',
    'approved_at',
    'withdrawn_by',
    'withdrawn_by_name',
    'withdrawn_at',
    'withdrawn_reason',
    'version',
  ],
};
