import { LEARNER_STEPS } from '@bangfu/domain/training/steps';
import { z } from 'zod';
import { Count, Day, Uuid, Version } from '../core/common.ts';
import { operation } from '../core/operation.ts';
import { stepsOf } from '../core/steps.ts';
import { ENROLLERS, KEEPERS, READERS } from './access.ts';

const ClassParams = z.object({ classId: Uuid });
/** A refusal as a person reads it. */
export const Reason = z.object({ code: z.string(), message: z.string() });

export const Enrolment = z
  .object({
    id: Uuid,
    classId: Uuid,
    personId: Uuid,
    personName: z.string(),
    householdId: Uuid,
    householdNumber: z.string(),
    townshipName: z.string(),
    villageName: z.string(),
    enrolledOn: Day,
    withdrawnOn: Day.nullable(),
    held: Count,
    attended: Count,
    /** Points of 100. */
    mark: Count.nullable(),
    /** Whether the participant has said how satisfied they are; what they said is told of the whole class only. */
    rated: z.boolean(),
    /** What the provider once told of the participant, 1 to 5: kept, and counted nowhere. */
    toldSatisfaction: Count.nullable(),
    certificateId: Uuid.nullable(),
    certificateNumber: z.string().nullable(),
    /** Why no certificate can be issued now; null when one can be. */
    missing: Reason.nullable(),
    version: Version,
  })
  .meta({ id: 'Enrolment' });
export type Enrolment = z.output<typeof Enrolment>;

export const Learner = z
  .object({
    personId: Uuid,
    name: z.string(),
    sex: z.string().nullable(),
    birthDate: Day.nullable(),
    labour: z.string().nullable(),
    householdId: Uuid,
    householdNumber: z.string(),
    headName: z.string(),
    townshipName: z.string(),
    villageName: z.string(),
    status: z.string(),
    /** Why the person cannot take part; empty when he or she can. */
    reasons: z.array(Reason),
  })
  .meta({ id: 'Learner' });

export const findLearners = operation({
  id: 'findLearners',
  owner: 'training',
  method: 'GET',
  path: '/classes/{classId}/learners',
  summary: { zh: '查找可报名人员', en: 'Find persons of the own region for a class, with what stands against each' },
  access: ENROLLERS,
  params: ClassParams,
  /** A household number or a person's name, from its beginning. */
  query: z.object({ search: z.string().trim().min(1).max(60) }),
  answer: z.object({ rows: z.array(Learner), more: z.boolean() }),
});

export const enrolPerson = operation({
  id: 'enrolPerson',
  owner: 'training',
  method: 'POST',
  path: '/classes/{classId}/enrolments',
  summary: { zh: '报名', en: 'Enrol a person of the own region' },
  access: ENROLLERS,
  audit: 'training.person.enrolled',
  params: ClassParams,
  body: z.object({ householdId: Uuid, personId: Uuid }),
  answer: Enrolment,
  status: 201,
});

export const withdrawEnrolment = operation({
  id: 'withdrawEnrolment',
  owner: 'training',
  method: 'POST',
  path: '/enrolments/{enrolmentId}/withdraw',
  summary: { zh: '退出报名', en: 'Give a place back' },
  access: ENROLLERS,
  audit: 'training.person.withdrawn',
  params: z.object({ enrolmentId: Uuid }),
  body: z.object({ reason: z.string().trim().min(2).max(200), version: Version }),
  answer: Enrolment,
});

export const listEnrolments = operation({
  id: 'listEnrolments',
  owner: 'training',
  method: 'GET',
  path: '/classes/{classId}/enrolments',
  summary: { zh: '班次学员', en: 'The learners of a class within the caller’s scope' },
  access: READERS,
  params: ClassParams,
  answer: z.object({ rows: z.array(Enrolment.extend({ steps: stepsOf(LEARNER_STEPS) })) }),
});

export const recordResults = operation({
  id: 'recordResults',
  owner: 'training',
  method: 'POST',
  path: '/classes/{classId}/results',
  summary: { zh: '登记考核成绩', en: 'Enter assessment results' },
  access: KEEPERS,
  audit: 'training.results.recorded',
  params: ClassParams,
  body: z.object({
    results: z
      .array(
        z.object({
          enrolmentId: Uuid,
          mark: z.int().min(0).max(100).nullable(),
          version: Version,
        }),
      )
      .min(1)
      .max(500),
  }),
  answer: z.object({ rows: z.array(Enrolment) }),
});
