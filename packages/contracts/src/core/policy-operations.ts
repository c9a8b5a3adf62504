import { POLICY_STATES } from '@bangfu/domain/shared/policy';
import type { Role } from '@bangfu/domain/shared/roles';
import { z } from 'zod';
import { Day, Instant, Uuid, Version } from './common.ts';
import { DayInput } from './inputs.ts';
import { operation, type ServiceName } from './operation.ts';
import type { Policy } from './policy.ts';
import { stepsOf } from './steps.ts';

/** What can be done with a version of a policy. */
export const POLICY_STEPS = ['approve', 'withdraw'] as const;

/** A version of a policy as it is kept, with what it changes of the one before. */
export const PolicyVersion = z
  .object({
    id: Uuid,
    /** Its key. */
    policy: z.string(),
    validFrom: Day,
    value: z.unknown(),
    document: z.string(),
    paragraph: z.string(),
    /** Shipped with the product, for the whole country or for divisions whose codes begin so. */
    shippedFor: z.string().nullable(),
    state: z.enum(POLICY_STATES),
    draftedBy: z.string(),
    draftedAt: Instant,
    approvedBy: z.string().nullable(),
    approvedAt: Instant.nullable(),
    withdrawnBy: z.string().nullable(),
    withdrawnReason: z.string().nullable(),
    /** Against the version in force before its day: each field by its path. */
    changes: z.array(z.object({ field: z.string(), before: z.unknown(), after: z.unknown() })),
    version: Version,
  })
  .meta({ id: 'PolicyVersion' });
export type PolicyVersion = z.output<typeof PolicyVersion>;

/** A version with what the reader may do with it now. */
export const OfferedPolicyVersion = PolicyVersion.extend({ steps: stepsOf(POLICY_STEPS) });
export type OfferedPolicyVersion = z.output<typeof OfferedPolicyVersion>;

/** A policy with its version in force today, and all its versions, the latest day first. */
const PolicyRow = z.object({
  policy: z.string(),
  /** Null: none is in force today; a yearly policy without a version of this year. */
  inForce: z
    .object({ id: Uuid, value: z.unknown(), validFrom: Day, document: z.string(), paragraph: z.string() })
    .nullable(),
  versions: z.array(OfferedPolicyVersion),
});

/** The version of a policy in force on a day. */
export const PolicyInForce = z
  .object({
    policy: z.string(),
    id: Uuid,
    value: z.unknown(),
    validFrom: Day,
    document: z.string(),
    paragraph: z.string(),
    version: Version,
  })
  .meta({ id: 'PolicyInForce' });

const DRAFTERS = ['county-office'] as const satisfies readonly Role[];
const APPROVERS = ['county-leader'] as const satisfies readonly Role[];
const READERS = [...DRAFTERS, ...APPROVERS, 'system-administrator', 'auditor'] as const satisfies readonly Role[];

const PolicyParams = z.object({ policyId: Uuid });
const capital = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

/** A draft of one of the policies: its key decides what its value is. */
function draftOf(policies: readonly Policy[]) {
  const [first, ...others] = policies.map(({ key, schema }) =>
    z.object({
      policy: z.literal(key),
      validFrom: DayInput,
      document: z.string().trim().min(2).max(200),
      paragraph: z.string().trim().max(100).default(''),
      value: schema,
    }),
  );
  if (!first) throw new Error('a service that has operations of policies declares one');
  return z
    .discriminatedUnion('policy', [first, ...others])
    .meta({ id: `Draft${capital(policies[0]?.service ?? '')}Policy` });
}

/** The policies of a service and the operations that all services have alike for theirs. */
export function policiesOf<const Policies extends readonly [Policy, ...Policy[]]>(
  owner: ServiceName,
  policies: Policies,
) {
  const name = capital(owner);
  const keys = policies.map(({ key }) => key) as [Policies[number]['key'], ...Policies[number]['key'][]];
  return {
    policies,
    listPolicies: operation({
      id: `list${name}Policies`,
      owner,
      method: 'GET',
      path: '/policies',
      summary: {
        zh: '政策：现行版本、草稿和历次变动',
        en: 'Policies: versions in force, drafts and what each changed',
      },
      access: READERS,
      answer: z.object({ rows: z.array(PolicyRow) }),
    }),
    getPolicy: operation({
      id: `get${name}Policy`,
      owner,
      method: 'GET',
      path: '/policies/{policy}',
      summary: { zh: '某日执行的政策', en: 'The version of a policy in force on a day' },
      access: 'signed-in',
      params: z.object({ policy: z.enum(keys) }),
      query: z.object({ on: DayInput.optional() }),
      answer: PolicyInForce,
    }),
    draftPolicy: operation({
      id: `draft${name}Policy`,
      owner,
      method: 'POST',
      path: '/policies',
      summary: { zh: '起草政策', en: 'Draft a version of a policy' },
      access: DRAFTERS,
      audit: `${owner}.policy.drafted`,
      body: draftOf(policies),
      answer: PolicyVersion,
      status: 201,
    }),
    approvePolicy: operation({
      id: `approve${name}Policy`,
      owner,
      method: 'POST',
      path: '/policies/{policyId}/approve',
      summary: { zh: '批准他人起草的政策', en: 'Approve a version of a policy that another person drafted' },
      access: APPROVERS,
      audit: `${owner}.policy.approved`,
      params: PolicyParams,
      body: z.object({ version: Version }),
      answer: PolicyVersion,
    }),
    withdrawPolicy: operation({
      id: `withdraw${name}Policy`,
      owner,
      method: 'POST',
      path: '/policies/{policyId}/withdraw',
      summary: {
        zh: '撤回政策草稿，或尚未施行的政策',
        en: 'Withdraw a draft of a policy, or an approved version before its day',
      },
      access: [...DRAFTERS, ...APPROVERS],
      audit: `${owner}.policy.withdrawn`,
      params: PolicyParams,
      body: z.object({ reason: z.string().trim().min(1).max(200), version: Version }),
      answer: PolicyVersion,
    }),
  };
}
/** The policies of a service with their operations. */
export type ServicePolicies = ReturnType<typeof policiesOf>;
