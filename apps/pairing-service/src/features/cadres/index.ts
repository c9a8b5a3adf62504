import * as contract from '@bangfu/contracts/pairing/cadres';
import { route } from '@bangfu/platform/http/route';
import type { JobHandler } from '@bangfu/platform/jobs/job';
import { Router } from 'express';
import type { Pairing } from '../../db/client.ts';
import { listOpenCadres, listOpenUnits } from './cadre-steps.ts';
import { changeCadre } from './change-cadre/change-cadre.ts';
import { changeHelpingUnit } from './change-helping-unit/change-helping-unit.ts';
import { createCadre } from './create-cadre/create-cadre.ts';
import { createHelpingUnit } from './create-helping-unit/create-helping-unit.ts';
import { CADRE_LIST, cadreListJob, importCadres } from './import-cadres/import-cadres.ts';
import { findRegions } from './lists/list-units.query.ts';
import { revealCadrePhone } from './reveal-cadre-phone/reveal-cadre-phone.ts';

/** Units and cadres: lists, one by one, and as a workbook. */
export function cadreRoutes(service: Pairing): Router {
  const router = Router();
  route(router, service, contract.listPairingRegions, ({ caller }) => findRegions(service, caller));
  route(router, service, contract.listHelpingUnits, (call) => listOpenUnits(service, call, call.query));
  route(router, service, contract.createHelpingUnit, (call) => createHelpingUnit(service, call, call.body));
  route(router, service, contract.changeHelpingUnit, (call) =>
    changeHelpingUnit(service, call, call.params.unitId, call.body),
  );
  route(router, service, contract.listCadres, (call) => listOpenCadres(service, call, call.query));
  route(router, service, contract.importCadres, (call) =>
    importCadres(service, call, call.upload, {
      name: call.query.name,
      commit: call.query.commit === 'true',
    }),
  );
  route(router, service, contract.createCadre, (call) => createCadre(service, call, call.body));
  route(router, service, contract.changeCadre, (call) => changeCadre(service, call, call.params.cadreId, call.body));
  route(router, service, contract.revealCadrePhone, (call) =>
    revealCadrePhone(service, call, call.params.cadreId, call.body.reason),
  );
  return router;
}

export const cadreJobs = (service: Pairing): Record<string, JobHandler> => ({ [CADRE_LIST]: cadreListJob(service) });
