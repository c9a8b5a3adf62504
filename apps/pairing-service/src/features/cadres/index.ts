import {
  changeCadre,
  changeHelpingUnit,
  createCadre,
  createHelpingUnit,
  importCadres,
  listCadres,
  listHelpingUnits,
  listPairingRegions,
  revealCadrePhone,
} from '@bangfu/contracts/pairing/cadres';
import { route } from '@bangfu/service-kit/http/route';
import { Router } from 'express';
import type { Pairing } from '../../db/client.ts';
import { takeCadreList } from './import-cadres/import-cadres.ts';
import { addCadre, changeOneCadre } from './keep-cadre/keep-cadre.ts';
import { addUnit, changeUnit } from './keep-unit/keep-unit.ts';
import { findCadres } from './lists/list-cadres.query.ts';
import { findRegions, findUnits } from './lists/list-units.query.ts';
import { showPhone } from './reveal-phone/reveal-phone.ts';

/** Units and cadres: lists, one by one, and as a workbook. */
export function cadreRoutes(service: Pairing): Router {
  const router = Router();
  route(router, service, listPairingRegions, ({ caller }) => findRegions(service, caller));
  route(router, service, listHelpingUnits, ({ caller, query }) => findUnits(service, caller, query));
  route(router, service, createHelpingUnit, (call) => addUnit(service, call, call.body));
  route(router, service, changeHelpingUnit, (call) => changeUnit(service, call, call.params.unitId, call.body));
  route(router, service, listCadres, ({ caller, query, now }) => findCadres(service, caller, query, now));
  route(router, service, importCadres, (call) =>
    takeCadreList(service, call, call.upload, {
      fileName: call.query.name,
      commit: call.query.commit === 'true',
      language: call.language,
    }),
  );
  route(router, service, createCadre, (call) => addCadre(service, call, call.body));
  route(router, service, changeCadre, (call) => changeOneCadre(service, call, call.params.cadreId, call.body));
  route(router, service, revealCadrePhone, (call) => showPhone(service, call, call.params.cadreId, call.body.reason));
  return router;
}
