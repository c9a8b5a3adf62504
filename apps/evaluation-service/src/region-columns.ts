import type { RegionColumns } from '@bangfu/platform/regions/region-columns';
import type { Tables } from './operations.ts';

/** What becomes of this service's columns of divisions when these change. */
export const REGION_COLUMNS: RegionColumns<Tables> = {
  current: [],
  own: ['evaluation.regions'],
  asThen: [
    'frame_row.village_code',
    'frame_row.village_name',
    'frame_row.township_name',
    'sample_village.village_code',
    'sample_row.village_code',
  ],
  unrelated: ['evaluation.sample_villages'],
};
