import { z } from 'zod';
import { Instant } from '../core/common.ts';
import { Dossier, Home } from '../core/every-service.ts';
import { HouseholdNumber } from '../core/inputs.ts';
import { operation, SERVICES } from '../core/operation.ts';
import { WorkItem } from '../core/work.ts';

const Part = z.object({ service: z.enum(SERVICES), absent: z.boolean() });

export const getCounty = operation({
  id: 'getCounty',
  owner: 'gateway',
  method: 'GET',
  path: '/county',
  summary: { zh: '本县名称', en: 'Which county this is' },
  access: 'public',
  /** The name is null until the county's divisions have been brought in. */
  answer: z.object({ code: z.string(), name: z.string().nullable() }),
});

export const getCountyHome = operation({
  id: 'getCountyHome',
  owner: 'gateway',
  method: 'GET',
  path: '/county-home',
  summary: { zh: '县级总览：五个服务的数字', en: 'The county’s figures from all five services' },
  access: 'signed-in',
  answer: z.object({
    county: z.object({ code: z.string(), name: z.string() }),
    asOf: Instant.nullable(),
    parts: z.array(Part.extend({ home: Home.nullable() })),
  }),
});

export const getDossier = operation({
  id: 'getDossier',
  owner: 'gateway',
  method: 'GET',
  path: '/households/{householdNumber}/dossier',
  summary: { zh: '一户一档', en: 'A household’s dossier across the services' },
  access: 'signed-in',
  params: z.object({ householdNumber: HouseholdNumber }),
  answer: z.object({
    householdNumber: z.string(),
    parts: z.array(Part.extend({ dossier: Dossier.nullable() })),
  }),
});

export const getMyHousehold = operation({
  id: 'getMyHousehold',
  owner: 'gateway',
  method: 'GET',
  path: '/my-household',
  summary: { zh: '本户的户编号', en: 'The number of the household one speaks for' },
  access: ['household'],
  answer: z.object({ householdNumber: z.string() }),
});

export const listMyWork = operation({
  id: 'listMyWork',
  owner: 'gateway',
  method: 'GET',
  path: '/work',
  summary: { zh: '我的工作', en: 'What waits for me, from all services' },
  access: 'signed-in',
  answer: z.object({
    items: z.array(WorkItem.extend({ service: z.enum(SERVICES) })),
    total: z.int(),
    absent: z.array(z.enum(SERVICES)),
  }),
});
