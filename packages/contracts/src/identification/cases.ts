import { CASE_KINDS } from '@bangfu/domain/identification/policy/policy';
import { CAUSE, HOUSEHOLD_CATEGORY } from '@bangfu/domain/identification/roster/dictionaries';
import { z } from 'zod';
import { Count, Day, Fen, Instant, page, PageQuery, RegionCode, Sha256, Uuid, Version } from '../core/common.ts';
import { DayInput, SureOfDays, Voters } from '../core/inputs.ts';
import { PolicyBasis } from '../core/policy-basis.ts';
import { sortBy } from '../core/list.ts';
import { operation } from '../core/operation.ts';
import { CASE_SORTS, CaseStep, NextAct, StepWord } from './case-steps.ts';
import { HOUSEHOLD_STATUSES, IncomeEvidence } from './household-facts.ts';

/** Who may look into cases and notices. */
export const CASE_READERS = [
  'county-office',
  'county-leader',
  'township-officer',
  'township-leader',
  'village-officer',
  'auditor',
  'evaluator',
] as const;
export const CASE_ENTERING = ['village-officer', 'township-officer'] as const;
const STANDING = ['village-officer', 'township-officer', 'township-leader', 'county-office', 'county-leader'] as const;

export const CASE_STATUSES = ['open', 'completed', 'refused', 'withdrawn'] as const;
/** The kinds whose procedure can be walked here so far; a return is registered again through the same steps. */
export const OPENABLE_KINDS = ['registration', 'return'] as const;
/** The household status a kind of case begins from: nobody is registered twice, only an exited household returns. */
export const CASE_BEGINS_FROM = { registration: 'none', return: 'exited' } as const satisfies Readonly<
  Record<(typeof OPENABLE_KINDS)[number], (typeof HOUSEHOLD_STATUSES)[number]>
>;
/** As many cases as one command takes. */
export const MOST_CASES = 500;

const params = z.object({ caseId: Uuid });
const Text = (most: number) => z.string().trim().min(1).max(most);

/** A case as a change left it. */
export const CaseChange = z
  .object({ id: Uuid, status: z.enum(CASE_STATUSES), step: StepWord.nullable(), version: Version })
  .meta({ id: 'CaseChange' });
const Changed = z.object({ cases: z.array(CaseChange) });
/** Cases picked with the version they were looked at; an approval speaks of all of them or of none. */
export const PickedCases = z
  .array(z.object({ caseId: Uuid, version: Version }))
  .min(1)
  .max(MOST_CASES);

export const CaseRow = z
  .object({
    id: Uuid,
    householdId: Uuid,
    householdNumber: z.string(),
    headName: z.string(),
    townshipName: z.string(),
    villageName: z.string(),
    villageCode: RegionCode,
    kind: z.enum(CASE_KINDS),
    status: z.enum(CASE_STATUSES),
    step: StepWord.nullable(),
    /** What the next step wants: a code of the domain's messages with its figures. */
    need: z.object({ code: z.string(), params: z.record(z.string(), z.number()) }).nullable(),
    openedOn: Day,
    /** The last day for what it waits for, by the policy; null when it has ended. */
    deadline: Day.nullable(),
    overdueDays: Count,
    noticeId: Uuid.nullable(),
    /** When the notice it hangs in may be closed; null without one, or while an objection stops the clock. */
    closableFrom: Instant.nullable(),
    openObjections: Count,
    version: Version,
  })
  .meta({ id: 'CaseRow' });

export type CaseRow = z.output<typeof CaseRow>;

export const CaseFilter = z.object({
  region: RegionCode.optional(),
  kind: z.enum(CASE_KINDS).optional(),
  status: z.enum(CASE_STATUSES).optional(),
  step: StepWord.optional(),
  householdId: Uuid.optional(),
  /** A household number or the head's name. */
  search: z.string().max(60).optional(),
  /** Only what waits for the caller and can be done now. */
  waiting: z.enum(['true', 'false']).default('false'),
  /** Only open cases whose deadline has passed. */
  overdue: z.enum(['true', 'false']).default('false'),
});

export type CaseFilters = z.input<typeof CaseFilter>;

export const listCases = operation({
  id: 'listCases',
  owner: 'identification',
  method: 'GET',
  path: '/cases',
  summary: { zh: '识别退出案卷列表', en: 'Cases within the caller’s scope, newest first' },
  access: CASE_READERS,
  unsorted: { overdueDays: 'it follows from the deadline' },
  query: PageQuery.extend({
    ...CaseFilter.shape,
    sort: sortBy(...CASE_SORTS),
  }),
  answer: page(CaseRow),
});

export const Objection = z
  .object({
    id: Uuid,
    noticeId: Uuid,
    caseId: Uuid,
    headName: z.string(),
    content: z.string(),
    /** Who objects, where he said so; the telephone is masked. */
    name: z.string().nullable(),
    phoneMasked: z.string().nullable(),
    filedAt: Instant,
    /** How many others, without a name, said the same of the same entry before it was answered. */
    supporters: Count,
    outcome: z.enum(['upheld', 'dismissed']).nullable(),
    answer: z.string().nullable(),
    answeredAt: Instant.nullable(),
    answeredBy: z.string().nullable(),
  })
  .meta({ id: 'Objection' });
export type Objection = z.output<typeof Objection>;

export const CaseDetail = CaseRow.extend({
  household: z.object({
    status: z.enum(HOUSEHOLD_STATUSES),
    category: z.string().nullable(),
    mainCause: z.string().nullable(),
    memberCount: Count,
    perCapitaIncomeFen: Fen.nullable(),
  }),
  /**
   * The poverty line of this year that the household's income is held against; without an amount where this year has
   * none. Null for kinds that do not ask for it.
   */
  line: z
    .object({ year: Count, amountFen: Fen.nullable(), basis: PolicyBasis.nullable(), exceeded: z.boolean() })
    .nullable(),
  /** Whether the case already gives the reason why a household above the line, or without one, may qualify. */
  exceedingExplained: z.boolean(),
  asOf: Instant,
  steps: z.array(CaseStep),
  next: NextAct.nullable(),
  corrections: z.object({ sendBackTo: z.array(StepWord), mayRefuse: z.boolean(), mayWithdraw: z.boolean() }),
  /** Data-quality problems of the household: errors stop an approval, warnings want an explanation. */
  qualityProblems: z.array(
    z.object({
      ruleId: z.string(),
      severity: z.enum(['error', 'warning']),
      message: z.string(),
      explanation: z.string().nullable(),
    }),
  ),
  noticeNumber: z.string().nullable(),
  objections: z.array(Objection),
  incomeEvidence: z.array(IncomeEvidence),
  history: z.array(
    z.object({
      position: Count,
      at: Instant,
      what: z.string(),
      step: StepWord,
      day: Day.nullable(),
      accountName: z.string(),
      role: z.string(),
      /** The policy by which it was decided; null where none was asked, and in former years. */
      basis: PolicyBasis.nullable(),
      /** Of the meeting, where it was one. */
      photos: z.array(Sha256),
      details: z.array(z.object({ label: z.string(), value: z.string() })),
    }),
  ),
}).meta({ id: 'CaseDetail' });
export type CaseDetail = z.output<typeof CaseDetail>;

export const getCase = operation({
  id: 'getCase',
  owner: 'identification',
  method: 'GET',
  path: '/cases/{caseId}',
  summary: { zh: '案卷详情', en: 'One case: steps, clock, what is missing, history' },
  access: CASE_READERS,
  params,
  answer: CaseDetail,
});

export const openCases = operation({
  id: 'openCases',
  owner: 'identification',
  method: 'POST',
  path: '/cases',
  summary: { zh: '建立案卷（宣传发动，可按村批量）', en: 'Open cases for one household or many: mobilisation' },
  access: CASE_ENTERING,
  audit: 'identification.case.opened',
  body: z.object({
    kind: z.enum(OPENABLE_KINDS).default('registration'),
    householdIds: z.array(Uuid).min(1).max(MOST_CASES),
    on: DayInput,
    sureOfDays: SureOfDays,
  }),
  answer: Changed,
  status: 201,
});

/** The survey form in its order: one in, two look, three compute, four compare, five appraise, six decide. */
export const SURVEY_PARTS = ['enter', 'look', 'compute', 'compare', 'appraise', 'decide'] as const;

export const recordSurvey = operation({
  id: 'recordSurvey',
  owner: 'identification',
  method: 'POST',
  path: '/cases/{caseId}/survey',
  summary: { zh: '登记入户调查（一进二看三算四比五议六定）', en: 'Record the survey at the household' },
  access: CASE_ENTERING,
  audit: 'identification.case.surveyed',
  params,
  body: z.object({
    version: Version,
    on: DayInput,
    surveyors: Text(100),
    /** Why the household may qualify although the register's income exceeds the line; required where it does. */
    exceeding: Text(500).optional(),
    findings: z.object(
      Object.fromEntries(SURVEY_PARTS.map((part) => [part, Text(500)])) as Record<
        (typeof SURVEY_PARTS)[number],
        ReturnType<typeof Text>
      >,
    ),
  }),
  answer: CaseChange,
});

export const submitApplication = operation({
  id: 'submitApplication',
  owner: 'identification',
  method: 'POST',
  path: '/cases/{caseId}/application',
  summary: { zh: '登记农户申请及核查授权', en: 'Record the household’s application and its authorisation' },
  access: CASE_ENTERING,
  audit: 'identification.case.applied',
  params,
  body: z.object({
    version: Version,
    on: DayInput,
    applicant: Text(40),
    reasons: Text(1000),
    /** The household signed that its data may be checked. */
    authorised: z.boolean(),
  }),
  answer: CaseChange,
});

export const recordAppraisal = operation({
  id: 'recordAppraisal',
  owner: 'identification',
  method: 'POST',
  path: '/cases/{caseId}/appraisal',
  summary: { zh: '登记民主评议会议及表决', en: 'Record the villagers’ appraisal meeting and its votes' },
  access: CASE_ENTERING,
  audit: 'identification.case.appraised',
  params,
  body: z.object({
    version: Version,
    heldOn: DayInput,
    place: Text(100),
    chair: Text(40),
    entitled: Voters,
    present: Voters,
    inFavour: Voters,
    against: Voters,
    abstained: Voters,
    recused: Voters,
    minutes: Text(5000),
    /** Uploaded before by the same account. */
    photos: z.array(Sha256).max(9).default([]),
  }),
  answer: CaseChange,
});

export const recordVerification = operation({
  id: 'recordVerification',
  owner: 'identification',
  method: 'POST',
  path: '/cases/{caseId}/verification',
  summary: { zh: '登记深度核查', en: 'Record the deep verification' },
  access: CASE_ENTERING,
  audit: 'identification.case.verified',
  params,
  body: z.object({
    version: Version,
    on: DayInput,
    verifiers: Text(100),
    result: Text(1000),
    qualifies: z.boolean(),
    /** As in the survey; required where the income exceeds the line and the case does not say why yet. */
    exceeding: Text(500).optional(),
    /** What the household was found to be; the register takes it over at the announcement. Absent: as it is there. */
    category: z.enum(HOUSEHOLD_CATEGORY.codes).optional(),
    mainCause: z.enum(CAUSE.codes).optional(),
    /** Why each data-quality warning is right as it stands. */
    explanations: z
      .array(z.object({ ruleId: z.string().max(20), text: Text(300) }))
      .max(50)
      .default([]),
  }),
  answer: CaseChange,
});

const approval = <Id extends string>(
  id: Id,
  path: string,
  role: 'township-leader' | 'county-leader',
  zh: string,
  en: string,
) =>
  operation({
    id,
    owner: 'identification',
    method: 'POST',
    path: `/case-approvals/${path}`,
    summary: { zh, en },
    access: [role],
    audit: `identification.case.approved-${path}`,
    body: z.object({ cases: PickedCases, opinion: Text(500) }),
    answer: Changed,
  });

export const approveTownship = approval(
  'approveTownship',
  'township',
  'township-leader',
  '乡镇审核通过（可批量）',
  'Approve cases at township level',
);
export const approveCounty = approval(
  'approveCounty',
  'county',
  'county-leader',
  '县级审定通过（可批量）',
  'Approve cases at county level',
);

export const announceCases = operation({
  id: 'announceCases',
  owner: 'identification',
  method: 'POST',
  path: '/case-announcements',
  summary: { zh: '公告建档（可批量）', en: 'Announce cases: the households are on the register' },
  access: ['county-leader'],
  audit: 'identification.case.announced',
  body: z.object({ cases: PickedCases, on: DayInput, documentNumber: Text(60) }),
  answer: Changed.extend({ noticeId: Uuid }),
});

export const sendBackCase = operation({
  id: 'sendBackCase',
  owner: 'identification',
  method: 'POST',
  path: '/cases/{caseId}/return',
  summary: { zh: '退回到以前的步骤', en: 'Send a case back to an earlier step' },
  access: STANDING,
  audit: 'identification.case.sent-back',
  params,
  body: z.object({ version: Version, toStep: StepWord, reason: Text(500) }),
  answer: CaseChange,
});

export const refuseCase = operation({
  id: 'refuseCase',
  owner: 'identification',
  method: 'POST',
  path: '/cases/{caseId}/refusal',
  summary: { zh: '审核不予通过', en: 'Refuse a case at an approval' },
  access: ['township-leader', 'county-leader'],
  audit: 'identification.case.refused',
  params,
  body: z.object({ version: Version, reason: Text(500) }),
  answer: CaseChange,
});

export const withdrawCase = operation({
  id: 'withdrawCase',
  owner: 'identification',
  method: 'POST',
  path: '/cases/{caseId}/withdrawal',
  summary: { zh: '撤回案卷', en: 'Withdraw a case' },
  access: STANDING,
  audit: 'identification.case.withdrawn',
  params,
  body: z.object({ version: Version, reason: Text(500) }),
  answer: CaseChange,
});
