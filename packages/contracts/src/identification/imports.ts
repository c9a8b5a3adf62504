import { z } from 'zod';
import {
  Count,
  Day,
  FileAnswer,
  Instant,
  ListProblem,
  NoInput,
  page,
  PageQuery,
  RegionCode,
  Uuid,
  Version,
} from '../core/common.ts';
import { DayInput, RowNumber } from '../core/inputs.ts';
import { sortBy } from '../core/list.ts';
import { operation } from '../core/operation.ts';

const IMPORTERS = ['county-office', 'township-officer'] as const;

/** One thing wrong with a roster; row and column as the spreadsheet names them, sensitive values masked. */
export const ImportProblem = ListProblem.extend({
  severity: z.enum(['error', 'warning']),
  household: z.string().nullable(),
  /** Township and village of the row, where they could be read. */
  village: z.string().nullable(),
}).meta({ id: 'ImportProblem' });
export type ImportProblem = z.output<typeof ImportProblem>;

const HouseholdCounts = z.object({ create: Count, change: Count, unchanged: Count, heldBack: Count });

/** What an import would do or has done (formats, "The words an import speaks"); problems are listed apart. */
export const ImportReport = z
  .object({
    file: z.object({ name: z.string(), sha256: z.string() }),
    sheets: z.array(z.object({ name: z.string(), headerRow: Count, dataRows: Count, skippedRows: Count })),
    households: HouseholdCounts,
    persons: HouseholdCounts.extend({ move: Count }),
    columns: z.object({ matched: z.array(z.string()), unknown: z.array(z.string()) }),
    /** How many problems of each code; the rows themselves are `listImportProblems`. */
    problemCounts: z.record(z.string(), Count),
    quality: z.record(z.string(), Count),
  })
  .meta({ id: 'ImportReport' });
export type ImportReport = z.output<typeof ImportReport>;

export const IMPORT_STATES = [
  'checking',
  'checked',
  'committing',
  'committed',
  'undone',
  'failed',
  'discarded',
] as const;

export const RosterImport = z
  .object({
    id: Uuid,
    fileName: z.string(),
    /** The day that the file describes. */
    asOf: Day,
    state: z.enum(IMPORT_STATES),
    jobId: Uuid.nullable(),
    report: ImportReport.nullable(),
    accountName: z.string(),
    createdAt: Instant,
    committedAt: Instant.nullable(),
    undoneAt: Instant.nullable(),
    version: Version,
  })
  .meta({ id: 'RosterImport' });
export type RosterImport = z.output<typeof RosterImport>;

const ImportParams = z.object({ importId: Uuid });

export const uploadRoster = operation({
  id: 'uploadRoster',
  owner: 'identification',
  method: 'POST',
  path: '/imports',
  summary: { zh: '上传花名册并试运行', en: 'Upload a roster; its dry run begins as a job' },
  access: IMPORTERS,
  audit: 'identification.roster.uploaded',
  query: z.object({
    name: z.string().min(1).max(255),
    county: RegionCode.optional(),
    /** The day that the file describes; absent = today. */
    asOf: DayInput.optional(),
    /** Commits by itself when the dry run is done, in the same job. */
    commit: z.enum(['true', 'false']).default('false'),
  }),
  upload: true,
  answer: RosterImport,
  status: 202,
});

export const listImports = operation({
  id: 'listImports',
  owner: 'identification',
  method: 'GET',
  path: '/imports',
  summary: { zh: '导入记录', en: 'Imports' },
  access: IMPORTERS,
  query: PageQuery.extend({
    sort: sortBy(
      'fileName',
      'state',
      'report.households.create',
      'report.households.change',
      'report.households.heldBack',
      'asOf',
      'accountName',
      'createdAt',
      'committedAt',
      'undoneAt',
    ),
  }),
  answer: page(RosterImport),
});

export const getImport = operation({
  id: 'getImport',
  owner: 'identification',
  method: 'GET',
  path: '/imports/{importId}',
  summary: { zh: '查看导入', en: 'One import with its report' },
  access: IMPORTERS,
  params: ImportParams,
  answer: RosterImport,
});

export const listImportProblems = operation({
  id: 'listImportProblems',
  owner: 'identification',
  method: 'GET',
  path: '/imports/{importId}/problems',
  summary: { zh: '导入问题清单', en: 'The problems of an import' },
  access: IMPORTERS,
  params: ImportParams,
  unsorted: 'in the order of the file, which is mended from top to bottom',
  query: PageQuery.extend({
    code: z.string().max(40).optional(),
    /** Township and village as the problems name them; empty for those whose village could not be read. */
    village: z.string().max(200).optional(),
  }),
  answer: page(ImportProblem),
});

/** The same problem in one village. */
export const ImportProblemGroup = ImportProblem.pick({ code: true, severity: true, village: true })
  .extend({ count: Count })
  .meta({ id: 'ImportProblemGroup' });
export type ImportProblemGroup = z.output<typeof ImportProblemGroup>;

export const countImportProblems = operation({
  id: 'countImportProblems',
  owner: 'identification',
  method: 'GET',
  path: '/imports/{importId}/problem-groups',
  summary: { zh: '导入问题按类型和村计数', en: 'The problems of an import counted by code and village' },
  access: IMPORTERS,
  params: ImportParams,
  answer: z.object({ rows: z.array(ImportProblemGroup) }),
});

export const downloadProblemsWorkbook = operation({
  id: 'downloadProblemsWorkbook',
  owner: 'identification',
  method: 'GET',
  path: '/imports/{importId}/problems.xlsx',
  summary: { zh: '下载标注问题的原表', en: 'The same workbook with a problem column and coloured cells' },
  access: IMPORTERS,
  audit: 'identification.roster.problems-downloaded',
  params: ImportParams,
  answer: FileAnswer,
  answers: 'file',
});

export const answerSamePersons = operation({
  id: 'answerSamePersons',
  owner: 'identification',
  method: 'POST',
  path: '/imports/{importId}/same-persons',
  summary: {
    zh: '确认证件号码不同的是否同一人',
    en: 'Say whether persons under another ID number are the ones the register knows; the dry run begins again',
  },
  access: IMPORTERS,
  audit: 'identification.roster.same-persons-answered',
  params: ImportParams,
  body: z.object({
    version: Version,
    /** For rows with the problem ID_CHANGED: the same person under a corrected number, or another person. */
    answers: z
      .array(z.object({ sheet: z.string().max(200), row: RowNumber, same: z.boolean() }))
      .min(1)
      .max(1000),
  }),
  answer: RosterImport,
  status: 202,
});

export const commitImport = operation({
  id: 'commitImport',
  owner: 'identification',
  method: 'POST',
  path: '/imports/{importId}/commit',
  summary: { zh: '确认入库', en: 'Commit an import that was checked' },
  access: IMPORTERS,
  audit: 'identification.roster.commit-ordered',
  params: ImportParams,
  body: z.object({ version: Version }),
  answer: RosterImport,
  status: 202,
});

export const discardImport = operation({
  id: 'discardImport',
  owner: 'identification',
  method: 'POST',
  path: '/imports/{importId}/discard',
  summary: { zh: '放弃这次导入', en: 'Put an uncommitted import aside' },
  access: IMPORTERS,
  audit: 'identification.roster.discarded',
  params: ImportParams,
  body: NoInput,
  answer: RosterImport,
});

export const undoImport = operation({
  id: 'undoImport',
  owner: 'identification',
  method: 'POST',
  path: '/imports/{importId}/undo',
  summary: { zh: '撤销导入', en: 'Undo an import nothing was built on' },
  access: IMPORTERS,
  audit: 'identification.roster.undone',
  params: ImportParams,
  body: NoInput,
  answer: z.object({ undone: z.literal(true) }),
});
