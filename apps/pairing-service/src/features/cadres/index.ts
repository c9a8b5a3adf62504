import { changeCadre } from './change-cadre/change-cadre.ts';
import { changeHelpingUnit } from './change-helping-unit/change-helping-unit.ts';
import { createCadre } from './create-cadre/create-cadre.ts';
import { createHelpingUnit } from './create-helping-unit/create-helping-unit.ts';
import { importCadres } from './import-cadres/import-cadres.ts';
import { listCadres } from './list-cadres/list-cadres.ts';
import { listHelpingUnits } from './list-helping-units/list-helping-units.ts';
import { listPairingRegions } from './list-pairing-regions/list-pairing-regions.ts';
import { revealCadrePhone } from './reveal-cadre-phone/reveal-cadre-phone.ts';

/** Units and cadres: lists, one by one, and as a workbook. */
export default [
  listPairingRegions,
  listHelpingUnits,
  createHelpingUnit,
  changeHelpingUnit,
  listCadres,
  importCadres,
  createCadre,
  changeCadre,
  revealCadrePhone,
];
