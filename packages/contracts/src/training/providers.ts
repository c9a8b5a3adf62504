import { PROVIDER_STEPS } from '@bangfu/domain/training/steps';
import { z } from 'zod';
import { Count, page, PageQuery, Uuid, Version } from '../core/common.ts';
import { sortBy } from '../core/list.ts';
import { operation } from '../core/operation.ts';
import { stepsOf } from '../core/steps.ts';
import { READERS } from './access.ts';

const Fields = z.object({
  name: z.string().trim().min(2).max(80),
  contact: z.string().trim().max(40).default(''),
  /** Trades and methods, in a line or two. */
  note: z.string().trim().max(400).default(''),
});

/** A training provider of the county; its accounts are granted the scope {kind: 'provider', id}. */
export const Provider = z
  .object({
    id: Uuid,
    name: z.string(),
    contact: z.string(),
    note: z.string(),
    active: z.boolean(),
    classes: Count,
    version: Version,
  })
  .meta({ id: 'TrainingProvider' });
export type Provider = z.output<typeof Provider>;

export const listProviders = operation({
  id: 'listProviders',
  owner: 'training',
  method: 'GET',
  path: '/providers',
  summary: { zh: '培训机构列表', en: 'Training providers' },
  access: READERS,
  unsorted: { note: 'a text' },
  query: PageQuery.extend({ sort: sortBy('name', 'contact', 'active', 'classes') }),
  answer: page(Provider.extend({ steps: stepsOf(PROVIDER_STEPS) })),
});

export const createProvider = operation({
  id: 'createProvider',
  owner: 'training',
  method: 'POST',
  path: '/providers',
  summary: { zh: '登记培训机构', en: 'Enter a training provider' },
  access: ['county-office'],
  audit: 'training.provider.entered',
  body: Fields,
  answer: Provider,
  status: 201,
});

export const changeProvider = operation({
  id: 'changeProvider',
  owner: 'training',
  method: 'PUT',
  path: '/providers/{providerId}',
  summary: { zh: '修改培训机构', en: 'Change a training provider, or take it off the list' },
  access: ['county-office'],
  audit: 'training.provider.changed',
  params: z.object({ providerId: Uuid }),
  body: Fields.extend({ active: z.boolean(), version: Version }),
  answer: Provider,
});
