import { DEFAULT_AHEAD_DAYS } from '@bangfu/domain/pairing/pairing-days';
import { DEFAULT_VISIT_POLICY } from '@bangfu/domain/pairing/visit';
import { z } from 'zod';
import { Count, Day } from '../core/common.ts';
import { DayInput } from '../core/inputs.ts';
import { operation } from '../core/operation.ts';
import { SHAPE_WORDS } from '../core/strict.ts';

const Rhythm = z.enum(['week', 'month']);
const Weight = Count.max(10_000);

/** Everything about pairing that a county sets for itself, from a day on. */
export const PolicyContent = z
  .object({
    /** From the highest to the lowest. */
    ranks: z
      .array(
        z.object({
          rank: z
            .string()
            .regex(/^[a-z][a-z-]*$/)
            .register(SHAPE_WORDS, { zh: '应为小写字母和横线', en: 'must be small letters and hyphens' }),
          name: z.string().min(1).max(40),
          quota: Count.max(100),
          pull: Count.max(10),
        }),
      )
      .min(1)
      .max(20),
    weights: z.object({ distance: Weight, change: Weight, leadership: Weight }),
    visits: z.object({
      rhythm: z.object({ red: Rhythm, yellow: Rhythm, green: Rhythm }),
      visitsPerPeriod: Count.min(1).max(10),
      minPhotos: Count.max(9),
      /** Minutes. */
      clockTolerance: Count.max(1440),
      /** How many days after it a visit can still be recorded. */
      backDays: Count.min(1).max(366).default(DEFAULT_VISIT_POLICY.backDays),
    }),
    /** How many days ahead an assignment, a handover, an end or a plan can be dated. */
    aheadDays: Count.min(1).max(366).default(DEFAULT_AHEAD_DAYS),
    /** An exited household keeps its helper until this day. */
    careUntil: DayInput,
  })
  .meta({ id: 'PairingPolicyContent' });
export type PolicyContent = z.output<typeof PolicyContent>;

export const getPairingPolicy = operation({
  id: 'getPairingPolicy',
  owner: 'pairing',
  method: 'GET',
  path: '/policy',
  summary: { zh: '现行结对帮扶政策', en: 'The pairing policy in force' },
  access: 'signed-in',
  answer: z.object({ validFrom: Day.nullable(), document: z.string(), content: PolicyContent }),
});

export const setPairingPolicy = operation({
  id: 'setPairingPolicy',
  owner: 'pairing',
  method: 'POST',
  path: '/policy',
  summary: { zh: '设定结对帮扶政策', en: 'Set the pairing policy from a day on' },
  access: ['county-office'],
  audit: 'pairing.policy.set',
  body: z.object({ validFrom: DayInput, document: z.string().trim().min(2).max(200), content: PolicyContent }),
  answer: z.object({ validFrom: Day }),
  status: 201,
});
