import { closeRegion } from './close-region/close-region.ts';
import { importRegions } from './import-regions/import-regions.ts';
import { listRegionChanges } from './list-region-changes/list-region-changes.ts';
import { listRegions } from './list-regions/list-regions.ts';
import { mergeRegions } from './merge-regions/merge-regions.ts';
import { recodeRegion } from './recode-region/recode-region.ts';
import { renameRegion } from './rename-region/rename-region.ts';
import { splitRegion } from './split-region/split-region.ts';

/** The region tree, read by everyone within their scope: established by its table, changed by documents. */
export default [
  importRegions,
  listRegions,
  listRegionChanges,
  renameRegion,
  recodeRegion,
  mergeRegions,
  splitRegion,
  closeRegion,
];
