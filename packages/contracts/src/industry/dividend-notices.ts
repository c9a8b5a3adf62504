import { z } from 'zod';
import { Count, Day, Fen, FileAnswer, Instant, page, PageQuery, RegionCode, Uuid } from '../core/common.ts';
import { operation } from '../core/operation.ts';
import { READERS } from './access.ts';
import { Declaration, DeclarationParams, Step } from './declarations.ts';

/** A county has fewer villages. */
const MOST_VILLAGES = 1000;
const NoticeIds = z.object({ noticeIds: z.array(Uuid).min(1).max(MOST_VILLAGES) });

export const openDividendNotice = operation({
  id: 'openDividendNotice',
  owner: 'industry',
  method: 'POST',
  path: '/declarations/{declarationId}/notices/open',
  summary: { zh: '开始村级公示', en: 'Post the list in villages' },
  access: ['township-officer', 'village-officer'],
  audit: 'industry.dividend-notice.opened',
  params: DeclarationParams,
  body: NoticeIds,
  answer: Declaration,
});

export const answerDividendObjection = operation({
  id: 'answerDividendObjection',
  owner: 'industry',
  method: 'POST',
  path: '/declarations/{declarationId}/objections/{objectionId}/answer',
  summary: { zh: '书面答复异议', en: 'Answer an objection in writing' },
  access: ['township-officer'],
  audit: 'industry.dividend-notice.objection-answered',
  params: DeclarationParams.extend({ objectionId: Uuid }),
  body: Step.extend({ upheld: z.boolean(), text: z.string().trim().min(2).max(1000) }),
  answer: Declaration,
});

export const closeDividendNotice = operation({
  id: 'closeDividendNotice',
  owner: 'industry',
  method: 'POST',
  path: '/declarations/{declarationId}/notices/close',
  summary: { zh: '结束公示', en: 'Close notices after their full days' },
  access: ['township-officer', 'village-officer'],
  audit: 'industry.dividend-notice.closed',
  params: DeclarationParams,
  body: NoticeIds,
  answer: Declaration,
});

export const printDividendList = operation({
  id: 'printDividendList',
  owner: 'industry',
  method: 'GET',
  path: '/declarations/{declarationId}/notices/{noticeId}/list.pdf',
  summary: { zh: '打印村级公示分红清单', en: 'The dividend list for the village board, A4' },
  access: READERS,
  params: DeclarationParams.extend({ noticeId: Uuid }),
  answer: FileAnswer,
  answers: 'file',
});

const NoticeParams = z.object({ noticeId: Uuid });
const PublicNotice = z.object({
  noticeId: Uuid,
  declarationId: Uuid,
  entityName: z.string(),
  year: z.int(),
  /** The dividend year. */
  from: Day,
  to: Day,
  openedAt: Instant,
  requiredDays: Count,
  closedAt: Instant.nullable(),
  closableFrom: Instant.nullable(),
  /** The village it hangs in. */
  villageName: z.string(),
  households: Count,
  totalFen: Fen,
  contentHash: z.string(),
  /** The number under which anyone can verify the list. */
  verifyNumber: z.string(),
});

export const listPublicDividendNotices = operation({
  id: 'listPublicDividendNotices',
  owner: 'industry',
  method: 'GET',
  path: '/public/dividend-notices',
  summary: { zh: '分红公示（公开）', en: 'Open dividend notices, for everyone' },
  access: 'public',
  unsorted: 'a public page shows the newest first',
  query: PageQuery.extend({ county: RegionCode.optional() }),
  answer: page(PublicNotice),
});

export const getPublicDividendNotice = operation({
  id: 'getPublicDividendNotice',
  owner: 'industry',
  method: 'GET',
  path: '/public/dividend-notices/{noticeId}',
  summary: { zh: '分红公示名单（公开）', en: 'The names, villages and amounts of an open notice' },
  access: 'public',
  params: NoticeParams,
  unsorted: 'as it was posted',
  query: PageQuery,
  answer: PublicNotice.extend({
    lines: page(z.object({ lineNumber: Count, headName: z.string(), villageName: z.string(), amountFen: Fen })),
  }),
});

export const raiseDividendObjection = operation({
  id: 'raiseDividendObjection',
  owner: 'industry',
  method: 'POST',
  path: '/public/dividend-notices/{noticeId}/objections',
  summary: { zh: '对分红公示提出异议', en: 'Object to an open dividend notice' },
  access: 'public',
  audit: 'industry.dividend-notice.objected',
  params: NoticeParams,
  body: z.object({ text: z.string().trim().min(5).max(1000) }),
  /** Repeated: the same person had said the same before; the receipt is that of the first time. */
  answer: z.object({ receipt: z.string(), filedAt: Instant, repeated: z.boolean() }),
  status: 201,
});

export const trackDividendObjection = operation({
  id: 'trackDividendObjection',
  owner: 'industry',
  method: 'GET',
  path: '/public/dividend-objections/{receipt}',
  summary: { zh: '凭受理编号查询分红异议答复', en: 'What became of an objection to a dividend, by its receipt number' },
  access: 'public',
  byTypedNumber: true,
  params: z.object({ receipt: z.string().max(20) }),
  answer: z.object({
    receipt: z.string(),
    noticeTitle: z.string(),
    filedAt: Instant,
    /** Lapsed: the notice was withdrawn for another objection before this one was answered. */
    outcome: z.enum(['upheld', 'dismissed', 'lapsed']).nullable(),
    answer: z.string().nullable(),
    answeredAt: Instant.nullable(),
  }),
});
