import { z } from 'zod';
import { Count, page, PageQuery, RegionCode, Uuid, Version } from '../core/common.ts';
import { sortBy } from '../core/list.ts';
import { operation } from '../core/operation.ts';
import { READERS } from './access.ts';

export const ENTITY_KINDS = ['cooperative', 'leading-enterprise', 'family-farm', 'collective'] as const;
export const ENTITY_STATES = ['active', 'closed'] as const;

const EntityFields = z.object({
  name: z.string().trim().min(2).max(100),
  /** Unified social credit code: 18 digits and capitals with their check sign, in any writing of them. */
  creditCode: z.string().trim().min(18).max(60),
  kind: z.enum(ENTITY_KINDS),
  /** The office that represents it (理事长, 总经理), never the person. */
  representativeRole: z.string().trim().min(2).max(40),
  /** The village of its seat, whose township checks its declarations. */
  seatCode: RegionCode,
  /** The villages it works in, its seat among them. */
  villageCodes: z.array(RegionCode).min(1).max(400),
});

export const Entity = EntityFields.extend({
  id: Uuid,
  state: z.enum(ENTITY_STATES),
  townshipName: z.string(),
  villageNames: z.array(z.string()),
  contracts: Count,
  households: Count,
  version: Version,
}).meta({ id: 'IndustryEntity' });
export type Entity = z.output<typeof Entity>;

const EntityParams = z.object({ entityId: Uuid });

export const listEntities = operation({
  id: 'listEntities',
  owner: 'industry',
  method: 'GET',
  path: '/entities',
  summary: { zh: '经营主体列表', en: 'Business entities within the caller’s scope' },
  access: READERS,
  query: PageQuery.extend({
    search: z.string().max(60).optional(),
    kind: z.enum(ENTITY_KINDS).optional(),
    state: z.enum(ENTITY_STATES).optional(),
    sort: sortBy(
      'name',
      'creditCode',
      'kind',
      'representativeRole',
      'state',
      'townshipName',
      'contracts',
      'households',
    ),
  }),
  answer: page(Entity),
});

export const getEntity = operation({
  id: 'getEntity',
  owner: 'industry',
  method: 'GET',
  path: '/entities/{entityId}',
  summary: { zh: '经营主体', en: 'One business entity' },
  access: READERS,
  params: EntityParams,
  answer: Entity,
});

export const registerEntity = operation({
  id: 'registerEntity',
  owner: 'industry',
  method: 'POST',
  path: '/entities',
  summary: { zh: '登记经营主体', en: 'Register a business entity' },
  access: ['county-office', 'township-officer'],
  audit: 'industry.entity.registered',
  body: EntityFields,
  answer: Entity,
  status: 201,
});

export const changeEntity = operation({
  id: 'changeEntity',
  owner: 'industry',
  method: 'PATCH',
  path: '/entities/{entityId}',
  summary: { zh: '变更经营主体', en: 'Change a business entity' },
  access: ['county-office', 'township-officer'],
  audit: 'industry.entity.changed',
  params: EntityParams,
  body: EntityFields.omit({ creditCode: true })
    .partial()
    .extend({ state: z.enum(ENTITY_STATES).optional(), version: Version }),
  answer: Entity,
});

export const listIndustryVillages = operation({
  id: 'listIndustryVillages',
  owner: 'industry',
  method: 'GET',
  path: '/villages',
  summary: { zh: '可选行政村', en: 'The villages within the caller’s scope, for choosing' },
  access: READERS,
  answer: z.object({ rows: z.array(z.object({ code: RegionCode, name: z.string(), townshipName: z.string() })) }),
});
