import { REGION_LEVELS } from '@bangfu/domain/shared/region';
import { z } from 'zod';
import { Count } from '../core/common.ts';
import { operation } from '../core/operation.ts';
import { SHAPE_WORDS } from '../core/strict.ts';

/** A division's code, of bounded length: a change has many. */
const Code = z
  .string()
  .length(12)
  .regex(/^\d{12}$/)
  .register(SHAPE_WORDS, { zh: '应为 12 位行政区划代码', en: 'must be a division code of 12 digits' });

/** A line of the code map of a change of divisions, as identification answers it; `to` is null where one ends. */
const Line = z.object({ from: Code, to: Code.nullable(), level: z.enum(REGION_LEVELS) });

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
