import type { RegionColumns } from '@bangfu/platform/regions/region-columns';
import type { Tables } from './operations.ts';

/** What becomes of this service's columns of divisions when these change. */
export const REGION_COLUMNS: RegionColumns<Tables> = {
  current: [
    { table: 'unit', code: 'seat_code' },
    { table: 'unit', codes: 'village_codes' },
    { table: 'region_copy', codes: 'neighbours' },
    {
      table: 'pairing_plan',
      code: 'region_code',
      only: { column: 'state', isAnyOf: ['computing', 'draft', 'approved'] },
    },
  ],
  own: ['region_copy.code', 'region_copy.parent_code'],
  asThen: [],
  unrelated: ['cadre.home_village'],
};
