import type { ColumnType, Generated } from 'kysely';

/** The table `platform.idempotency_key` as typed SQL sees it. */
export interface IdempotencyKeyTable {
  account_id: string;
  key: string;
  operation: string;
  request_hash: string;
  status: number;
  answer: ColumnType<unknown, string | null, string | null>;
  county_code: string;
  recorded_at: Generated<Date>;
}
