import { checkQuality } from './check-quality/check-quality.ts';
import { qualityJobs } from './check-quality/quality-job.ts';
import { getQuality } from './get-quality/get-quality.ts';

/** Data quality: rules run on demand, breaches by rule and village. */
export default [{ ...checkQuality, jobs: qualityJobs }, getQuality];
