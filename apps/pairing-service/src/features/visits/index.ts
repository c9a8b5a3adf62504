import { getVisit } from './get-visit/get-visit.ts';
import { getVisitPhoto } from './get-visit-photo/get-visit-photo.ts';
import { listVisits } from './list-visits/list-visits.ts';
import { makeVisit } from './make-visit/make-visit.ts';
import { uploadVisitPhoto } from './upload-visit-photo/upload-visit-photo.ts';

/** Visits: photos, the visit itself, lists. */
export default [uploadVisitPhoto, makeVisit, listVisits, getVisit, getVisitPhoto];
