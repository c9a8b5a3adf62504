import { MOST_FOR_A_HOUSEHOLD } from '@bangfu/domain/shared/bounds';
import { z } from 'zod';
import {
  Count,
  Day,
  Fen,
  FileAnswer,
  Households,
  Instant,
  page,
  PageQuery,
  RegionCode,
  Uuid,
  Version,
} from '../core/common.ts';
import { DayInput, HouseholdNumber, InstantInput } from '../core/inputs.ts';
import { sortBy } from '../core/list.ts';
import { operation } from '../core/operation.ts';
import { HOUSEHOLD_STATUSES, IncomeEvidence } from './household-facts.ts';

const READERS = [
  'county-office',
  'county-leader',
  'township-officer',
  'township-leader',
  'village-officer',
  'auditor',
  'evaluator',
] as const;

/** Which day is asked of, and what was known when; without both, today. */
const TwoTimes = z.object({
  /** As it was on this day. */
  asOf: DayInput.optional(),
  /** As it was known at this instant. */
  knownAt: InstantInput.optional(),
});

/** The filters of the household list; statistics and export take the same. */
export const HouseholdFilter = z.object({
  region: RegionCode.optional(),
  /** One status, or `poor`: registered as poor or returned. */
  status: z.enum([...HOUSEHOLD_STATUSES, 'poor']).optional(),
  category: z.string().max(40).optional(),
  cause: z.string().max(40).optional(),
  /** A rule of data quality that it, or one of its members, breaks now; `any` is any of them. */
  rule: z.string().max(20).optional(),
  /** Only those that have an open case, or that have none. */
  openCase: z.enum(['true', 'false']).optional(),
  /** A household number, a name, or the last four characters of an ID number. */
  search: z.string().max(60).optional(),
});

export const HouseholdRow = z
  .object({
    id: Uuid,
    number: z.string(),
    headName: z.string(),
    townshipName: z.string(),
    villageName: z.string(),
    villageCode: RegionCode,
    memberCount: Count,
    status: z.enum(HOUSEHOLD_STATUSES),
    category: z.string().nullable(),
    mainCause: z.string().nullable(),
    perCapitaIncomeFen: Fen.nullable(),
    /** Problems are known of today only. */
    breaches: Count.nullable(),
  })
  .meta({ id: 'HouseholdRow' });
export type HouseholdRow = z.output<typeof HouseholdRow>;

/** By which columns households are sorted; the export takes the same. */
const HouseholdSort = sortBy(
  'number',
  'headName',
  'villageName',
  'memberCount',
  'status',
  'category',
  'mainCause',
  'perCapitaIncomeFen',
  'breaches',
);

export const listHouseholds = operation({
  id: 'listHouseholds',
  owner: 'identification',
  method: 'GET',
  path: '/households',
  summary: { zh: '农户列表', en: 'Households within the caller’s scope' },
  access: READERS,
  query: PageQuery.extend({
    ...HouseholdFilter.shape,
    ...TwoTimes.shape,
    sort: HouseholdSort,
  }),
  answer: page(HouseholdRow),
});

export const Member = z
  .object({
    id: Uuid,
    name: z.string(),
    relation: z.string(),
    sex: z.enum(['male', 'female']),
    birthDate: Day,
    idNumberMasked: z.string(),
    phoneMasked: z.string().nullable(),
    ethnicity: z.string().nullable(),
    education: z.string().nullable(),
    school: z.string().nullable(),
    health: z.array(z.string()),
    labour: z.string().nullable(),
    workArea: z.string().nullable(),
    workMonths: Count.nullable(),
  })
  .meta({ id: 'Member' });

export const Breach = z.object({
  ruleId: z.string(),
  severity: z.enum(['error', 'warning']),
  subject: z.string(),
  message: z.string(),
});

export const Household = HouseholdRow.extend({
  naturalVillage: z.string().nullable(),
  dangerousHouse: z.boolean().nullable(),
  safeWater: z.boolean().nullable(),
  waterDifficulty: z.boolean().nullable(),
  members: z.array(Member),
  problems: z.array(Breach),
  /** What other services evidenced: dividends paid, by year. */
  incomeEvidence: z.array(IncomeEvidence),
  /** Its case under way. */
  openCaseId: Uuid.nullable(),
  version: Version,
  changedAt: Instant,
  timeline: z.array(z.object({ at: Instant, title: z.string(), detail: z.string() })),
}).meta({ id: 'Household' });
export type Household = z.output<typeof Household>;

export const getHousehold = operation({
  id: 'getHousehold',
  owner: 'identification',
  method: 'GET',
  path: '/households/{householdId}',
  summary: { zh: '农户详情', en: 'One household' },
  access: READERS,
  params: z.object({ householdId: Uuid }),
  query: TwoTimes,
  answer: Household,
});

export const findHouseholdKey = operation({
  id: 'findHouseholdKey',
  owner: 'identification',
  method: 'GET',
  path: '/household-keys',
  summary: {
    zh: '按户编号或标识查找农户（供网关登录用）',
    en: 'A household by exactly its number, or by its id, for the gateway’s sign-in',
  },
  access: 'gateway',
  query: z.object({ number: HouseholdNumber.optional(), id: Uuid.optional() }),
  answer: z.object({ household: z.object({ id: Uuid, number: z.string() }).nullable() }),
});

export const revealSensitive = operation({
  id: 'revealSensitive',
  owner: 'identification',
  method: 'POST',
  path: '/persons/{personId}/reveal',
  summary: {
    zh: '查看一人的证件号码和电话（记录理由）',
    en: 'Show one person’s ID number and phone, with a reason that is audited',
  },
  access: ['county-office', 'township-officer', 'village-officer'],
  audit: 'identification.sensitive.revealed',
  params: z.object({ personId: Uuid }),
  body: z.object({ reason: z.string().min(4).max(200) }),
  answer: z.object({ idNumber: z.string(), phone: z.string().nullable() }),
});

/** Who corrects facts of the households in their scope. */
const CORRECTORS = ['county-office', 'township-officer', 'village-officer'] as const;

/** What a fact is: checked by its kind in the catalogue; null is none. */
const FactValue = z.union([
  z.string().max(200),
  z.number().min(-MOST_FOR_A_HOUSEHOLD).max(MOST_FOR_A_HOUSEHOLD),
  z.boolean(),
  z.array(z.string().max(40)).max(12),
  z.null(),
]);
/** Facts by their keys in the catalogue. */
const FactsAnswer = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.null()]));

export const getHouseholdFacts = operation({
  id: 'getHouseholdFacts',
  owner: 'identification',
  method: 'GET',
  path: '/households/{householdId}/facts',
  summary: { zh: '可更正的指标和现有内容', en: 'The facts of a household that can be corrected, as they are' },
  access: CORRECTORS,
  params: z.object({ householdId: Uuid }),
  answer: z.object({
    number: z.string(),
    version: Version,
    /** The day from which today's state holds. */
    validFrom: Day,
    facts: FactsAnswer,
    members: z.array(z.object({ personId: Uuid, name: z.string(), relation: z.string(), facts: FactsAnswer })),
  }),
});

export const correctHousehold = operation({
  id: 'correctHousehold',
  owner: 'identification',
  method: 'POST',
  path: '/households/{householdId}/corrections',
  summary: { zh: '更正农户和成员的指标', en: 'Correct facts of a household and its members' },
  access: CORRECTORS,
  audit: 'identification.household.corrected',
  params: z.object({ householdId: Uuid }),
  body: z.object({
    version: Version,
    /** The day from which it is so; absent = the one from which today's state holds, which was wrong from then on. */
    from: DayInput.optional(),
    reason: z.string().min(4).max(200),
    /** Facts by their keys in the catalogue: of the household, or of the member that is named. */
    changes: z
      .array(z.object({ personId: Uuid.optional(), fact: z.string().min(1).max(60), value: FactValue }))
      .min(1)
      .max(200),
  }),
  answer: z.object({
    household: Uuid,
    version: Version,
    /** What has changed, in the order of the catalogue; of a member with the person's id. */
    changes: z.array(z.object({ fact: z.string(), personId: Uuid.nullable() })),
  }),
});

export const exportHouseholds = operation({
  id: 'exportHouseholds',
  owner: 'identification',
  method: 'GET',
  path: '/households/export',
  summary: { zh: '按国家表式导出农户（敏感信息已脱敏）', en: 'Export in the national layout, masked' },
  access: READERS,
  audit: 'identification.households.exported',
  query: HouseholdFilter.extend({
    ...TwoTimes.shape,
    sort: HouseholdSort,
    format: z.enum(['xlsx', 'csv']).default('xlsx'),
  }),
  answer: FileAnswer,
  answers: 'file',
});

const Group = z.record(z.string(), Households);

export const getStatistics = operation({
  id: 'getStatistics',
  owner: 'identification',
  method: 'GET',
  path: '/statistics',
  summary: { zh: '登记统计', en: 'Register statistics over the caller’s scope' },
  access: [...READERS, 'finance', 'department'],
  query: TwoTimes.extend({ region: RegionCode.optional() }),
  answer: Households.extend({ byStatus: Group, byCause: Group, byCategory: Group }),
});

export const checkQuality = operation({
  id: 'checkQuality',
  owner: 'identification',
  method: 'POST',
  path: '/quality-checks',
  summary: { zh: '数据质量检查', en: 'Run the data-quality rules over a region as a job' },
  access: ['county-office', 'township-officer'],
  audit: 'identification.quality.check-ordered',
  body: z.object({ region: RegionCode.optional() }),
  answer: z.object({ jobId: Uuid }),
  status: 202,
});

/** The result a quality-check job ends with. */
export const QualityResult = z.object({ households: Count, persons: Count, rules: z.record(z.string(), Count) });

export const listRules = operation({
  id: 'listRules',
  owner: 'identification',
  method: 'GET',
  path: '/quality/rules',
  summary: { zh: '数据质量规则', en: 'What each data-quality rule needs, and whether the register feeds it' },
  access: READERS,
  answer: z.object({
    rules: z.array(
      z.object({
        id: z.string(),
        object: z.enum(['person', 'household', 'village']),
        severity: z.enum(['error', 'warning']),
        message: z.string(),
        /** The facts it reads, by their keys in the catalogue. */
        needs: z.array(z.string()),
        /** Whether all of them reach it. */
        fed: z.boolean(),
        /** The code by which every way in refuses what would break it; null where such data can come in. */
        refused: z.string().nullable(),
      }),
    ),
  }),
});

export const getQuality = operation({
  id: 'getQuality',
  owner: 'identification',
  method: 'GET',
  path: '/quality',
  summary: { zh: '数据质量问题统计', en: 'Open data-quality problems by rule and village' },
  access: READERS,
  query: z.object({ region: RegionCode.optional() }),
  answer: z.object({
    rules: z.array(
      z.object({
        ruleId: z.string(),
        severity: z.enum(['error', 'warning']),
        message: z.string(),
        /** How often it is broken, by persons or households, and in how many households. */
        count: Count,
        households: Count,
      }),
    ),
    villages: z.array(z.object({ villageCode: RegionCode, villageName: z.string(), count: Count, households: Count })),
  }),
});
