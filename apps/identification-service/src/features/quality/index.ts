import { checkQuality } from './check-quality/check-quality.ts';
import { qualityJob } from './check-quality/quality-job.ts';
import { getQuality } from './get-quality/get-quality.ts';
import { listRules } from './list-rules/list-rules.ts';

/** Data quality: rules run on demand, breaches by rule and village. */
export default [checkQuality, qualityJob, getQuality, listRules];
