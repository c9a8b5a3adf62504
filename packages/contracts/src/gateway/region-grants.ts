import { REGION_LEVELS } from '@bangfu/domain/shared/region';
import { z } from 'zod';
import { Count } from '../core/common.ts';
import { RegionCodeInput } from '../core/inputs.ts';
import { operation } from '../core/operation.ts';

/** A line of the code map of a change of divisions, as identification answers it; `to` is null where one ends. */
const Line = z.object({ from: RegionCodeInput, to: RegionCodeInput.nullable(), level: z.enum(REGION_LEVELS) });

export const countRegionGrants = operation({
  id: 'countRegionGrants',
  owner: 'gateway',
  method: 'POST',
  path: '/grants/region-changes',
  summary: { zh: '区划变更涉及的授权数', en: 'How many grants a change of divisions rewrites, and how many end by it' },
  access: ['county-office'],
  audit: 'gateway.grants.counted',
  body: z.object({ codes: z.array(Line).min(1).max(1000) }),
  /** Of those rewritten some end: a village they held was merged with one they did not hold. */
  answer: z.object({ grants: Count, ended: Count }),
});
