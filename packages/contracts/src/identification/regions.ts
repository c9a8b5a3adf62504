import { REGION_LEVELS } from '@bangfu/domain/shared/region';
import { z } from 'zod';
import { Count, ListProblem, RegionCode, Uuid } from '../core/common.ts';
import { operation } from '../core/operation.ts';

const Changes = z.object({ create: Count, change: Count, unchanged: Count });

export const importRegions = operation({
  id: 'importRegions',
  owner: 'identification',
  method: 'POST',
  path: '/regions/imports',
  summary: { zh: '导入区划表', en: 'Import a region table (code, level, name, parent_code)' },
  access: ['county-office'],
  audit: 'identification.regions.imported',
  query: z.object({ name: z.string().min(1).max(255) }),
  upload: true,
  /** Warnings say what of the table was not read. */
  answer: z.object({ regions: Changes, warnings: z.array(ListProblem) }),
});

export const Region = z
  .object({
    id: Uuid,
    code: RegionCode,
    level: z.enum(REGION_LEVELS),
    name: z.string(),
    parentCode: RegionCode.nullable(),
    households: Count,
  })
  .meta({ id: 'Region' });

export const listRegions = operation({
  id: 'listRegions',
  owner: 'identification',
  method: 'GET',
  path: '/regions',
  summary: { zh: '区划树', en: 'The regions within the caller’s scope, parents before children' },
  access: [
    'county-office',
    'county-leader',
    'department',
    'township-officer',
    'township-leader',
    'village-officer',
    'auditor',
    'evaluator',
    'finance',
  ],
  answer: z.object({ rows: z.array(Region) }),
});
