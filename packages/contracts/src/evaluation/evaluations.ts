import { VERDICTS } from '@bangfu/domain/evaluation/verdict';
import { z } from 'zod';
import { Count, Day, FileAnswer, Instant, page, PageQuery, RegionCode, Sha256, Uuid, Version } from '../core/common.ts';
import { sortBy } from '../core/list.ts';
import { Verification } from '../core/every-service.ts';
import { operation } from '../core/operation.ts';
import { EvaluationPlan, SeedPlan, StratumCode, Thresholds } from './plan.ts';

/** Who runs evaluations, and who looks at them within his scope. */
export const EVALUATION_OFFICE = ['county-office'] as const;
export const EVALUATION_READERS = ['county-office', 'county-leader', 'auditor', 'evaluator'] as const;

export const EvaluationParams = z.object({ evaluationId: Uuid });
const Totals = z.record(StratumCode, z.object({ households: Count, persons: Count }));

export const EVALUATION_STATES = ['draft', 'freezing', 'frozen', 'seeded', 'drawn', 'computed'] as const;

export const EarlierSeed = z
  .object({ evaluationId: Uuid, name: z.string(), seed: z.string(), publishedAt: Instant })
  .meta({ id: 'EarlierSeed' });

export const Evaluation = EvaluationPlan.extend({
  frameDate: Day,
  fieldFrom: Day,
  fieldTo: Day,
  seedPlan: SeedPlan.nullable(),
  id: Uuid,
  state: z.enum(EVALUATION_STATES),
  /** Until the frame is frozen: those in force on its day as the policy is now. */
  thresholds: Thresholds,
  frameJobId: Uuid.nullable(),
  frame: z
    .object({
      hash: z.string(),
      households: Count,
      persons: Count,
      /** Households without a member cannot be drawn and are not in the frame. */
      withoutMembers: Count,
      totals: Totals,
      frozenAt: Instant,
      frozenBy: z.string(),
      /** The account that froze; another one gives the seed, a third one imports returns. */
      accountId: z.string().nullable(),
      /** SHA-256 over the register values sealed with the frame; null for a frame of an earlier release. */
      registerHash: Sha256.nullable(),
    })
    .nullable(),
  seed: z
    .object({
      text: z.string(),
      source: z.string(),
      publishedAt: Instant,
      publishedBy: z.string(),
      accountId: z.string().nullable(),
    })
    .nullable(),
  /** Other evaluations of the same frame, or of the same day and places, that had another seed before. */
  earlierSeeds: z.array(EarlierSeed),
  /** The evaluator's key: who signs the returns, and the seed where it is his own. */
  signer: z
    .object({ fingerprint: Sha256, holder: z.string(), registeredAt: Instant, registeredBy: z.string() })
    .nullable(),
  sample: z
    .object({
      hash: z.string(),
      villages: Count,
      households: Count,
      replacements: Count,
      drawnAt: Instant,
      drawnBy: z.string(),
    })
    .nullable(),
  returns: z.object({
    files: Count,
    accepted: Count,
    problems: Count,
    /** Sampled households, and replacements whose turn has come, of which no return is in. */
    outstanding: Count,
  }),
  verdict: z.enum(VERDICTS).nullable(),
  computedAt: Instant.nullable(),
  accountName: z.string(),
  createdAt: Instant,
  version: Version,
}).meta({ id: 'Evaluation' });
export type Evaluation = z.output<typeof Evaluation>;

export const createEvaluation = operation({
  id: 'createEvaluation',
  owner: 'evaluation',
  method: 'POST',
  path: '/evaluations',
  summary: { zh: '新建评估项目', en: 'Plan an evaluation' },
  access: EVALUATION_OFFICE,
  audit: 'evaluation.evaluation.planned',
  body: EvaluationPlan,
  answer: Evaluation,
  status: 201,
});

export const reviseEvaluation = operation({
  id: 'reviseEvaluation',
  owner: 'evaluation',
  method: 'PUT',
  path: '/evaluations/{evaluationId}',
  summary: { zh: '修改评估方案（抽样框固定之前）', en: 'Revise the plan before the frame is frozen' },
  access: EVALUATION_OFFICE,
  audit: 'evaluation.evaluation.revised',
  params: EvaluationParams,
  body: EvaluationPlan.extend({ version: Version }),
  answer: Evaluation,
});

export const listEvaluations = operation({
  id: 'listEvaluations',
  owner: 'evaluation',
  method: 'GET',
  path: '/evaluations',
  summary: { zh: '评估项目', en: 'Evaluations within the caller’s scope' },
  access: EVALUATION_READERS,
  query: PageQuery.extend({
    sort: sortBy(
      'name',
      'frameDate',
      'fieldFrom',
      'fieldTo',
      'state',
      'sample.households',
      'returns.accepted',
      'verdict',
      'computedAt',
      'accountName',
      'createdAt',
    ),
  }),
  answer: page(Evaluation),
});

export const getEvaluation = operation({
  id: 'getEvaluation',
  owner: 'evaluation',
  method: 'GET',
  path: '/evaluations/{evaluationId}',
  summary: { zh: '查看评估项目', en: 'One evaluation' },
  access: EVALUATION_READERS,
  params: EvaluationParams,
  answer: Evaluation,
});

export const freezeFrame = operation({
  id: 'freezeFrame',
  owner: 'evaluation',
  method: 'POST',
  path: '/evaluations/{evaluationId}/frame',
  summary: { zh: '固定抽样框', en: 'Freeze the frame: all rural households of the scope at this moment, as a job' },
  access: EVALUATION_OFFICE,
  audit: 'evaluation.frame.freeze-ordered',
  params: EvaluationParams,
  body: z.object({ version: Version }),
  answer: Evaluation,
  status: 202,
});

export const registerEvaluatorKey = operation({
  id: 'registerEvaluatorKey',
  owner: 'evaluation',
  method: 'POST',
  path: '/evaluations/{evaluationId}/evaluator-key',
  summary: {
    zh: '登记评估员签名公钥的指纹（抽样之前）',
    en: 'Register the fingerprint of the evaluator’s public key, before the draw',
  },
  access: EVALUATION_OFFICE,
  audit: 'evaluation.evaluator-key.registered',
  params: EvaluationParams,
  body: z.object({ version: Version, fingerprint: Sha256, holder: z.string().trim().min(2).max(50) }),
  answer: Evaluation,
});

export const FrameRow = z
  .object({
    householdNumber: z.string(),
    villageCode: RegionCode,
    townshipName: z.string(),
    villageName: z.string(),
    headName: z.string(),
    stratum: StratumCode,
    persons: Count,
  })
  .meta({ id: 'FrameRow' });

export const listFrame = operation({
  id: 'listFrame',
  owner: 'evaluation',
  method: 'GET',
  path: '/evaluations/{evaluationId}/frame',
  summary: {
    zh: '抽样框名单（评估员、审计看到的姓名已脱敏）',
    en: 'The frozen frame; names masked for evaluators and auditors',
  },
  access: EVALUATION_READERS,
  audit: 'evaluation.frame.read',
  params: EvaluationParams,
  query: PageQuery.extend({
    stratum: StratumCode.optional(),
    sort: sortBy('householdNumber', 'headName', 'villageName', 'stratum', 'persons'),
  }),
  answer: page(FrameRow),
});

export const downloadFrame = operation({
  id: 'downloadFrame',
  owner: 'evaluation',
  method: 'GET',
  path: '/evaluations/{evaluationId}/frame.json',
  summary: {
    zh: '下载抽样框原文（校验值即其 SHA-256）',
    en: 'The canonical frame whose SHA-256 is the published hash',
  },
  access: ['county-office', 'auditor', 'evaluator'],
  audit: 'evaluation.frame.downloaded',
  params: EvaluationParams,
  answer: FileAnswer,
  answers: 'file',
});

export const verifyEvaluationRecords = operation({
  id: 'verifyEvaluationRecords',
  owner: 'evaluation',
  method: 'GET',
  path: '/verification',
  summary: {
    zh: '校验全部抽样框、样本与回收问卷',
    en: 'Hash every frame, sample and return again and name what is broken',
  },
  access: ['auditor', 'system-administrator', 'county-office'],
  answer: Verification,
});
