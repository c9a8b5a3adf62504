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
