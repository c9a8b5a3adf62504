import { getPublicEvaluations } from './get-public-evaluations/get-public-evaluations.ts';

/** What anybody may read without an account, under addresses of the platform. */
export default [getPublicEvaluations];
