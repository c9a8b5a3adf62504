import { z } from 'zod';
import { Count, FileAnswer, Sha256, Uuid } from '../core/common.ts';
import { operation, unmaskedReaders } from '../core/operation.ts';
import { CASE_ENTERING, CASE_READERS } from './cases.ts';

export const uploadCasePhoto = operation({
  id: 'uploadCasePhoto',
  owner: 'identification',
  method: 'POST',
  path: '/photos',
  summary: { zh: '上传评议会照片', en: 'Upload a photo (JPEG or PNG, at most 10 MB) of an appraisal meeting' },
  access: CASE_ENTERING,
  audit: 'identification.photo.uploaded',
  upload: true,
  answer: z.object({ sha256: Sha256, size: Count, mediaType: z.string() }),
  status: 201,
});

export const getCasePhoto = operation({
  id: 'getCasePhoto',
  owner: 'identification',
  method: 'GET',
  path: '/cases/{caseId}/photos/{sha256}',
  summary: { zh: '评议会照片', en: 'A photo of a case’s appraisal meeting' },
  access: unmaskedReaders(CASE_READERS),
  params: z.object({ caseId: Uuid, sha256: Sha256 }),
  answer: FileAnswer,
  answers: 'file',
});
