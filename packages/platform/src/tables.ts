import type { ParkedEventTable } from '@bangfu/events/inbox/table';
import type { AuditEntryTable, AuditSealTable } from './audit/table.ts';
import type { IdempotencyKeyTable } from './db/table.ts';
import type { HouseholdCopyTable } from './household-copy/table.ts';
import type { JobTable, QueuedJobTable } from './jobs/table.ts';

/**
 * The tables of the schema `platform`, which every owner of data has, by their full names: a service's own table of the
 * same name is another one.
 */
export interface PlatformTables {
  'platform.audit_entry': AuditEntryTable;
  'platform.audit_seal': AuditSealTable;
  'platform.household_copy': HouseholdCopyTable;
  'platform.idempotency_key': IdempotencyKeyTable;
  'platform.job': JobTable;
  'platform.parked_event': ParkedEventTable;
  'pgboss.job': QueuedJobTable;
}
