import { getDossier } from './get-dossier/get-dossier.ts';
import { getHome } from './get-home/get-home.ts';
import { listWork } from './list-work/list-work.ts';

/** What industry adds to the common places: county home, dossier, my work. */
export default [getHome, getDossier, listWork];
