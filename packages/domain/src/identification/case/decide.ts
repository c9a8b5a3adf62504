import { demandDay, demandUsualDay } from '../../shared/day-bounds.ts';
import { DomainError, demand } from '../../shared/errors.ts';
import { addDays, type BusinessDay, businessDayOf } from '../../shared/time.ts';
import { closableFrom } from '../notice/clock.ts';
import { type CasePolicy, reaches } from '../policy/policy.ts';
import { heldDuty } from './duties.ts';
import { currentStep, evolve } from './evolve.ts';
import { impedimentOf } from './offer.ts';
import { type Act, type Duty, PROCEDURES, type Step, standsAt } from './steps.ts';
import type { Actor, Appraisal, CaseCommand, CaseEvent, CaseState, Impediments } from './types.ts';

/** Who entered, who reviewed and who approved are three people (roles.md). @throws DomainError SEPARATION_… */
function demandSeparateDuties(state: CaseState, by: Actor, duty: Duty): void {
  const found = heldDuty(state, by.accountId, duty);
  if (!found) return;
  const { held, inRegister } = found;
  throw new DomainError(inRegister ? 'SEPARATION_HOUSEHOLD_ENTERED' : 'SEPARATION_OF_DUTIES', { duty, held });
}

/** The current step, when it consists of `act` and the actor may do it. */
function stepFor(state: CaseState, act: Act, by: Actor): Step {
  const step = currentStep(state);
  demand(step?.act === act, 'CASE_STEP_WRONG', { expected: step?.id ?? state.status });
  demandHand(state, step, by);
  return step;
}

function demandHand(state: CaseState, step: Step, by: Actor): void {
  demand((step.roles as readonly string[]).includes(by.role), 'CASE_ROLE_WRONG', { step: step.id });
  demandSeparateDuties(state, by, step.duty);
}

/** Facts recorded afterwards keep the order of the steps and never lie in the future. */
function demandOrder(state: CaseState, on: BusinessDay, today: BusinessDay): void {
  demand(on <= today, 'CASE_DAY_FUTURE', { day: on });
  const last = Object.values(state.doneOn).reduce<string>((a, b) => (b > a ? b : a), '');
  demand(on >= last, 'CASE_DAY_BEFORE_STEP', { day: on, last });
}

const isCount = (value: number) => Number.isSafeInteger(value) && value >= 0;

/** Whether the meeting was in favour. Quorum counts all present; the majority counts those present who may vote. */
function appraise(meeting: Appraisal, policy: CasePolicy): boolean {
  const { entitled, present, inFavour, against, abstained, recused } = meeting;
  demand([entitled, present, inFavour, against, abstained, recused].every(isCount), 'APPRAISAL_COUNT_INVALID');
  demand(present <= entitled, 'APPRAISAL_PRESENT_EXCEEDS', { present, entitled });
  const counted = inFavour + against + abstained + recused;
  demand(counted === present, 'APPRAISAL_VOTES_MISMATCH', { counted, present });
  demand(meeting.minutes !== '', 'APPRAISAL_MINUTES_MISSING');
  demand(reaches(present, entitled, policy.quorum), 'APPRAISAL_NO_QUORUM', { present, entitled });
  demand(present > recused, 'APPRAISAL_NO_VOTERS');
  return reaches(inFavour, present - recused, policy.majority);
}

function demandUnimpeded(impediments: Impediments): void {
  const found = impedimentOf(impediments);
  if (found) throw new DomainError(found.code, found.params);
}

const demandText = (text: string, code: string) => demand(text.trim() !== '', code);

function demandNoticeOpen(state: CaseState) {
  demand(state.notice, 'NOTICE_NOT_OPEN');
  return state.notice;
}

function open(command: Extract<CaseCommand, { type: 'openCase' }>, now: Date, policy: CasePolicy): CaseEvent {
  const { by, caseId, kind, householdId, on } = command;
  const [step] = PROCEDURES[kind];
  if (!step) throw new DomainError('CASE_KIND_UNKNOWN');
  demand((step.roles as readonly string[]).includes(by.role), 'CASE_ROLE_WRONG', { step: step.id });
  const today = businessDayOf(now);
  demand(on <= today, 'CASE_DAY_FUTURE', { day: on });
  demandDay(on, { from: addDays(today, -policy.openedWithinDays.most) });
  demandUsualDay(on, { around: today, days: policy.openedWithinDays.usual }, command.isSureOfDays ?? false);
  const days = policy.procedureDays[kind];
  const deadline = days === undefined ? null : addDays(on, days);
  return {
    type: 'caseOpened',
    at: now.toISOString(),
    by,
    step: step.id,
    duty: step.duty,
    on,
    caseId,
    kind,
    householdId,
    deadline,
  };
}

function onNotice(state: CaseState, command: CaseCommand, now: Date, policy: CasePolicy): CaseEvent | null {
  const { by } = command;
  const at = now.toISOString();
  switch (command.type) {
    case 'openNotice': {
      const step = stepFor(state, 'notice', by);
      demand(!state.notice, 'NOTICE_ALREADY_OPEN');
      demandText(command.contentHash, 'NOTICE_HASH_MISSING');
      const fullDays = policy.noticeFullDays[state.kind][step.level === 'township' ? 'township' : 'village'];
      return {
        type: 'noticeOpened',
        at,
        by,
        step: step.id,
        duty: step.duty,
        contentHash: command.contentHash,
        fullDays,
      };
    }
    case 'fileObjection': {
      demandNoticeOpen(state);
      demand(!state.objections.includes(command.objectionId), 'OBJECTION_TWICE');
      const step = currentStep(state);
      demand(step, 'NOTICE_NOT_OPEN');
      return { type: 'objectionFiled', at, by, step: step.id, objectionId: command.objectionId };
    }
    case 'answerObjection': {
      const { objectionId, outcome, answer } = command;
      const notice = demandNoticeOpen(state);
      const step = stepFor(state, 'notice', by);
      demand(notice.openObjections.includes(objectionId), 'OBJECTION_UNKNOWN');
      demandText(answer, 'OBJECTION_ANSWER_MISSING');
      const others = notice.openObjections.length - 1;
      demand(outcome === 'dismissed' || others === 0, 'OBJECTION_OPEN', { count: others });
      return { type: 'objectionAnswered', at, by, step: step.id, duty: step.duty, objectionId, outcome, answer };
    }
    case 'closeNotice': {
      const { clock, openObjections } = demandNoticeOpen(state);
      const step = stepFor(state, 'notice', by);
      const earliest = closableFrom(clock);
      demand(earliest && openObjections.length === 0, 'OBJECTION_OPEN', { count: openObjections.length });
      demand(now >= earliest, 'NOTICE_TOO_EARLY', { days: clock.fullDays, earliest: businessDayOf(earliest) });
      return { type: 'noticeClosed', at, by, step: step.id, duty: step.duty, on: businessDayOf(now) };
    }
    default:
      return null;
  }
}

function onApproval(state: CaseState, command: CaseCommand, now: Date): CaseEvent | null {
  const { by } = command;
  const base = (step: Step) => ({ at: now.toISOString(), by, step: step.id, duty: step.duty, on: businessDayOf(now) });
  switch (command.type) {
    case 'approvePreExit':
      return { type: 'preExitApproved', ...base(stepFor(state, 'pre-exit', by)) };
    case 'approveTownship': {
      const step = stepFor(state, 'township-approval', by);
      demandUnimpeded(command.impediments);
      return { type: 'townshipApproved', ...base(step) };
    }
    case 'approveCounty': {
      const step = stepFor(state, 'county-approval', by);
      demandUnimpeded(command.impediments);
      return { type: 'countyApproved', ...base(step) };
    }
    case 'announce': {
      const step = stepFor(state, 'announcement', by);
      demandOrder(state, command.on, businessDayOf(now));
      demandText(command.documentNumber, 'CASE_DOCUMENT_MISSING');
      return { type: 'announced', ...base(step), on: command.on, documentNumber: command.documentNumber };
    }
    case 'refuse': {
      const step = currentStep(state);
      demand(step && step.duty !== 'enter' && step.act !== 'announcement', 'CASE_STEP_WRONG', {
        expected: step?.id ?? '',
      });
      demandHand(state, step, by);
      demandText(command.reason, 'CASE_REASON_MISSING');
      return { type: 'refused', at: now.toISOString(), by, step: step.id, duty: step.duty, reason: command.reason };
    }
    default:
      return null;
  }
}

function onCorrection(state: CaseState, command: CaseCommand, now: Date): CaseEvent | null {
  if (command.type !== 'sendBack' && command.type !== 'withdraw') return null;
  const { by, reason } = command;
  const step = currentStep(state);
  demand(step, 'CASE_ENDED', { status: state.status });
  const mayWithdraw = command.type === 'withdraw' && by.role === 'household';
  demand(mayWithdraw || standsAt(by.role, step.level), 'CASE_ROLE_WRONG', { step: step.id });
  demandText(reason, 'CASE_REASON_MISSING');
  const entry = { at: now.toISOString(), by, step: step.id, reason };
  if (command.type === 'withdraw') return { type: 'withdrawn', ...entry };
  const { toStep } = command;
  const [opening] = PROCEDURES[state.kind];
  demand(state.doneOn[toStep] && toStep !== opening?.id, 'CASE_SEND_BACK_TARGET', { step: toStep });
  const unanswered = state.notice?.openObjections.length ?? 0;
  demand(unanswered === 0, 'OBJECTION_OPEN', { count: unanswered });
  return { type: 'sentBack', ...entry, toStep };
}

function onRecord(state: CaseState, command: CaseCommand, now: Date, policy: CasePolicy): CaseEvent {
  const { by } = command;
  const record = (act: Act, on: BusinessDay) => {
    const step = stepFor(state, act, by);
    demandOrder(state, on, businessDayOf(now));
    return { at: now.toISOString(), by, step: step.id, duty: step.duty, on };
  };
  switch (command.type) {
    case 'recordSurvey':
      return { type: 'surveyRecorded', ...record('survey', command.on) };
    case 'submitApplication': {
      const base = record('application', command.on);
      demand(command.authorised, 'APPLICATION_NOT_AUTHORISED');
      return { type: 'applicationSubmitted', ...base };
    }
    case 'recordAppraisal': {
      const base = record('appraisal', command.appraisal.heldOn);
      return {
        type: 'appraisalRecorded',
        ...base,
        accepted: appraise(command.appraisal, policy),
        appraisal: command.appraisal,
      };
    }
    case 'recordVerification': {
      const base = record('verification', command.on);
      demand(command.openDoubts === 0, 'CASE_DOUBTS_OPEN', { count: command.openDoubts });
      const { qualifies, classification } = command;
      return { type: 'verificationRecorded', ...base, qualifies, ...(classification && { classification }) };
    }
    case 'recordHelp':
      return { type: 'helpRecorded', ...record('help', command.on) };
    case 'recordAcceptance': {
      const base = record('acceptance', command.on);
      demandText(command.signature, 'ACCEPTANCE_NOT_SIGNED');
      return { type: 'acceptanceRecorded', ...base, accepted: command.accepted, signature: command.signature };
    }
    default:
      throw new DomainError('CASE_STEP_WRONG', { expected: state.pending[0] ?? state.status });
  }
}

/**
 * What a command does to a case (domain §4, §5): the events it causes, none of them applied yet. `policy` is the one in
 * force today.
 * @throws DomainError with a code of identification/messages when the rules refuse it.
 */
export function decide(
  state: CaseState | null,
  command: CaseCommand,
  now: Date,
  policy: CasePolicy,
): readonly CaseEvent[] {
  if (command.type === 'openCase') {
    demand(!state, 'CASE_EXISTS');
    return [open(command, now, policy)];
  }
  demand(state, 'CASE_NOT_FOUND');
  demand(state.status === 'open', 'CASE_ENDED', { status: state.status });
  const last = state.history.at(-1);
  demand(!last || now.toISOString() >= last.at, 'CASE_CLOCK_BACKWARDS');
  return [
    onNotice(state, command, now, policy) ??
      onApproval(state, command, now) ??
      onCorrection(state, command, now) ??
      onRecord(state, command, now, policy),
  ];
}

/** Decides and applies: the state after the command and the events that lead to it. @throws DomainError as `decide`. */
export function handle(
  state: CaseState | null,
  command: CaseCommand,
  now: Date,
  policy: CasePolicy,
): { readonly state: CaseState; readonly events: readonly CaseEvent[] } {
  const events = decide(state, command, now, policy);
  const next = events.reduce<CaseState | null>(evolve, state);
  if (!next) throw new RangeError('a command without events');
  return { state: next, events };
}
