import type { RegionChanged } from '@bangfu/events/catalog/identification';
import type { ColumnType, Generated } from 'kysely';

/** The table `platform.region_change` as typed SQL sees it. */
export interface RegionChangeTable {
  id: string;
  county_code: string;
  changed_at: ColumnType<Date, Date | string, never>;
  data: ColumnType<RegionChanged, string, never>;
  recorded_at: Generated<Date>;
}
