import { CADRE_STEPS, UNIT_STEPS } from '@bangfu/domain/pairing/cadre-steps';
import { z } from 'zod';
import { Count, ListProblem, NoInput, page, PageQuery, RegionCode, Uuid, Version } from '../core/common.ts';
import { DayInput } from '../core/inputs.ts';
import { sortBy } from '../core/list.ts';
import { JobOrdered } from '../core/list-job.ts';
import { operation } from '../core/operation.ts';
import { stepsOf } from '../core/steps.ts';
import { SHAPE_WORDS } from '../core/strict.ts';

const KEEPERS = ['county-office', 'township-officer'] as const;
const READERS = [
  ...KEEPERS,
  'county-leader',
  'township-leader',
  'village-officer',
  'unit-manager',
  'auditor',
  'evaluator',
] as const;

export const HelpingUnit = z
  .object({
    id: Uuid,
    name: z.string(),
    /** The county or township that administers it. */
    seatCode: RegionCode,
    villages: z.array(z.object({ code: RegionCode, name: z.string() })),
    cadres: Count,
    households: Count,
    version: Version,
  })
  .meta({ id: 'HelpingUnit' });
export type HelpingUnit = z.output<typeof HelpingUnit>;

const UnitContent = z.object({
  name: z.string().trim().min(2).max(100),
  seatCode: RegionCode,
  villageCodes: z.array(RegionCode).max(50),
});
const UnitParams = z.object({ unitId: Uuid });

export const listHelpingUnits = operation({
  id: 'listHelpingUnits',
  owner: 'pairing',
  method: 'GET',
  path: '/units',
  summary: { zh: '帮扶单位列表', en: 'Helping units' },
  access: READERS,
  query: PageQuery.extend({ search: z.string().max(60).optional(), sort: sortBy('name', 'cadres', 'households') }),
  answer: page(HelpingUnit.extend({ steps: stepsOf(UNIT_STEPS) })),
});

export const createHelpingUnit = operation({
  id: 'createHelpingUnit',
  owner: 'pairing',
  method: 'POST',
  path: '/units',
  summary: { zh: '新增帮扶单位', en: 'Add a helping unit' },
  access: KEEPERS,
  audit: 'pairing.unit.added',
  body: UnitContent,
  answer: z.object({ id: Uuid }),
  status: 201,
});

export const changeHelpingUnit = operation({
  id: 'changeHelpingUnit',
  owner: 'pairing',
  method: 'PUT',
  path: '/units/{unitId}',
  summary: { zh: '修改帮扶单位', en: 'Change a helping unit' },
  access: KEEPERS,
  audit: 'pairing.unit.changed',
  params: UnitParams,
  body: UnitContent.extend({ version: Version }),
  answer: z.object({ version: Version }),
});

export const Cadre = z
  .object({
    id: Uuid,
    name: z.string(),
    unitId: Uuid,
    unitName: z.string(),
    rank: z.string(),
    rankName: z.string(),
    /** The rank's quota, or a lower figure of the cadre's own; null when the policy does not know the rank. */
    quota: Count.nullable(),
    ownQuota: Count.nullable(),
    /** How many he helps today. */
    households: Count,
    /** How many more he can take from the day asked on without exceeding his quota on any day. */
    placesFree: Count.nullable(),
    phoneMasked: z.string().nullable(),
    homeVillage: z.string().nullable(),
    relativeNumbers: z.array(z.string()),
    username: z.string().nullable(),
    active: z.boolean(),
    version: Version,
  })
  .meta({ id: 'Cadre' });
export type Cadre = z.output<typeof Cadre>;

export const listCadres = operation({
  id: 'listCadres',
  owner: 'pairing',
  method: 'GET',
  path: '/cadres',
  summary: { zh: '帮扶干部列表', en: 'Cadres of the helping units' },
  access: READERS,
  unsorted: { rankName: 'it is sorted by its rank', phoneMasked: 'what is masked is in no order' },
  query: PageQuery.extend({
    search: z.string().max(60).optional(),
    unit: Uuid.optional(),
    rank: z.string().max(40).optional(),
    /** Only those who can still take a household, from a day on; today when it is not given. */
    free: z.enum(['true', 'false']).optional(),
    from: DayInput.optional(),
    /** Only those who help a household of the caller's scope now. */
    helping: z.enum(['true', 'false']).optional(),
    sort: sortBy(
      'name',
      'unitName',
      'rank',
      'quota',
      'ownQuota',
      'households',
      'placesFree',
      'homeVillage',
      'username',
      'active',
    ),
  }),
  answer: page(Cadre.extend({ steps: stepsOf(CADRE_STEPS) })),
});

const CadreContent = z.object({
  unitId: Uuid,
  name: z.string().trim().min(2).max(40),
  rank: z.string().min(1).max(40),
  ownQuota: Count.max(100).nullable(),
  homeVillage: z.string().trim().max(100).nullable(),
  relativeNumbers: z.array(z.string().trim().min(1).max(40)).max(50),
  username: z.string().trim().min(2).max(60).nullable(),
});
const Phone = z
  .string()
  .regex(/^1\d{10}$/)
  .register(SHAPE_WORDS, { zh: '应为 11 位手机号码', en: 'must be a mobile number of 11 digits' });

export const createCadre = operation({
  id: 'createCadre',
  owner: 'pairing',
  method: 'POST',
  path: '/cadres',
  summary: { zh: '新增帮扶干部', en: 'Add a cadre' },
  access: [...KEEPERS, 'unit-manager'],
  audit: 'pairing.cadre.added',
  body: CadreContent.extend({ phone: Phone.nullable() }),
  answer: z.object({ id: Uuid }),
  status: 201,
});

export const changeCadre = operation({
  id: 'changeCadre',
  owner: 'pairing',
  method: 'PUT',
  path: '/cadres/{cadreId}',
  summary: { zh: '修改帮扶干部', en: 'Change a cadre' },
  access: [...KEEPERS, 'unit-manager'],
  audit: 'pairing.cadre.changed',
  params: z.object({ cadreId: Uuid }),
  /** Without `phone` the number stays as it is. */
  body: CadreContent.extend({ phone: Phone.nullable().optional(), active: z.boolean(), version: Version }),
  answer: z.object({ version: Version }),
});

export const revealCadrePhone = operation({
  id: 'revealCadrePhone',
  owner: 'pairing',
  method: 'POST',
  path: '/cadres/{cadreId}/reveal',
  summary: { zh: '查看一名干部的联系电话（记录理由）', en: 'Show one cadre’s phone, with a reason that is audited' },
  access: [...KEEPERS, 'unit-manager', 'village-officer'],
  audit: 'pairing.sensitive.revealed',
  params: z.object({ cadreId: Uuid }),
  body: z.object({ reason: z.string().trim().min(4).max(200) }),
  answer: z.object({ phone: z.string().nullable() }),
});

/** One thing wrong in a list of cadres; sensitive values are masked. */
export const CadreProblem = ListProblem.extend({ severity: z.enum(['error', 'warning']) }).meta({ id: 'CadreProblem' });

export const CadreImportReport = z
  .object({
    fileName: z.string(),
    /** Whether the list was taken over: asked for, and without an error. */
    committed: z.boolean(),
    rows: Count,
    units: z.object({ create: Count, change: Count, unchanged: Count }),
    cadres: z.object({ create: Count, change: Count, unchanged: Count }),
    columns: z.object({ matched: z.array(z.string()), unknown: z.array(z.string()) }),
    /** At most 500 are listed; `problemCount` is all of them. */
    problems: z.array(CadreProblem),
    problemCount: Count,
  })
  .meta({ id: 'CadreImportReport' });
export type CadreImportReport = z.output<typeof CadreImportReport>;

export const importCadres = operation({
  id: 'importCadres',
  owner: 'pairing',
  method: 'POST',
  path: '/cadres/import',
  summary: {
    zh: '导入帮扶单位与干部名单（试运行或入库）',
    en: 'Try or take over a list of units and cadres, all or nothing',
  },
  access: KEEPERS,
  audit: 'pairing.cadres.imported',
  query: z.object({ name: z.string().min(1).max(255), commit: z.enum(['true', 'false']).default('false') }),
  upload: true,
  /** Its job comes to a `CadreImportReport`. */
  answer: JobOrdered,
  status: 202,
});

/** The regions a pairing page can choose from: divisions within the caller's scope. */
export const listPairingRegions = operation({
  id: 'listPairingRegions',
  owner: 'pairing',
  method: 'GET',
  path: '/regions',
  summary: { zh: '辖区内的乡镇和村', en: 'Townships and villages within the scope' },
  access: READERS,
  query: NoInput,
  answer: z.object({
    rows: z.array(
      z.object({ code: RegionCode, level: z.string(), name: z.string(), parentCode: RegionCode.nullable() }),
    ),
  }),
});
