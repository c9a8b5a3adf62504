import type { RegionColumns } from '@bangfu/platform/regions/region-columns';
import type { Tables } from './operations.ts';

/** What becomes of this service's columns of divisions when these change. */
export const REGION_COLUMNS: RegionColumns<Tables> = {
  current: [],
  own: ['region.code', 'region.parent_code', 'account_grant.scope', 'api_key.grants'],
  asThen: [],
  unrelated: ['credential.scope'],
};
