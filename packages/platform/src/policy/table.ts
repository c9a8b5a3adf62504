import type { PolicyState } from '@bangfu/domain/shared/policy';
import type { ColumnType, Generated } from 'kysely';

/** The table `platform.policy` as typed SQL sees it; a day is a text. */
export interface PolicyTable {
  id: string;
  county_code: string | null;
  region: Generated<string>;
  key: string;
  valid_from: string;
  value: ColumnType<unknown, string, never>;
  document: string;
  paragraph: Generated<string>;
  state: PolicyState;
  drafted_by: string;
  drafted_by_name: string;
  drafted_at: ColumnType<Date, Date | string, never>;
  approved_by: string | null;
  approved_by_name: string | null;
  approved_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  withdrawn_by: string | null;
  withdrawn_by_name: string | null;
  withdrawn_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  withdrawn_reason: string | null;
  version: Generated<number>;
  recorded_at: Generated<Date>;
}

/** What reads and writes policies. */
export interface PolicyTables {
  policy: PolicyTable;
}
