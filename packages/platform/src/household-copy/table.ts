import type { ReadSql } from '@bangfu/data/typed-sql';
import type { ColumnType, Generated } from 'kysely';
import type { HouseholdCopy, MemberCopy } from './household-copy.ts';

/** The table `platform.household_copy` as typed SQL sees it; a day is a text. */
export interface HouseholdCopyTable {
  id: string;
  county_code: string;
  number: string;
  village_code: string;
  village_name: string;
  township_name: string;
  head_name: string;
  status: HouseholdCopy['status'];
  monitored: Generated<boolean>;
  category: string | null;
  main_cause: string | null;
  per_capita_income_fen: number | null;
  member_count: number;
  members: ColumnType<readonly MemberCopy[], string, string>;
  registered_on: string | null;
  exited_on: string | null;
  withdrawn: Generated<boolean>;
  heard_at: ColumnType<Date, Date | string, Date | string>;
  recorded_at: Generated<Date>;
}

/** The copies that are not withdrawn by their names in code, for a query over `household_copy as h`. */
export const householdCopies = (read: ReadSql<{ household_copy: HouseholdCopyTable }>) =>
  read
    .selectFrom('household_copy as h')
    .where('h.withdrawn', '=', false)
    .select(['h.id', 'h.county_code as countyCode', 'h.number', 'h.village_code as villageCode'])
    .select(['h.village_name as villageName', 'h.township_name as townshipName', 'h.head_name as headName'])
    .select(['h.status', 'h.monitored', 'h.category', 'h.main_cause as mainCause'])
    .select(['h.per_capita_income_fen as perCapitaIncomeFen', 'h.member_count as memberCount', 'h.members']);
