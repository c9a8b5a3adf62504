import { z } from 'zod';
import { Count, FileAnswer, Instant, page, PageQuery, Sha256, Uuid } from '../core/common.ts';
import { JobOrdered } from '../core/list-job.ts';
import { sortBy } from '../core/list.ts';
import { operation } from '../core/operation.ts';
import { EVALUATION_OFFICE, EVALUATION_READERS, EvaluationParams } from './evaluations.ts';

/** A sealed file of returns as it came in; it and its rows are never changed. */
export const ReturnFile = z
  .object({
    id: Uuid,
    fileName: z.string(),
    sha256: z.string(),
    size: Count,
    /** The signed workbook within; null for a file that came unsigned to an evaluation of an earlier release. */
    signed: z.object({ workbook: z.string(), sha256: Sha256, fingerprint: Sha256, signedAt: Instant }).nullable(),
    rows: Count,
    accepted: Count,
    /** Rows that were not accepted. */
    refused: Count,
    problems: Count,
    receivedAt: Instant,
    accountName: z.string(),
  })
  .meta({ id: 'ReturnFile' });
export type ReturnFile = z.output<typeof ReturnFile>;

export const ReturnProblem = z
  .object({
    row: Count,
    column: z.string(),
    value: z.string(),
    code: z.string(),
    message: z.string(),
    household: z.string().nullable(),
  })
  .meta({ id: 'ReturnProblem' });

const FileParams = EvaluationParams.extend({ fileId: Uuid });

export const uploadReturns = operation({
  id: 'uploadReturns',
  owner: 'evaluation',
  method: 'POST',
  path: '/evaluations/{evaluationId}/returns',
  summary: { zh: '导入评估员签名的调查问卷', en: 'Import a file of returns the evaluator signed, unchanged' },
  access: EVALUATION_OFFICE,
  audit: 'evaluation.returns.received',
  params: EvaluationParams,
  query: z.object({ name: z.string().min(1).max(255) }),
  upload: true,
  /** Its job comes to a `ReturnFile`. */
  answer: JobOrdered,
  status: 202,
});

export const listReturnFiles = operation({
  id: 'listReturnFiles',
  owner: 'evaluation',
  method: 'GET',
  path: '/evaluations/{evaluationId}/returns',
  summary: { zh: '回收的问卷文件', en: 'The files of returns received' },
  access: EVALUATION_READERS,
  params: EvaluationParams,
  query: PageQuery.extend({
    sort: sortBy('fileName', 'size', 'rows', 'accepted', 'refused', 'problems', 'receivedAt', 'accountName'),
  }),
  answer: page(ReturnFile),
});

export const listReturnProblems = operation({
  id: 'listReturnProblems',
  owner: 'evaluation',
  method: 'GET',
  path: '/evaluations/{evaluationId}/returns/{fileId}/problems',
  summary: { zh: '问卷问题清单', en: 'What kept rows of a file from being accepted' },
  access: EVALUATION_READERS,
  params: FileParams,
  unsorted: 'in the order of the file, which is mended from top to bottom',
  query: PageQuery,
  answer: page(ReturnProblem),
});

export const downloadReturnFile = operation({
  id: 'downloadReturnFile',
  owner: 'evaluation',
  method: 'GET',
  path: '/evaluations/{evaluationId}/returns/{fileId}/file',
  summary: { zh: '下载原始问卷文件', en: 'The sealed file as it came in' },
  access: ['county-office'],
  audit: 'evaluation.returns.downloaded',
  params: FileParams,
  answer: FileAnswer,
  answers: 'file',
});
