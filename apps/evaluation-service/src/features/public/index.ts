import { listPublicEvaluations } from './list-public-evaluations/list-public-evaluations.ts';

/** What anybody may read of the evaluations. */
export default [listPublicEvaluations];
