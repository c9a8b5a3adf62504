import { COMING_KINDS } from '@bangfu/domain/pairing/pairing';
import { PAIRING_STEPS } from '@bangfu/domain/pairing/pairing-steps';
import { z } from 'zod';
import { Count, Day, Instant, page, PageQuery, RegionCode, Uuid } from '../core/common.ts';
import { DayInput, SureOfDays } from '../core/inputs.ts';
import { sortBy } from '../core/list.ts';
import { operation } from '../core/operation.ts';
import { stepsOf } from '../core/steps.ts';

const MAKERS = ['county-office', 'township-officer'] as const;
const READERS = [
  ...MAKERS,
  'county-leader',
  'township-leader',
  'village-officer',
  'unit-manager',
  'helper',
  'auditor',
  'evaluator',
] as const;

/** Where a household's visits stand on the day of the question. */
export const VisitsStanding = z
  .object({
    made: Count,
    required: Count,
    /** Last day for what is missing in this week or month. */
    dueBy: Day.nullable(),
    overdueDays: Count,
    lastVisit: Day.nullable(),
  })
  .meta({ id: 'VisitsStanding' });

export const HOUSEHOLD_STATUSES = ['none', 'registered', 'exited', 'returned'] as const;

const Helper = z.object({ id: Uuid, name: z.string(), unitName: z.string() });

/** A change that is decided and takes effect on a day to come; until then today's helper helps. */
export const ComingChange = z
  .object({
    kind: z.enum(COMING_KINDS),
    day: Day,
    /** Who helps from that day on; nobody after an end. */
    helper: Helper.nullable(),
  })
  .meta({ id: 'ComingPairingChange' });

export const PairedHousehold = z
  .object({
    householdId: Uuid,
    number: z.string(),
    headName: z.string(),
    townshipName: z.string(),
    villageName: z.string(),
    villageCode: RegionCode,
    memberCount: Count,
    status: z.enum(HOUSEHOLD_STATUSES),
    mainCause: z.string().nullable(),
    /** Who helps today. */
    helper: Helper.extend({ since: Day }).nullable(),
    visits: VisitsStanding.nullable(),
    coming: ComingChange.nullable(),
  })
  .meta({ id: 'PairedHousehold' });
export type PairedHousehold = z.output<typeof PairedHousehold>;

export const listPairings = operation({
  id: 'listPairings',
  owner: 'pairing',
  method: 'GET',
  path: '/pairings',
  summary: { zh: '帮扶户与结对情况', en: 'Households and their helpers within the scope' },
  access: READERS,
  query: PageQuery.extend({
    region: RegionCode.optional(),
    /** A household number, the head's or the helper's name. */
    search: z.string().max(60).optional(),
    state: z.enum(['all', 'paired', 'without', 'coming', 'overdue', 'due']).default('all'),
    unit: Uuid.optional(),
    helper: Uuid.optional(),
    sort: sortBy(
      'number',
      'headName',
      'villageName',
      'memberCount',
      'status',
      'mainCause',
      'helper.name',
      'helper.unitName',
      'helper.since',
      'coming.day',
      'visits.lastVisit',
      'visits.overdueDays',
    ),
  }),
  /** Rows bear the step of a helper’s first page; the record has them all. */
  answer: page(PairedHousehold.extend({ steps: stepsOf(['visit']) })),
});

export const getMyHelper = operation({
  id: 'getMyHelper',
  owner: 'pairing',
  method: 'GET',
  path: '/my-helper',
  summary: { zh: '本户的帮扶责任人', en: 'The helper of the household one speaks for, and how to call him' },
  access: ['household'],
  answer: z.object({
    helper: z
      .object({
        name: z.string(),
        unitName: z.string(),
        since: Day,
        /** In full: a household may call its helper. */
        phone: z.string().nullable(),
        lastVisit: Day.nullable(),
      })
      .nullable(),
  }),
});

const HouseholdParams = z.object({ householdId: Uuid });

export const PairingRecord = PairedHousehold.extend({
  members: z.array(z.object({ name: z.string(), relation: z.string() })),
  /** Oldest first. */
  chain: z.array(
    z.object({
      helperId: Uuid,
      helperName: z.string(),
      unitName: z.string(),
      from: Day,
      until: Day.nullable(),
      reason: z.string().nullable(),
      byPlan: z.boolean(),
      accountName: z.string(),
    }),
  ),
  /** Changes that were taken back or moved before they took effect, latest first. */
  reversals: z.array(
    z.object({
      kind: z.enum(COMING_KINDS),
      day: Day,
      /** The day it was moved to; empty when it was taken back. */
      movedTo: Day.nullable(),
      helperName: z.string(),
      /** Who had decided it. */
      madeByName: z.string().nullable(),
      reason: z.string(),
      accountName: z.string(),
      at: Instant,
    }),
  ),
}).meta({ id: 'PairingRecord' });

export const getPairing = operation({
  id: 'getPairing',
  owner: 'pairing',
  method: 'GET',
  path: '/pairings/{householdId}',
  summary: { zh: '一户的结对帮扶', en: 'One household with the chain of its helpers' },
  access: READERS,
  params: HouseholdParams,
  answer: PairingRecord.extend({
    /** The first day from today on, on which its helper can change; with a change to come, the first it can be moved to. */
    earliest: Day,
    steps: stepsOf(PAIRING_STEPS),
  }),
});

const Linked = z.object({ householdId: Uuid, helperId: Uuid, since: Day });

export const assignHelper = operation({
  id: 'assignHelper',
  owner: 'pairing',
  method: 'POST',
  path: '/pairings/{householdId}/assign',
  summary: { zh: '落实帮扶责任人', en: 'Give a household its helper' },
  access: MAKERS,
  audit: 'pairing.household.paired',
  params: HouseholdParams,
  body: z.object({ helperId: Uuid, from: DayInput, sureOfDays: SureOfDays }),
  answer: Linked,
});

export const handOverHousehold = operation({
  id: 'handOverHousehold',
  owner: 'pairing',
  method: 'POST',
  path: '/pairings/{householdId}/hand-over',
  summary: { zh: '交接帮扶责任人', en: 'Hand a household over to another helper' },
  access: MAKERS,
  audit: 'pairing.household.handed-over',
  params: HouseholdParams,
  body: z.object({
    helperId: Uuid,
    on: DayInput,
    reason: z.string().max(200),
    /** The helper it had when the page was read; another one now answers 409. */
    fromHelperId: Uuid,
    sureOfDays: SureOfDays,
  }),
  answer: Linked,
});

export const endPairing = operation({
  id: 'endPairing',
  owner: 'pairing',
  method: 'POST',
  path: '/pairings/{householdId}/end',
  summary: { zh: '解除结对（不脱贫不脱钩）', en: 'End a pairing; refused while the household is poor' },
  access: MAKERS,
  audit: 'pairing.household.released',
  params: HouseholdParams,
  body: z.object({ on: DayInput, reason: z.string().max(200), fromHelperId: Uuid, sureOfDays: SureOfDays }),
  answer: z.object({ householdId: Uuid, until: Day }),
});

/** Who may reverse what is to come: the officers and those above them; never who decided it. */
const REVERSERS = [...MAKERS, 'county-leader', 'township-leader'] as const;
const Reversed = z.object({
  /** The day of the change when the page was read; another one now answers 409. */
  day: DayInput,
  reason: z.string().max(200),
});

export const withdrawPairingChange = operation({
  id: 'withdrawPairingChange',
  owner: 'pairing',
  method: 'POST',
  path: '/pairings/{householdId}/coming/withdraw',
  summary: { zh: '撤回尚未生效的结对变更', en: 'Take back a change of a pairing before it takes effect' },
  access: REVERSERS,
  audit: 'pairing.change.withdrawn',
  params: HouseholdParams,
  body: Reversed,
  answer: z.object({ householdId: Uuid }),
});

export const movePairingChange = operation({
  id: 'movePairingChange',
  owner: 'pairing',
  method: 'POST',
  path: '/pairings/{householdId}/coming/move',
  summary: {
    zh: '更改尚未生效的结对变更的日期',
    en: 'Move a change of a pairing to another day before it takes effect',
  },
  access: REVERSERS,
  audit: 'pairing.change.moved',
  params: HouseholdParams,
  body: Reversed.extend({ to: DayInput, sureOfDays: SureOfDays }),
  answer: z.object({ householdId: Uuid, day: Day }),
});
