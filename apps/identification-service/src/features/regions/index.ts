import { importRegions } from './import-regions/import-regions.ts';
import { listRegions } from './list-regions/list-regions.ts';

/** The region tree: imported from its table, read by everyone within their scope. */
export default [importRegions, listRegions];
