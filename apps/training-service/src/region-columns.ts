import type { RegionColumns } from '@bangfu/platform/regions/region-columns';
import type { Tables } from './operations.ts';

/** What becomes of this service's columns of divisions when these change. */
export const REGION_COLUMNS: RegionColumns<Tables> = {
  current: [
    {
      table: 'enrolment',
      code: 'village_code',
      household: 'household_id',
      villageName: 'village_name',
      townshipName: 'township_name',
    },
  ],
  own: [],
  asThen: ['certificate.village_code', 'certificate.village_name', 'certificate.township_name'],
  unrelated: [],
};
