import type { ColumnType, Generated } from 'kysely';

/** The table `platform.audit_entry` as typed SQL sees it; nothing of it can be changed. */
export interface AuditEntryTable {
  id: string;
  xid: Generated<string>;
  ordinal: Generated<number>;
  county_code: string;
  at: ColumnType<Date, Date | string, never>;
  account_id: string;
  account_name: string;
  address: string;
  request_id: string;
  action: string;
  record_type: string;
  record_id: string;
  change: ColumnType<unknown, string, never>;
  recorded_at: Generated<Date>;
}

/** The table `platform.audit_seal` as typed SQL sees it. */
export interface AuditSealTable {
  position: number;
  entry_id: string;
  entry_hash: Buffer;
  chain_hash: Buffer;
  recorded_at: Generated<Date>;
}
