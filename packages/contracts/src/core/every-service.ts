import type { Role } from '@bangfu/domain/shared/roles';
import { z } from 'zod';
import { Count, Instant, NoInput, Nothing, page, PageQuery, Uuid } from './common.ts';
import { HouseholdNumber } from './inputs.ts';
import { WorkList } from './work.ts';
import { operation, type Owner, type ServiceName } from './operation.ts';

/** A long piece of work as its owner sees it. */
export const Job = z
  .object({
    id: Uuid,
    kind: z.string(),
    title: z.string(),
    state: z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']),
    stage: z.string().nullable(),
    done: Count,
    total: Count.nullable(),
    result: z.unknown(),
    problem: z.object({ code: z.string(), title: z.string() }).nullable(),
    createdAt: Instant,
    startedAt: Instant.nullable(),
    endedAt: Instant.nullable(),
  })
  .meta({ id: 'Job' });
export type Job = z.output<typeof Job>;

export const JobParams = z.object({ jobId: Uuid });

/** One number of the county home, counted at `asOf` over what its service holds and has heard of. */
export const Figure = z.object({
  key: z.string(),
  /** Null when it comes to more than can be shown exactly. */
  value: z.int().nullable(),
  unit: z.enum(['household', 'person', 'fen', 'case', 'item', 'basis-point']),
  /** The rows it counts, as input of the operation `figures.ts` names; null when the caller may not open them. */
  link: z
    .object({ params: z.record(z.string(), z.string()), query: z.record(z.string(), z.string()) })
    .nullable()
    .default(null),
});
export const Home = z.object({ asOf: Instant, figures: z.array(Figure) }).meta({ id: 'Home' });

/** What one service knows of a household, in the shape all share (architecture, decision 4). */
export const Dossier = z
  .object({
    sections: z.array(
      z.object({
        key: z.string(),
        title: z.string(),
        facts: z.array(z.object({ label: z.string(), value: z.string() })),
        table: z.object({ columns: z.array(z.string()), rows: z.array(z.array(z.string())) }).optional(),
      }),
    ),
    timeline: z.array(z.object({ at: z.string(), title: z.string(), detail: z.string() })),
    link: z.string(),
  })
  .meta({ id: 'DossierPart' });
export type Dossier = z.output<typeof Dossier>;

/** What a grant can be bound to beside divisions; each kind belongs to one service. */
export const BOUND_KINDS = {
  household: 'identification',
  unit: 'pairing',
  helper: 'pairing',
  entity: 'industry',
  provider: 'training',
  evaluation: 'evaluation',
} as const satisfies Readonly<Record<string, ServiceName>>;
export type BoundKind = keyof typeof BOUND_KINDS;
const boundKinds = Object.keys(BOUND_KINDS) as [BoundKind, ...BoundKind[]];

/** Something a grant can be bound to, as an administrator finds it; of a household its number and village, no person. */
export const ScopeChoice = z
  .object({ kind: z.enum(boundKinds), id: Uuid, name: z.string(), detail: z.string() })
  .meta({ id: 'ScopeChoice' });
export type ScopeChoice = z.output<typeof ScopeChoice>;

/** An entry of the audit log as the auditor reads it. */
export const AuditRow = z.object({
  id: Uuid,
  at: Instant,
  accountName: z.string(),
  address: z.string(),
  action: z.string(),
  recordType: z.string(),
  recordId: z.string(),
  change: z.unknown(),
  sealed: z.boolean(),
});

/** An event that an owner could not take in; the later ones of its record wait behind it. */
export const ParkedEvent = z
  .object({
    topic: z.string(),
    key: z.string(),
    type: z.string().nullable(),
    reason: z.enum(['failed', 'behind', 'gap', 'unreadable', 'rewound']),
    detail: z.string(),
    parkedAt: Instant,
  })
  .meta({ id: 'ParkedEvent' });
export type ParkedEvent = z.output<typeof ParkedEvent>;

export const Verification = z.object({
  checked: Count,
  unsealed: Count,
  broken: z.array(z.object({ what: z.string(), id: z.string(), at: z.string() })),
});

/** Who may look at a household's dossier by region. */
const LOOKS_AT_HOUSEHOLDS = [
  'county-office',
  'county-leader',
  'township-officer',
  'township-leader',
  'village-officer',
  'auditor',
  'evaluator',
] as const satisfies readonly Role[];

/**
 * Who looks at his own beside them: the household itself, but not into an evaluation it may be visited for, and a
 * helper and his unit where it is known whom they help; of the other services the gateway asks for them.
 */
const LOOKS_AT_HIS_OWN: Readonly<Record<ServiceName, readonly Role[]>> = {
  identification: ['household'],
  pairing: ['helper', 'unit-manager', 'household'],
  industry: ['household'],
  training: ['household'],
  evaluation: [],
};

const capital = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

/** The operations whose record is the service's own platform tables; the gateway has them too. */
export function platformOperations<S extends Owner>(owner: S) {
  const name = capital(owner);
  return {
    listAudit: operation({
      id: `list${name}Audit`,
      owner,
      method: 'GET',
      path: '/audit',
      summary: { zh: '查询审计日志', en: 'Search the audit log' },
      access: ['auditor', 'system-administrator'],
      unsorted: 'the log is read in the order of its chain',
      query: PageQuery.extend({ recordId: z.string().max(100).optional(), action: z.string().max(100).optional() }),
      answer: page(AuditRow),
    }),
    verifyAudit: operation({
      id: `verify${name}Audit`,
      owner,
      method: 'GET',
      path: '/audit/verification',
      summary: {
        zh: '校验审计日志链，以及本系统封存的公示、名册、样本、问卷和清单',
        en: 'Verify the hash chain of the audit log, and all records this owner has sealed',
      },
      access: ['auditor', 'system-administrator', 'county-office'],
      answer: Verification,
    }),
    listParkedEvents: operation({
      id: `list${name}ParkedEvents`,
      owner,
      method: 'GET',
      path: '/parked-events',
      summary: { zh: '滞留的消息', en: 'Events that could not be taken in, the oldest first' },
      access: ['system-administrator'],
      answer: z.object({ rows: z.array(ParkedEvent), total: Count }),
    }),
    redriveEvents: operation({
      id: `redrive${name}Events`,
      owner,
      method: 'POST',
      path: '/parked-events/redrive',
      summary: { zh: '重新处理滞留的消息', en: 'Take the parked events in again, each record in its order' },
      access: ['system-administrator'],
      audit: `${owner}.events.redriven`,
      body: z.object({ acceptRestored: z.boolean().optional() }),
      answer: z.object({ applied: Count, remaining: Count }),
    }),
  };
}

/** The operations all five services have alike. */
export function everyService<S extends ServiceName>(owner: S) {
  const name = capital(owner);
  return {
    ...platformOperations(owner),
    getHome: operation({
      id: `get${name}Home`,
      owner,
      method: 'GET',
      path: '/home',
      summary: { zh: '本服务的县级数字', en: 'This service’s figures for the county home' },
      access: [
        'county-office',
        'county-leader',
        'department',
        'township-officer',
        'township-leader',
        'finance',
        'auditor',
        'evaluator',
      ],
      answer: Home,
    }),
    getDossier: operation({
      id: `get${name}Dossier`,
      owner,
      method: 'GET',
      path: '/dossiers/{householdNumber}',
      summary: { zh: '一户一档：本服务部分', en: 'A household’s dossier: this service’s part' },
      access: [...LOOKS_AT_HOUSEHOLDS, ...LOOKS_AT_HIS_OWN[owner]],
      params: z.object({ householdNumber: HouseholdNumber }),
      answer: Dossier,
    }),
    getCopies: operation({
      id: `get${name}Copies`,
      owner,
      method: 'GET',
      path: '/copies',
      summary: { zh: '名册副本的状况', en: 'How much of the register this service has heard of' },
      access: ['county-office', 'system-administrator', 'auditor'],
      answer: z.object({ households: Count, asOf: Instant.nullable() }),
    }),
    listScopeChoices: operation({
      id: `list${name}ScopeChoices`,
      owner,
      method: 'GET',
      path: '/scope-choices',
      summary: { zh: '授权可绑定的对象', en: 'What a grant can be bound to' },
      access: ['system-administrator'],
      query: z.object({
        kind: z.enum(boundKinds),
        /** A part of the name or number. */
        search: z.string().max(60).optional(),
        /** Only this one, whether it is still in use or not. */
        id: Uuid.optional(),
      }),
      answer: z.object({ rows: z.array(ScopeChoice) }),
    }),
    listWork: operation({
      id: `list${name}Work`,
      owner,
      method: 'GET',
      path: '/work',
      summary: { zh: '等我办理的事项', en: 'What waits for the caller' },
      access: 'signed-in',
      answer: WorkList,
    }),
    listJobs: operation({
      id: `list${name}Jobs`,
      owner,
      method: 'GET',
      path: '/jobs',
      summary: { zh: '我的任务', en: 'The caller’s jobs' },
      access: 'signed-in',
      answer: z.object({ rows: z.array(Job) }),
    }),
    getJob: operation({
      id: `get${name}Job`,
      owner,
      method: 'GET',
      path: '/jobs/{jobId}',
      summary: { zh: '查看任务', en: 'One job' },
      access: 'signed-in',
      params: JobParams,
      answer: Job,
    }),
    watchJob: operation({
      id: `watch${name}Job`,
      owner,
      method: 'GET',
      path: '/jobs/{jobId}/live',
      summary: { zh: '任务进度（实时）', en: 'A job’s progress as server-sent events' },
      access: 'signed-in',
      params: JobParams,
      answer: Job,
      answers: 'live',
    }),
    cancelJob: operation({
      id: `cancel${name}Job`,
      owner,
      method: 'POST',
      path: '/jobs/{jobId}/cancel',
      summary: { zh: '取消任务', en: 'Cancel a job' },
      access: 'signed-in',
      audit: `${owner}.job.cancelled`,
      params: JobParams,
      body: NoInput,
      answer: Nothing,
      status: 204,
    }),
  };
}
export type EveryService = ReturnType<typeof everyService>;
