import { REGION_LEVELS } from '@bangfu/domain/shared/region';
import { REGION_CHANGE_KINDS } from '@bangfu/domain/shared/region-change';
import { z } from 'zod';
import { Count, Day, Instant, ListProblem, page, PageQuery, RegionCode, Uuid } from '../core/common.ts';
import { DayInput, RegionCodeInput } from '../core/inputs.ts';
import { sortBy } from '../core/list.ts';
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

const RegionName = z.string().trim().min(1).max(60);
/** From which day and by which document; a dry run says what would change and changes nothing. */
const Decision = z.object({
  on: DayInput,
  document: z.string().trim().min(2).max(200),
  dryRun: z.boolean().default(false),
});
const Successor = z.object({ code: RegionCode, name: RegionName });
/** Natural villages are few; households named one by one are hardly more. */
const MAX_PARTS = 1500;

const Change = z.object({
  /** Null of a dry run. */
  id: Uuid.nullable(),
  /** The divisions with another name, code or end; `to` is null of one that ends. */
  changed: z.array(z.object({ from: RegionCode, to: RegionCode.nullable(), kind: z.enum(REGION_CHANGE_KINDS) })),
  /** Households with another village or another code of it. */
  households: Count,
  /** The whole code map, by which the gateway finds the grants to rewrite. */
  codes: z.array(z.object({ from: RegionCode, to: RegionCode.nullable(), level: z.enum(REGION_LEVELS) })),
});
const RegionChange = Change.meta({ id: 'RegionChange' });
export type RegionChange = z.input<typeof RegionChange>;

const changing = { owner: 'identification', method: 'POST', access: ['county-office'], answer: RegionChange } as const;

export const renameRegion = operation({
  ...changing,
  id: 'renameRegion',
  path: '/regions/changes/rename',
  summary: { zh: '区划更名', en: 'Give a division another name from a day on' },
  audit: 'identification.regions.renamed',
  body: Decision.extend({ code: RegionCode, name: RegionName }),
});

export const recodeRegion = operation({
  ...changing,
  id: 'recodeRegion',
  path: '/regions/changes/recode',
  summary: { zh: '区划变更代码', en: 'Give a township or village another code, with what lies in it' },
  audit: 'identification.regions.recoded',
  body: Decision.extend({ code: RegionCode, to: RegionCode }),
});

export const mergeRegions = operation({
  ...changing,
  id: 'mergeRegions',
  path: '/regions/changes/merge',
  summary: { zh: '区划合并', en: 'Merge townships or villages into one' },
  audit: 'identification.regions.merged',
  body: Decision.extend({ from: z.array(RegionCode).min(2).max(20), to: RegionCode, name: RegionName }),
});

export const splitRegion = operation({
  ...changing,
  id: 'splitRegion',
  path: '/regions/changes/split',
  summary: { zh: '区划拆分', en: 'Split a township by its villages, or a village by its households' },
  audit: 'identification.regions.split',
  body: Decision.extend({
    from: RegionCode,
    to: z.array(Successor).min(1).max(20),
    /** Of a township: code or name of a village; of a village: a natural village or a household number. */
    list: z.array(z.object({ part: z.string().trim().min(1).max(60), to: RegionCodeInput })).max(MAX_PARTS),
  }),
});

export const closeRegion = operation({
  ...changing,
  id: 'closeRegion',
  path: '/regions/changes/close',
  summary: { zh: '区划撤销', en: 'Close a division in which nothing lies any more' },
  audit: 'identification.regions.closed',
  body: Decision.extend({ code: RegionCode }),
});

export const listRegionChanges = operation({
  id: 'listRegionChanges',
  owner: 'identification',
  method: 'GET',
  path: '/regions/changes',
  summary: { zh: '区划变更记录', en: 'The changes of divisions in the caller’s county' },
  access: ['county-office', 'county-leader', 'auditor'],
  query: PageQuery.extend({ sort: sortBy('on', 'recordedAt') }),
  unsorted: { kind: 'one of five words', document: 'a text', households: 'a figure', by: 'a name' },
  answer: page(
    z
      .object({
        id: Uuid,
        kind: z.enum(REGION_CHANGE_KINDS),
        on: Day,
        document: z.string(),
        changed: Change.shape.changed,
        households: Count,
        by: z.string(),
        recordedAt: Instant,
      })
      .meta({ id: 'RegionChangeRow' }),
  ),
});
