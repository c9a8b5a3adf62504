import type { Sql } from '@bangfu/data/sql';
import type { Caller } from '../auth/caller.ts';

/** One act on one record. `change` holds before and after, or the digest of a bulk act; no sensitive plain values. */
export interface AuditEntry {
  readonly id: string;
  readonly action: string;
  readonly recordType: string;
  readonly recordId: string;
  readonly change: unknown;
}

/** Writes audit rows in the act's own transaction; the sealer chains them after commit. */
export async function writeAudit(sql: Sql, caller: Caller, entries: readonly AuditEntry[], now: Date): Promise<void> {
  for (const entry of entries) {
    await sql.query(
      `INSERT INTO platform.audit_entry
         (id, county_code, at, account_id, account_name, address, request_id, action, record_type, record_id, change)
       VALUES ($1::uuid, $2, $3::timestamptz, $4, $5, $6, $7, $8, $9, $10, $11::jsonb)`,
      [
        entry.id,
        caller.countyCode,
        now.toISOString(),
        caller.id,
        caller.name,
        caller.address,
        caller.requestId,
        entry.action,
        entry.recordType,
        entry.recordId,
        JSON.stringify(entry.change ?? null),
      ],
    );
  }
}
