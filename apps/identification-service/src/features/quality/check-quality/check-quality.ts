import * as contract from '@bangfu/contracts/identification/households';
import { narrow } from '@bangfu/data/scope';
import { type RegionCode, scopePrefix } from '@bangfu/domain/shared/region';
import { regionPrefixes } from '@bangfu/platform/auth/caller';
import { notFound } from '@bangfu/platform/http/refusal';
import { command } from '../../../operations.ts';
import { qualityJob } from './quality-job.ts';

/**
 * Orders a run of all data-quality rules over the caller's scope, or the part of it that is asked for. @throws Refusal 404
 */
export const checkQuality = command(contract.checkQuality, async ({ body: { region }, caller, audit, orderWork }) => {
  const prefixes = narrow(regionPrefixes(caller), region && scopePrefix(region as RegionCode));
  if (prefixes.length === 0) throw notFound();
  const jobId = await orderWork(qualityJob.order('数据质量检查', { prefixes }));
  audit.entry('job', jobId, { prefixes });
  return { jobId };
});
