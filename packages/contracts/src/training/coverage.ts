import { z } from 'zod';
import { Count, Instant, RegionCode } from '../core/common.ts';
import { operation } from '../core/operation.ts';

const Coverage = z.object({
  /** Households with able labour of working age. */
  households: Count,
  /** Of these, with a valid certificate. */
  skilled: Count,
  /** Basis points, rounded down; null without such households. */
  coverageBp: Count.nullable(),
});

export const getCoverage = operation({
  id: 'getCoverage',
  owner: 'training',
  method: 'GET',
  path: '/coverage',
  summary: { zh: '一户一技能覆盖率', en: 'One skill per household: coverage by village' },
  access: [
    'county-office',
    'county-leader',
    'township-officer',
    'township-leader',
    'village-officer',
    'auditor',
    'evaluator',
  ],
  query: z.object({ region: RegionCode.optional() }),
  answer: z.object({
    asOf: Instant,
    total: Coverage,
    villages: z.array(Coverage.extend({ villageCode: RegionCode, villageName: z.string(), townshipName: z.string() })),
  }),
});
