import { CONTRACT_STEPS } from '@bangfu/domain/industry/contract';
import { DIVIDEND_YEARS } from '@bangfu/domain/industry/dividend-period';
import { z } from 'zod';
import { Count, Day, Fen, Nothing, page, PageQuery, RegionCode, Uuid, Version } from '../core/common.ts';
import { DayInput, HouseholdFen, HouseholdNumber, SureOfDays } from '../core/inputs.ts';
import { JobOrdered } from '../core/list-job.ts';
import { sortBy } from '../core/list.ts';
import { operation } from '../core/operation.ts';
import { stepsOf } from '../core/steps.ts';
import { ListOutcome, READERS } from './access.ts';
import { SHAPE_WORDS } from '../core/strict.ts';

/** How a contract stands today: a draft, signed and not begun, in force, over. */
export const CONTRACT_STATES = ['drafted', 'agreed', 'in-force', 'ended'] as const;
const DRAFTERS = ['entity', 'township-officer', 'county-office'] as const;

/** Basis points: 600 = 6 %. */
const Rate = z.int().min(0).max(10_000);

/** A bank account: 8 to 30 digits. */
export const AccountNumber = z
  .string()
  .regex(/^\d{8,30}$/)
  .register(SHAPE_WORDS, { zh: '应为 8 至 30 位数字账号', en: 'must be an account of 8 to 30 digits' });

const ContractFields = z.object({
  from: DayInput,
  to: DayInput,
  /** Guaranteed part of the stake a year; 0 = none. */
  guaranteedBp: Rate,
  /** The households' part of the distributable profit; 0 = none. */
  profitShareBp: Rate,
  /** Whether its dividend years are calendar years or run from its own first day (September to August). */
  dividendYear: z.enum(DIVIDEND_YEARS),
});

const Finding = z.object({ code: z.string(), message: z.string() });

export const ShareContract = ContractFields.extend({
  id: Uuid,
  from: Day,
  to: Day,
  number: z.string(),
  entityId: Uuid,
  entityName: z.string(),
  state: z.enum(CONTRACT_STATES),
  signedOn: Day.nullable(),
  households: Count,
  stakeFen: Fen,
  /** What stands against signing, and the warning about its end. */
  findings: z.array(Finding),
  version: Version,
}).meta({ id: 'ShareContract' });
export type ShareContract = z.output<typeof ShareContract>;

/** What an entity may know of a contracted household: name, village, number, the account's tail (roles). */
export const ContractHousehold = z
  .object({
    householdId: Uuid,
    householdNumber: z.string(),
    headName: z.string(),
    villageCode: RegionCode,
    villageName: z.string(),
    stakeFen: Fen,
    /** Its first and last day on the contract. */
    from: Day,
    to: Day,
    bankName: z.string(),
    accountTail: z.string(),
  })
  .meta({ id: 'ContractHousehold' });

const ContractParams = z.object({ contractId: Uuid });

export const listContracts = operation({
  id: 'listContracts',
  owner: 'industry',
  method: 'GET',
  path: '/contracts',
  summary: { zh: '入股合同列表', en: 'Share contracts within the caller’s scope' },
  access: READERS,
  query: PageQuery.extend({
    entityId: Uuid.optional(),
    /** One state of today, or `signed`: no draft, whether it runs today or not. */
    state: z.enum([...CONTRACT_STATES, 'signed']).optional(),
    search: z.string().max(60).optional(),
    sort: sortBy(
      'number',
      'entityName',
      'from',
      'to',
      'guaranteedBp',
      'profitShareBp',
      'dividendYear',
      'state',
      'signedOn',
      'households',
      'stakeFen',
    ),
  }),
  answer: page(ShareContract),
});

export const getContract = operation({
  id: 'getContract',
  owner: 'industry',
  method: 'GET',
  path: '/contracts/{contractId}',
  summary: { zh: '入股合同', en: 'One share contract' },
  access: READERS,
  params: ContractParams,
  answer: ShareContract.extend({
    /** What the caller can do now, by the rule of the command itself, and why not. */
    steps: stepsOf(CONTRACT_STEPS),
  }),
});

export const draftContract = operation({
  id: 'draftContract',
  owner: 'industry',
  method: 'POST',
  path: '/contracts',
  summary: { zh: '起草入股合同', en: 'Draft a share contract' },
  access: DRAFTERS,
  audit: 'industry.contract.drafted',
  body: ContractFields.extend({
    entityId: Uuid,
    number: z.string().trim().min(1).max(60),
    dividendYear: z.enum(DIVIDEND_YEARS).default('calendar'),
  }),
  answer: ShareContract,
  status: 201,
});

export const changeContract = operation({
  id: 'changeContract',
  owner: 'industry',
  method: 'PATCH',
  path: '/contracts/{contractId}',
  summary: { zh: '修改合同草稿', en: 'Change the terms of a contract’s draft' },
  access: DRAFTERS,
  audit: 'industry.contract.changed',
  params: ContractParams,
  body: ContractFields.partial().extend({ version: Version }),
  answer: ShareContract,
});

export const discardContract = operation({
  id: 'discardContract',
  owner: 'industry',
  method: 'DELETE',
  path: '/contracts/{contractId}',
  summary: { zh: '删除合同草稿', en: 'Give up a contract’s draft with its list' },
  access: DRAFTERS,
  audit: 'industry.contract.discarded',
  params: ContractParams,
  answer: Nothing,
  status: 204,
});

export const signContract = operation({
  id: 'signContract',
  owner: 'industry',
  method: 'POST',
  path: '/contracts/{contractId}/sign',
  summary: { zh: '核对并签订合同', en: 'Check a draft against the policy and put it in force' },
  access: ['township-officer', 'county-office'],
  audit: 'industry.contract.signed',
  params: ContractParams,
  body: z.object({ version: Version, signedOn: DayInput, sureOfDays: SureOfDays }),
  answer: ShareContract,
});

export const listContractHouseholds = operation({
  id: 'listContractHouseholds',
  owner: 'industry',
  method: 'GET',
  path: '/contracts/{contractId}/households',
  summary: { zh: '合同农户名单', en: 'The households of a contract' },
  access: READERS,
  params: ContractParams,
  unsorted: { accountTail: 'the last digits of an account are in no order' },
  query: PageQuery.extend({
    search: z.string().max(60).optional(),
    sort: sortBy('householdNumber', 'headName', 'villageName', 'stakeFen', 'from', 'to', 'bankName'),
  }),
  answer: page(ContractHousehold),
});

export const putContractHousehold = operation({
  id: 'putContractHousehold',
  owner: 'industry',
  method: 'POST',
  path: '/contracts/{contractId}/households',
  summary: { zh: '录入一户入股信息', en: 'Enter one household of a contract’s draft, or change it' },
  access: DRAFTERS,
  audit: 'industry.contract.household-entered',
  params: ContractParams,
  body: z.object({
    householdNumber: HouseholdNumber,
    stakeFen: HouseholdFen.min(1),
    /** Its days on the contract; absent = from the first, to the last. */
    from: DayInput.optional(),
    to: DayInput.optional(),
    bankName: z.string().trim().min(2).max(60),
    account: AccountNumber,
  }),
  answer: ContractHousehold,
  status: 201,
});

export const removeContractHousehold = operation({
  id: 'removeContractHousehold',
  owner: 'industry',
  method: 'DELETE',
  path: '/contracts/{contractId}/households/{householdId}',
  summary: { zh: '从草稿名单移除一户', en: 'Take a household off a contract’s draft' },
  access: DRAFTERS,
  audit: 'industry.contract.household-removed',
  params: ContractParams.extend({ householdId: Uuid }),
  answer: Nothing,
  status: 204,
});

export const importContractHouseholds = operation({
  id: 'importContractHouseholds',
  owner: 'industry',
  method: 'POST',
  path: '/contracts/{contractId}/households/import',
  summary: {
    zh: '导入农户入股名单（全部成功或全部不导入）',
    en: 'Bring the list of households as a workbook: all of it or nothing',
  },
  access: DRAFTERS,
  audit: 'industry.contract.households-imported',
  params: ContractParams,
  query: z.object({ name: z.string().min(1).max(255) }),
  upload: true,
  answer: JobOrdered,
  status: 202,
});

/** What the job of `importContractHouseholds` comes to. */
export const ContractHouseholdsOutcome = ListOutcome.extend({ contract: ShareContract });
