import { z } from 'zod';
import { Count, FileAnswer, Instant, page, PageQuery, RegionCode, Version } from '../core/common.ts';
import { sortBy } from '../core/list.ts';
import { operation } from '../core/operation.ts';
import { Evaluation, EVALUATION_OFFICE, EVALUATION_READERS, EvaluationParams } from './evaluations.ts';
import { StratumCode } from './plan.ts';

export const publishSeed = operation({
  id: 'publishSeed',
  owner: 'evaluation',
  method: 'POST',
  path: '/evaluations/{evaluationId}/seed',
  summary: {
    zh: '公布公开事件产生的随机种子',
    en: 'Publish the seed a public event gave, after the frame’s hash and before the draw',
  },
  access: EVALUATION_OFFICE,
  audit: 'evaluation.seed.published',
  params: EvaluationParams,
  body: z.object({
    version: Version,
    seed: z.string().min(20).max(200),
    /** Fixed by the plan; given only for a frame that an earlier release froze without one. */
    source: z.string().trim().min(2).max(200).optional(),
  }),
  answer: Evaluation,
});

export const revealSeed = operation({
  id: 'revealSeed',
  owner: 'evaluation',
  method: 'POST',
  path: '/evaluations/{evaluationId}/seed/file',
  summary: {
    zh: '导入评估员签名公开的随机种子',
    en: 'Import the signed file in which the evaluator reveals the seed he committed to',
  },
  access: EVALUATION_OFFICE,
  audit: 'evaluation.seed.revealed',
  params: EvaluationParams,
  upload: true,
  answer: Evaluation,
});

export const drawEvaluationSample = operation({
  id: 'drawEvaluationSample',
  owner: 'evaluation',
  method: 'POST',
  path: '/evaluations/{evaluationId}/sample',
  summary: { zh: '抽取样本', en: 'Draw the sample from the frozen frame by the published seed' },
  access: EVALUATION_OFFICE,
  audit: 'evaluation.sample.drawn',
  params: EvaluationParams,
  body: z.object({ version: Version }),
  answer: Evaluation,
});

export const SAMPLE_ROLES = ['sample', 'replacement'] as const;

export const SampleRow = z
  .object({
    householdNumber: z.string(),
    villageCode: RegionCode,
    townshipName: z.string(),
    villageName: z.string(),
    headName: z.string(),
    stratum: StratumCode,
    persons: Count,
    role: z.enum(SAMPLE_ROLES),
    /** Order of drawing within village and stratum; replacements are used strictly in it. */
    position: Count,
    /** How many households of its stratum it stands for; a replacement takes over the replaced one's. */
    weight: z.number(),
    /** The outcome of the return that stands, if there is one. */
    outcome: z.string().nullable(),
  })
  .meta({ id: 'SampleRow' });
export type SampleRow = z.output<typeof SampleRow>;

export const listSample = operation({
  id: 'listSample',
  owner: 'evaluation',
  method: 'GET',
  path: '/evaluations/{evaluationId}/sample',
  summary: { zh: '样本名单与替换名单', en: 'The drawn households and the replacement list' },
  access: EVALUATION_READERS,
  audit: 'evaluation.sample.read',
  params: EvaluationParams,
  query: PageQuery.extend({
    role: z.enum(SAMPLE_ROLES).optional(),
    stratum: StratumCode.optional(),
    /** A household number or a part of the head's name. */
    search: z.string().max(60).optional(),
    sort: sortBy(
      'householdNumber',
      'headName',
      'villageName',
      'stratum',
      'persons',
      'role',
      'position',
      'weight',
      'outcome',
    ),
  }),
  answer: page(SampleRow),
});

export const verifySample = operation({
  id: 'verifySample',
  owner: 'evaluation',
  method: 'GET',
  path: '/evaluations/{evaluationId}/sample/verification',
  summary: { zh: '重新计算抽样框校验值并重抽样本核对', en: 'Hash the frame and draw the sample again, and compare' },
  access: EVALUATION_READERS,
  params: EvaluationParams,
  answer: z.object({
    checkedAt: Instant,
    frame: z.object({ published: z.string(), computed: z.string(), holds: z.boolean() }),
    sample: z.object({ published: z.string(), drawnAgain: z.string(), stored: z.string(), holds: z.boolean() }),
  }),
});

export const downloadSurveyWorkbook = operation({
  id: 'downloadSurveyWorkbook',
  owner: 'evaluation',
  method: 'GET',
  path: '/evaluations/{evaluationId}/workbook.xlsx',
  summary: {
    zh: '下载调查表',
    en: 'The enumerators’ workbook: one row for each sampled household, with answer columns',
  },
  access: ['evaluator'],
  audit: 'evaluation.workbook.downloaded',
  params: EvaluationParams,
  answer: FileAnswer,
  answers: 'file',
});
