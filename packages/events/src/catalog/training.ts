import { z } from 'zod';
import { defineEvent } from './define.ts';

export const certificateIssued = defineEvent({
  type: 'training.certificate.issued.v1',
  summary: { zh: '培训证书已发放', en: 'A member of a household was given a training certificate' },
  data: z.object({
    certificateId: z.uuid(),
    number: z.string().min(1),
    householdId: z.uuid(),
    householdNumber: z.string().min(1),
    personId: z.uuid(),
    personName: z.string().min(1),
    courseId: z.uuid(),
    courseName: z.string().min(1),
    className: z.string().min(1),
    issuedOn: z.iso.date(),
  }),
  key: (data) => data.householdId,
});

export const certificateWithdrawn = defineEvent({
  type: 'training.certificate.withdrawn.v1',
  summary: { zh: '培训证书已撤销', en: 'A training certificate was declared void' },
  data: z.object({
    certificateId: z.uuid(),
    number: z.string().min(1),
    householdId: z.uuid(),
    personId: z.uuid(),
    withdrawnOn: z.iso.date(),
  }),
  key: (data) => data.householdId,
});

export const enrolmentMade = defineEvent({
  type: 'training.enrolment.made.v1',
  summary: { zh: '学员已报名', en: 'A member of a household was enrolled in a class' },
  data: z.object({ enrolmentId: z.uuid(), classId: z.uuid(), householdId: z.uuid(), personId: z.uuid() }),
  key: (data) => data.householdId,
});

export const enrolmentWithdrawn = defineEvent({
  type: 'training.enrolment.withdrawn.v1',
  summary: { zh: '学员已退出培训班', en: 'A member of a household gave the place in a class back' },
  data: z.object({ enrolmentId: z.uuid(), householdId: z.uuid() }),
  key: (data) => data.householdId,
});
