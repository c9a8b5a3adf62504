import * as contract from '@bangfu/contracts/pairing/visits';
import { route } from '@bangfu/platform/http/route';
import { Router } from 'express';
import type { Pairing } from '../../db/client.ts';
import { getVisit, listOfVisits } from './list-visits/list-visits.query.ts';
import { makeVisit } from './make-visit/make-visit.ts';
import { getVisitPhoto } from './get-visit-photo/get-visit-photo.ts';
import { uploadVisitPhoto } from './upload-visit-photo/upload-visit-photo.ts';

/** Visits: photos, the visit itself, lists. */
export function visitRoutes(service: Pairing): Router {
  const router = Router();
  route(router, service, contract.uploadVisitPhoto, (call) => uploadVisitPhoto(service, call, call.upload));
  route(router, service, contract.makeVisit, (call) => makeVisit(service, call, call.body, call.language));
  route(router, service, contract.listVisits, ({ caller, query, now }) => listOfVisits(service, caller, query, now));
  route(router, service, contract.getVisit, ({ caller, params, now }) =>
    getVisit(service, caller, params.visitId, now),
  );
  route(router, service, contract.getVisitPhoto, async ({ caller, params, response, now }) => {
    await getVisitPhoto(service, caller, params, { response, now });
    return undefined;
  });
  return router;
}
