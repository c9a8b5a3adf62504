import type { ReadSql } from '@bangfu/data/typed-sql';
import type { PolicyTables } from './table.ts';

/** What a value must meet beside its schema in the county as it is now, by the key of its policy. @throws DomainError */
export type PolicyChecks = Readonly<
  Record<string, (read: ReadSql<PolicyTables>, countyCode: string, value: unknown) => Promise<void>>
>;
