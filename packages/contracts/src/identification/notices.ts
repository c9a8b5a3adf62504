import { CASE_KINDS } from '@bangfu/domain/identification/policy/policy';
import { z } from 'zod';
import { Count, Day, Instant, NoInput, page, PageQuery, RegionCode, Sha256, Uuid, Version } from '../core/common.ts';
import { RowNumber } from '../core/inputs.ts';
import { PolicyBasis } from '../core/policy-basis.ts';
import { sortBy } from '../core/list.ts';
import { operation } from '../core/operation.ts';
import { CASE_ENTERING, CASE_READERS, CaseChange, Objection, PickedCases } from './cases.ts';

export const NOTICE_LEVELS = ['village', 'township', 'county'] as const;
export const NOTICE_STATUSES = ['opened', 'announced', 'closed', 'lapsed'] as const;

/** A notice as anyone may know it. */
const NoticeHead = z.object({
  id: Uuid,
  number: z.string(),
  title: z.string(),
  place: z.string(),
  level: z.enum(NOTICE_LEVELS),
  openedOn: Day,
  /** The last full day it hangs, unless an objection stops the clock. */
  until: Day,
  status: z.enum(NOTICE_STATUSES),
  households: Count,
  contentHash: z.string(),
});

export const NoticeRow = NoticeHead.extend({
  kind: z.enum(CASE_KINDS),
  regionCode: RegionCode,
  openedBy: z.string(),
  fullDays: Count,
  /** Cases that still hang in it, and how many of them could be taken down now. */
  hanging: Count,
  closable: Count,
  /** When the first of them may be taken down. */
  closableFrom: Instant.nullable(),
  objections: Count,
  openObjections: Count,
}).meta({ id: 'NoticeRow' });
export type NoticeRow = z.output<typeof NoticeRow>;

export const NoticeFilter = z.object({
  region: RegionCode.optional(),
  status: z.enum(NOTICE_STATUSES).optional(),
  level: z.enum(NOTICE_LEVELS).optional(),
});
export type NoticeFilters = z.input<typeof NoticeFilter>;

export const listNotices = operation({
  id: 'listNotices',
  owner: 'identification',
  method: 'GET',
  path: '/notices',
  summary: { zh: '公示公告列表', en: 'Notices within the caller’s scope, newest first' },
  access: CASE_READERS,
  unsorted: { title: 'it is made of place, kind and level' },
  query: PageQuery.extend({
    ...NoticeFilter.shape,
    sort: sortBy(
      'number',
      'place',
      'level',
      'kind',
      'status',
      'openedOn',
      'until',
      'fullDays',
      'households',
      'hanging',
      'closable',
      'closableFrom',
      'objections',
      'openObjections',
      'openedBy',
    ),
  }),
  answer: page(NoticeRow),
});

export const NoticeDetail = NoticeRow.extend({
  asOf: Instant,
  /** By which its days were set; null for announcements and notices of former years. */
  basis: PolicyBasis.nullable(),
  /** Why the caller cannot close it now; null when he can. */
  closeRefusal: z.string().nullable(),
  /** The address at which anyone can check the hash, and its code as an SVG picture. */
  verifyAddress: z.string(),
  verifySvg: z.string(),
  entries: z.array(
    z.object({
      position: Count,
      name: z.string(),
      village: z.string(),
      /** Absent outside the caller's scope. */
      caseId: Uuid.nullable(),
      hanging: z.boolean(),
    }),
  ),
  objectionList: z.array(
    /** Why the caller cannot answer it, as the command would say. */
    Objection.extend({ caseVersion: Version, answerRefusal: z.string().nullable() }),
  ),
  statuses: z.array(z.object({ status: z.enum(NOTICE_STATUSES), at: Instant, accountName: z.string() })),
}).meta({ id: 'NoticeDetail' });
export type NoticeDetail = z.output<typeof NoticeDetail>;

const params = z.object({ noticeId: Uuid });

export const getNotice = operation({
  id: 'getNotice',
  owner: 'identification',
  method: 'GET',
  path: '/notices/{noticeId}',
  summary: { zh: '公示详情及异议', en: 'One notice with its objections' },
  access: CASE_READERS,
  params,
  answer: NoticeDetail,
});

export const openNotice = operation({
  id: 'openNotice',
  owner: 'identification',
  method: 'POST',
  path: '/notices',
  summary: {
    zh: '张贴公示（可含一批农户），内容即时封存',
    en: 'Open a notice for one case or a batch; its content is sealed',
  },
  access: CASE_ENTERING,
  audit: 'identification.notice.opened',
  body: z.object({ cases: PickedCases }),
  answer: z.object({ noticeId: Uuid, contentHash: z.string(), cases: z.array(CaseChange) }),
  status: 201,
});

export const closeNotice = operation({
  id: 'closeNotice',
  owner: 'identification',
  method: 'POST',
  path: '/notices/{noticeId}/closing',
  summary: { zh: '结束公示', en: 'Close a notice for every case whose time is served' },
  access: CASE_ENTERING,
  audit: 'identification.notice.closed',
  params,
  body: NoInput,
  answer: z.object({ closed: Count, hanging: Count }),
});

export const answerObjection = operation({
  id: 'answerObjection',
  owner: 'identification',
  method: 'POST',
  path: '/objections/{objectionId}/answer',
  summary: { zh: '书面答复异议', en: 'Answer an objection in writing' },
  access: CASE_ENTERING,
  audit: 'identification.objection.answered',
  params: z.object({ objectionId: Uuid }),
  body: z.object({
    /** The version of the objection's case. */
    version: Version,
    outcome: z.enum(['upheld', 'dismissed']),
    answer: z.string().trim().min(1).max(1000),
  }),
  answer: CaseChange,
});

/** What the public sees: names and village only (domain, Getting on the register). */
export const PublicNotice = NoticeHead.extend({
  asOf: Instant,
  entries: z.array(z.object({ position: Count, name: z.string(), village: z.string(), objectionOpen: z.boolean() })),
}).meta({ id: 'PublicNotice' });

export const listPublicNotices = operation({
  id: 'listPublicNotices',
  owner: 'identification',
  method: 'GET',
  path: '/public/notices',
  summary: { zh: '正在公示和已公告的名单', en: 'Notices now open and announcements made' },
  access: 'public',
  unsorted: 'a public page shows the newest first',
  query: PageQuery,
  answer: page(NoticeHead),
});

export const getPublicNotice = operation({
  id: 'getPublicNotice',
  owner: 'identification',
  method: 'GET',
  path: '/public/notices/{noticeId}',
  summary: { zh: '公示内容（仅姓名和村）', en: 'A notice as published; after it has closed, without names' },
  access: 'public',
  params,
  answer: PublicNotice,
});

export const fileObjection = operation({
  id: 'fileObjection',
  owner: 'identification',
  method: 'POST',
  path: '/public/notices/{noticeId}/objections',
  summary: { zh: '对公示提出异议', en: 'Object to an entry of an open notice' },
  access: 'public',
  audit: 'identification.objection.filed',
  params,
  body: z.object({
    position: RowNumber,
    content: z.string().trim().min(5).max(1000),
    name: z.string().trim().max(40).optional(),
    phone: z.string().trim().max(20).optional(),
  }),
  /** Repeated: the same person had said the same before; the receipt is that of the first time. */
  answer: z.object({ receipt: z.string(), filedAt: Instant, repeated: z.boolean() }),
  status: 201,
});

export const trackObjection = operation({
  id: 'trackObjection',
  owner: 'identification',
  method: 'GET',
  path: '/public/objections/{receipt}',
  summary: { zh: '凭受理编号查询异议答复', en: 'What became of an objection, by its receipt number' },
  access: 'public',
  byTypedNumber: true,
  params: z.object({ receipt: z.string().max(20) }),
  answer: z.object({
    receipt: z.string(),
    noticeTitle: z.string(),
    noticeNumber: z.string(),
    filedAt: Instant,
    outcome: z.enum(['upheld', 'dismissed']).nullable(),
    answer: z.string().nullable(),
    answeredAt: Instant.nullable(),
  }),
});

export const verifyNotice = operation({
  id: 'verifyNotice',
  owner: 'identification',
  method: 'GET',
  path: '/public/verification',
  summary: { zh: '核验公示内容（按封存码）', en: 'Check a notice by the hash printed on it' },
  access: 'public',
  byTypedNumber: true,
  query: z.object({ hash: Sha256 }),
  answer: z.object({
    /** Recomputed from the content kept: true when it is exactly what was sealed. */
    intact: z.boolean(),
    notice: NoticeHead.nullable(),
  }),
});
