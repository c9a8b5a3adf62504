import { CERTIFICATE_STEPS } from '@bangfu/domain/training/steps';
import { z } from 'zod';
import { Day, FileAnswer, page, PageQuery, Uuid, Version } from '../core/common.ts';
import { PolicyBasis } from '../core/policy-basis.ts';
import { sortBy } from '../core/list.ts';
import { operation, unmaskedReaders } from '../core/operation.ts';
import { stepsOf } from '../core/steps.ts';
import { READERS } from './access.ts';
import { Reason } from './enrolments.ts';

export const Certificate = z
  .object({
    id: Uuid,
    number: z.string(),
    classId: Uuid,
    className: z.string(),
    courseName: z.string(),
    lessons: z.int(),
    providerName: z.string(),
    begins: Day,
    ends: Day,
    personName: z.string(),
    householdId: Uuid,
    householdNumber: z.string(),
    townshipName: z.string(),
    villageName: z.string(),
    mark: z.int(),
    issuedOn: Day,
    /** By which attendance and mark were held to be enough; null for certificates of former years. */
    basis: PolicyBasis.nullable(),
    withdrawnOn: Day.nullable(),
    version: Version,
  })
  .meta({ id: 'Certificate' });
export type Certificate = z.output<typeof Certificate>;

const CertificateParams = z.object({ certificateId: Uuid });

export const listCertificates = operation({
  id: 'listCertificates',
  owner: 'training',
  method: 'GET',
  path: '/certificates',
  summary: { zh: '证书列表', en: 'Certificates within the caller’s scope, the latest first' },
  access: READERS,
  query: PageQuery.extend({
    /** A certificate or household number, or a name, from its beginning. */
    search: z.string().max(60).optional(),
    class: Uuid.optional(),
    /** Only those that are valid, or only those withdrawn. */
    state: z.enum(['valid', 'withdrawn']).optional(),
    sort: sortBy(
      'number',
      'className',
      'courseName',
      'lessons',
      'providerName',
      'begins',
      'ends',
      'personName',
      'householdNumber',
      'villageName',
      'mark',
      'issuedOn',
      'withdrawnOn',
    ),
  }),
  answer: page(Certificate.extend({ steps: stepsOf(CERTIFICATE_STEPS) })),
});

export const getCertificate = operation({
  id: 'getCertificate',
  owner: 'training',
  method: 'GET',
  path: '/certificates/{certificateId}',
  summary: { zh: '查看证书', en: 'One certificate' },
  access: READERS,
  params: CertificateParams,
  answer: Certificate.extend({ steps: stepsOf(CERTIFICATE_STEPS) }),
});

export const printCertificate = operation({
  id: 'printCertificate',
  owner: 'training',
  method: 'GET',
  path: '/certificates/{certificateId}/print.pdf',
  summary: { zh: '打印证书', en: 'The certificate on A4 with its verification code' },
  access: unmaskedReaders(READERS),
  params: CertificateParams,
  answer: FileAnswer,
  answers: 'file',
});

export const issueCertificates = operation({
  id: 'issueCertificates',
  owner: 'training',
  method: 'POST',
  path: '/classes/{classId}/certificates',
  summary: { zh: '发放证书', en: 'Issue certificates to those who attended enough and passed' },
  access: ['county-office'],
  audit: 'training.certificate.issued',
  params: z.object({ classId: Uuid }),
  body: z.object({ enrolmentIds: z.array(Uuid).min(1).max(500) }),
  answer: z.object({
    issued: z.array(Certificate),
    refused: z.array(Reason.extend({ enrolmentId: Uuid, personName: z.string() })),
  }),
});

export const withdrawCertificate = operation({
  id: 'withdrawCertificate',
  owner: 'training',
  method: 'POST',
  path: '/certificates/{certificateId}/withdraw',
  summary: { zh: '撤销证书', en: 'Declare a certificate void; its number is never given again' },
  access: ['county-office'],
  audit: 'training.certificate.withdrawn',
  params: CertificateParams,
  body: z.object({ reason: z.string().trim().min(4).max(200), version: Version }),
  answer: Certificate,
});

export const CertificateCheck = z
  .object({
    number: z.string(),
    /** `wrong` was never such a number (mistyped), `unknown` was not issued here. */
    result: z.enum(['valid', 'withdrawn', 'unknown', 'wrong']),
    certificate: z
      .object({
        courseName: z.string(),
        className: z.string(),
        providerName: z.string(),
        /** The middle of the name is masked. */
        holder: z.string(),
        issuedOn: Day,
        withdrawnOn: Day.nullable(),
      })
      .nullable(),
  })
  .meta({ id: 'CertificateCheck' });

export const verifyCertificate = operation({
  id: 'verifyCertificate',
  owner: 'training',
  method: 'GET',
  path: '/public/certificates/{number}',
  summary: { zh: '核验证书', en: 'Whether a certificate number is genuine' },
  access: 'public',
  byTypedNumber: true,
  params: z.object({ number: z.string().min(1).max(60) }),
  answer: CertificateCheck,
});
