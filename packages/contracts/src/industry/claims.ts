import { CLAIM_CHANGES, SETTLEMENT_DECISIONS, SETTLEMENT_KINDS } from '@bangfu/domain/industry/claim';
import { z } from 'zod';
import { Count, Day, Fen, Instant, page, PageQuery, RegionCode, Uuid } from '../core/common.ts';
import { DayInput, HouseholdFen } from '../core/inputs.ts';
import { sortBy } from '../core/list.ts';
import { operation } from '../core/operation.ts';
import { stepsOf } from '../core/steps.ts';
import { READERS } from './access.ts';

const SETTLERS = ['finance', 'township-officer', 'county-office'] as const;

/** What a household had beyond what it is to have: it is collected from it, or set off against what it gets next. */
export const DividendClaim = z
  .object({
    id: Uuid,
    declarationId: Uuid,
    entityId: Uuid,
    entityName: z.string(),
    year: z.int(),
    lineNumber: Count,
    householdNumber: z.string(),
    headName: z.string(),
    villageCode: RegionCode,
    villageName: z.string(),
    amountFen: Fen,
    /** Still to be recovered. */
    outstandingFen: Fen,
    reason: z.string(),
    openedBy: z.string(),
    openedAt: Instant,
  })
  .meta({ id: 'DividendClaim' });
export type DividendClaim = z.output<typeof DividendClaim>;

/** A part of a claim's end. A reversal puts the part of the settlement it undoes back. */
export const ClaimSettlement = z
  .object({
    id: Uuid,
    kind: z.enum(CLAIM_CHANGES),
    amountFen: Fen,
    settledOn: Day,
    reference: z.string(),
    reason: z.string(),
    /** The line it was set off against. */
    lineId: Uuid.nullable(),
    /** The settlement that a reversal undoes. */
    reverses: Uuid.nullable(),
    madeBy: z.string(),
    madeAt: Instant,
    state: z.enum(['proposed', 'approved', 'refused']),
    decidedBy: z.string().nullable(),
  })
  .meta({ id: 'ClaimSettlement' });

export const listClaims = operation({
  id: 'listClaims',
  owner: 'industry',
  method: 'GET',
  path: '/claims',
  summary: { zh: '追回款项', en: 'What households had beyond what they are to have, the newest first' },
  access: READERS,
  unsorted: { reason: 'a sentence' },
  query: PageQuery.extend({
    /** Still to be recovered, or settled. */
    state: z.enum(['open', 'settled']).optional(),
    search: z.string().max(60).optional(),
    sort: sortBy(
      'entityName',
      'year',
      'lineNumber',
      'householdNumber',
      'headName',
      'villageName',
      'amountFen',
      'outstandingFen',
      'openedBy',
      'openedAt',
    ),
  }),
  /** With what all rows of the filter still come to. */
  answer: page(DividendClaim).extend({ outstandingFen: Fen }),
});

export const getClaim = operation({
  id: 'getClaim',
  owner: 'industry',
  method: 'GET',
  path: '/claims/{claimId}',
  summary: { zh: '一笔追回款项', en: 'One claim with its settlements, and what the caller can do with it now' },
  access: READERS,
  params: z.object({ claimId: Uuid }),
  answer: DividendClaim.extend({
    steps: stepsOf(['settle']),
    settlements: z.array(ClaimSettlement.extend({ steps: stepsOf([...SETTLEMENT_DECISIONS, 'reverse']) })),
    /** Lines of the household that the same entity is to pay: what it can be set off against. */
    lines: z.array(z.object({ id: Uuid, year: z.int(), contractNumber: z.string(), payableFen: Fen })),
  }),
});

export const proposeSettlement = operation({
  id: 'proposeSettlement',
  owner: 'industry',
  method: 'POST',
  path: '/claims/{claimId}/settlements',
  summary: { zh: '登记收回或抵扣', en: 'Propose that a claim was collected, or be set off, in whole or in part' },
  access: SETTLERS,
  audit: 'industry.claim.settlement-proposed',
  params: z.object({ claimId: Uuid }),
  body: z.object({
    kind: z.enum(SETTLEMENT_KINDS),
    amountFen: HouseholdFen,
    /** The day it was collected; a set-off is of the day it is approved. */
    settledOn: DayInput.optional(),
    /** The number of the receipt or the bank's reference; none for a set-off. */
    reference: z.string().trim().max(100).default(''),
    /** The line it is set off against. */
    lineId: Uuid.optional(),
    reason: z.string().trim().min(2).max(500),
  }),
  answer: ClaimSettlement,
  status: 201,
});

export const proposeReversal = operation({
  id: 'proposeReversal',
  owner: 'industry',
  method: 'POST',
  path: '/settlements/{settlementId}/reversal',
  summary: {
    zh: '提出撤销收回或抵扣',
    en: 'Propose that a settlement be reversed: the money went back to the household',
  },
  access: SETTLERS,
  audit: 'industry.claim.reversal-proposed',
  params: z.object({ settlementId: Uuid }),
  body: z.object({ reason: z.string().trim().min(2).max(500) }),
  answer: ClaimSettlement,
  status: 201,
});

export const decideSettlement = operation({
  id: 'decideSettlement',
  owner: 'industry',
  method: 'POST',
  path: '/settlements/{settlementId}/decision',
  summary: { zh: '复核收回、抵扣或撤销', en: 'Approve or refuse a settlement or its reversal; not by who proposed it' },
  access: SETTLERS,
  audit: 'industry.claim.settlement-decided',
  params: z.object({ settlementId: Uuid }),
  body: z.object({ approved: z.boolean() }),
  answer: z.object({ settlement: ClaimSettlement, claim: DividendClaim }),
});
