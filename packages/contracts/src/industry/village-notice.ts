import { NOTICE_STEPS } from '@bangfu/domain/industry/declaration-notice';
import { z } from 'zod';
import { Count, Fen, Instant, RegionCode, Uuid } from '../core/common.ts';
import { PolicyBasis } from '../core/policy-basis.ts';
import { stepsOf } from '../core/steps.ts';

const Objection = z.object({
  id: Uuid,
  receipt: z.string(),
  raisedAt: Instant,
  text: z.string(),
  /** How many others said the same before it was answered. */
  supporters: Count,
  answeredAt: Instant.nullable(),
  upheld: z.boolean().nullable(),
  answer: z.string().nullable(),
});

export const NOTICE_STATES = ['waiting', 'open', 'closed'] as const;

/** The notice of a declaration in one village. */
export const VillageNotice = z
  .object({
    id: Uuid,
    /** Null where one notice was posted for all villages together. */
    villageCode: RegionCode.nullable(),
    villageName: z.string(),
    households: Count,
    totalFen: Fen,
    state: z.enum(NOTICE_STATES),
    openedAt: Instant.nullable(),
    openedBy: z.string().nullable(),
    requiredDays: Count.nullable(),
    /** By which its days were set; null before it is posted, and for notices of former years. */
    basis: PolicyBasis.nullable(),
    closedAt: Instant.nullable(),
    closedBy: z.string().nullable(),
    /** Null while an objection stops the clock. */
    closableFrom: Instant.nullable(),
    remainingDays: Count.nullable(),
    contentHash: z.string().nullable(),
    verifyNumber: z.string().nullable(),
    objections: z.array(Objection),
    /** What the caller can do with it now, by the rule of the command itself, and why not. */
    steps: stepsOf(NOTICE_STEPS),
  })
  .meta({ id: 'VillageNotice' });
export type VillageNotice = z.output<typeof VillageNotice>;

/** A list that was posted in an earlier edition. */
export const EarlierNotice = z.object({
  id: Uuid,
  revision: Count,
  villageName: z.string(),
  households: Count,
  totalFen: Fen,
  openedAt: Instant,
  verifyNumber: z.string(),
});
