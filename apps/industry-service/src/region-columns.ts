import type { RegionColumns } from '@bangfu/platform/regions/region-columns';
import type { Tables } from './operations.ts';

/** What becomes of this service's columns of divisions when these change. */
export const REGION_COLUMNS: RegionColumns<Tables> = {
  current: [
    { table: 'entity', code: 'seat_code' },
    { table: 'entity', codes: 'village_codes' },
    { table: 'contract_household', code: 'village_code', household: 'household_id', villageName: 'village_name' },
  ],
  own: [],
  asThen: [
    'declaration_notice.village_code',
    'declaration_notice.village_name',
    'posted_line.village_code',
    'posted_line.village_name',
    'dividend_line.village_code',
    'dividend_line.village_name',
    'dividend_claim.village_code',
    'dividend_claim.village_name',
    'issued_paper.village_code',
  ],
  unrelated: [],
};
