import { getCounty } from './get-county/get-county.ts';
import { getCountyHome } from './get-county-home/get-county-home.ts';
import { getDossier } from './get-dossier/get-dossier.ts';
import { getMyHousehold } from './get-my-household/get-my-household.ts';
import { listMyWork } from './list-my-work/list-my-work.ts';

/** What is put together from all services. */
export default [getCounty, getCountyHome, getMyHousehold, listMyWork, getDossier];
