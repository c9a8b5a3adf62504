import { PARTICIPATION_STEPS } from '@bangfu/domain/training/steps';
import { z } from 'zod';
import { Count, Day, FileAnswer, Uuid } from '../core/common.ts';
import { operation } from '../core/operation.ts';
import { stepsOf } from '../core/steps.ts';
import { ENROLLERS } from './access.ts';

const Score = z.int().min(1).max(5);

/** A class a member of the household took part in, for the household itself. */
export const Participation = z
  .object({
    enrolmentId: Uuid,
    personName: z.string(),
    className: z.string(),
    courseName: z.string(),
    providerName: z.string(),
    begins: Day,
    ends: Day,
    /** What was answered, 1 to 5; null while nothing was. */
    score: Count.nullable(),
  })
  .meta({ id: 'TrainingParticipation' });
export type Participation = z.output<typeof Participation>;

export const listMyTraining = operation({
  id: 'listMyTraining',
  owner: 'training',
  method: 'GET',
  path: '/my-training',
  summary: {
    zh: '本户参加的培训',
    en: 'The classes members of the household one speaks for took part in, the latest first',
  },
  access: ['household'],
  answer: z.object({ rows: z.array(Participation.extend({ steps: stepsOf(PARTICIPATION_STEPS) })) }),
});

export const rateMyTraining = operation({
  id: 'rateMyTraining',
  owner: 'training',
  method: 'POST',
  path: '/my-training/{enrolmentId}/satisfaction',
  summary: { zh: '评价本户参加的培训', en: 'Say how satisfied a member of one’s own household is, once' },
  access: ['household'],
  audit: 'training.satisfaction.given',
  params: z.object({ enrolmentId: Uuid }),
  body: z.object({ score: Score }),
  answer: Participation,
});

export const rateByCode = operation({
  id: 'rateByCode',
  owner: 'training',
  method: 'POST',
  path: '/public/satisfaction',
  summary: { zh: '凭评价码评价培训', en: 'Say how satisfied one is by the code of the slip, without an account, once' },
  access: 'public',
  audit: 'training.satisfaction.given',
  body: z.object({ code: z.string().trim().min(1).max(40), score: Score }),
  /** Of the class only: the code's holder knows who they are. */
  answer: z.object({ className: z.string(), courseName: z.string() }),
});

export const printSlips = operation({
  id: 'printSlips',
  owner: 'training',
  method: 'GET',
  path: '/classes/{classId}/slips.pdf',
  summary: { zh: '打印评价条', en: 'Slips for the participants of the own region, each with a code for one answer' },
  access: ENROLLERS,
  audit: 'training.slips.printed',
  params: z.object({ classId: Uuid }),
  answer: FileAnswer,
  answers: 'file',
});
