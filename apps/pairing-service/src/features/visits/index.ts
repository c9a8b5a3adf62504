import { getVisit, getVisitPhoto, listVisits, makeVisit, uploadVisitPhoto } from '@bangfu/contracts/pairing/visits';
import { route } from '@bangfu/service-kit/http/route';
import { Router } from 'express';
import type { Pairing } from '../../db/client.ts';
import { listOfVisits, readVisit } from './list-visits/list-visits.query.ts';
import { recordVisit } from './make-visit/make-visit.ts';
import { sendPhoto } from './send-photo/send-photo.ts';
import { takePhoto } from './take-photo/take-photo.ts';

/** Visits: photos, the visit itself, lists. */
export function visitRoutes(service: Pairing): Router {
  const router = Router();
  route(router, service, uploadVisitPhoto, (call) => takePhoto(service, call, call.upload));
  route(router, service, makeVisit, (call) => recordVisit(service, call, call.body, call.language));
  route(router, service, listVisits, ({ caller, query }) => listOfVisits(service, caller, query));
  route(router, service, getVisit, ({ caller, params }) => readVisit(service, caller, params.visitId));
  route(router, service, getVisitPhoto, async ({ caller, params, response }) => {
    await sendPhoto(service, caller, params, response);
    return undefined;
  });
  return router;
}
