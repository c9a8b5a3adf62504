import { DEFAULT_CARE_MONTHS } from '@bangfu/domain/pairing/care';
import { DEFAULT_AHEAD_DAYS } from '@bangfu/domain/pairing/pairing-days';
import { POLICY_STATES, POLICY_STEPS } from '@bangfu/domain/pairing/policy-steps';
import { DEFAULT_VISIT_POLICY } from '@bangfu/domain/pairing/visit';
import { z } from 'zod';
import { Count, Day, Instant, page, PageQuery, Uuid, Version } from '../core/common.ts';
import { DayInput, SureOfDays } from '../core/inputs.ts';
import { sortBy } from '../core/list.ts';
import { operation } from '../core/operation.ts';
import { stepsOf } from '../core/steps.ts';
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
    /** How many months an exited household keeps its helper, counted from its own exit day. */
    careMonths: Count.max(240).default(DEFAULT_CARE_MONTHS),
    /** The last day of care of the households whose exit day nobody knows; without one they stay in care. */
    careUntil: DayInput.nullable().default(null),
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

/** A version of the policy, from its draft on; none is ever deleted. */
export const PairingPolicyVersion = z
  .object({
    id: Uuid,
    validFrom: Day,
    document: z.string(),
    content: PolicyContent,
    state: z.enum(POLICY_STATES),
    /** Who wrote it last. */
    makerName: z.string(),
    enforcerName: z.string().nullable(),
    enforcedAt: Instant.nullable(),
    /** The version of the same day that it replaced. */
    supersedes: Uuid.nullable(),
    /** Who discarded or took it back, or put another in its place, and why. */
    closerName: z.string().nullable(),
    closeReason: z.string().nullable(),
    version: Version,
  })
  .meta({ id: 'PairingPolicyVersion' });
export type PairingPolicyVersion = z.output<typeof PairingPolicyVersion>;

const WRITERS = ['county-office'] as const;
const ENFORCERS = ['county-leader'] as const;
const PolicyParams = z.object({ policyId: Uuid });
const AtVersion = z.object({ version: Version });
const Draft = z.object({
  validFrom: DayInput,
  document: z.string().trim().min(2).max(200),
  content: PolicyContent,
  sureOfDays: SureOfDays,
});

export const listPairingPolicies = operation({
  id: 'listPairingPolicies',
  owner: 'pairing',
  method: 'GET',
  path: '/policies',
  summary: { zh: '结对帮扶政策的各个版本', en: 'The versions of the pairing policy, latest first' },
  access: [...WRITERS, ...ENFORCERS, 'auditor'],
  unsorted: { closeReason: 'a text' },
  query: PageQuery.extend({
    sort: sortBy('validFrom', 'document', 'state', 'makerName', 'enforcerName', 'enforcedAt', 'closerName'),
  }),
  answer: page(PairingPolicyVersion.extend({ steps: stepsOf(POLICY_STEPS) })),
});

export const draftPairingPolicy = operation({
  id: 'draftPairingPolicy',
  owner: 'pairing',
  method: 'POST',
  path: '/policies',
  summary: { zh: '起草结对帮扶政策', en: 'Draft a version of the pairing policy' },
  access: WRITERS,
  audit: 'pairing.policy.drafted',
  body: Draft,
  answer: PairingPolicyVersion,
  status: 201,
});

export const changePairingPolicy = operation({
  id: 'changePairingPolicy',
  owner: 'pairing',
  method: 'PUT',
  path: '/policies/{policyId}',
  summary: { zh: '修改结对帮扶政策草稿', en: 'Change a draft of the pairing policy' },
  access: WRITERS,
  audit: 'pairing.policy.changed',
  params: PolicyParams,
  body: Draft.extend({ version: Version }),
  answer: PairingPolicyVersion,
});

export const discardPairingPolicy = operation({
  id: 'discardPairingPolicy',
  owner: 'pairing',
  method: 'POST',
  path: '/policies/{policyId}/discard',
  summary: { zh: '放弃结对帮扶政策草稿', en: 'Discard a draft of the pairing policy' },
  access: [...WRITERS, ...ENFORCERS],
  audit: 'pairing.policy.discarded',
  params: PolicyParams,
  body: AtVersion,
  answer: PairingPolicyVersion,
});

export const enforcePairingPolicy = operation({
  id: 'enforcePairingPolicy',
  owner: 'pairing',
  method: 'POST',
  path: '/policies/{policyId}/enforce',
  summary: {
    zh: '批准施行结对帮扶政策；同日施行的原版本被取代',
    en: 'Put a draft of another person in force; a version of the same day is superseded',
  },
  access: ENFORCERS,
  audit: 'pairing.policy.enforced',
  params: PolicyParams,
  body: AtVersion,
  answer: PairingPolicyVersion,
});

export const withdrawPairingPolicy = operation({
  id: 'withdrawPairingPolicy',
  owner: 'pairing',
  method: 'POST',
  path: '/policies/{policyId}/withdraw',
  summary: { zh: '撤回尚未施行的结对帮扶政策', en: 'Take back a version before its day' },
  access: [...WRITERS, ...ENFORCERS],
  audit: 'pairing.policy.withdrawn',
  params: PolicyParams,
  body: AtVersion.extend({ reason: z.string().trim().min(1).max(200) }),
  answer: PairingPolicyVersion,
});
