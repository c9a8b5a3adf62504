import type { RegionColumns } from '@bangfu/platform/regions/region-columns';
import type { Tables } from './operations.ts';

/** What becomes of this service's columns of divisions when these change. */
export const REGION_COLUMNS: RegionColumns<Tables> = {
  current: [
    { table: 'case_file', code: 'village_code', household: 'household_id' },
    { table: 'region', codes: 'neighbours' },
    { table: 'quality_breach', code: 'village_code', household: 'household_id' },
  ],
  own: ['region.code', 'region.parent_code', 'household.village_id', 'household.village_code'],
  asThen: [
    'region_period.region_id',
    'region_period.code',
    'region_period.parent_code',
    'household_history.village_id',
    'household_history.village_code',
    'notice.region_code',
    'notice_case.village_code',
    'roster_import.region_prefixes',
  ],
  unrelated: ['household.natural_village', 'household_history.natural_village', 'import_problem.village'],
};
