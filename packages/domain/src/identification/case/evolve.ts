import { pauseClock, resumeClock, startClock } from '../notice/clock.ts';
import { PROCEDURES, type Step, type StepId } from './steps.ts';
import type { CaseEvent, CaseState, CaseStatus } from './types.ts';

/** The step a case waits at. @returns null when it has ended. */
export function currentStep(state: CaseState): Step | null {
  if (state.status !== 'open') return null;
  return PROCEDURES[state.kind].find((step) => step.id === state.pending[0]) ?? null;
}

const from = (state: CaseState, id: StepId): readonly StepId[] => {
  const ids = PROCEDURES[state.kind].map((step) => step.id);
  return ids.slice(ids.indexOf(id));
};

/**
 * The steps to do again from `target` on. Where that step comes later in the order than the one the case waits at (deep
 * verification after an upheld objection to registration's village notice) it is brought forward, so none is skipped.
 */
const redo = (state: CaseState, target: StepId, current: StepId): readonly StepId[] => {
  const again = from(state, target);
  return again.includes(current) ? again : [target, ...from(state, current).filter((id) => id !== target)];
};

const goTo = (state: CaseState, pending: readonly StepId[]): CaseState => {
  const doneOn = { ...state.doneOn };
  for (const id of pending) delete doneOn[id];
  return { ...state, pending, doneOn, notice: null };
};

const end = (state: CaseState, status: CaseStatus): CaseState => ({ ...state, status, pending: [], notice: null });

const complete = (state: CaseState, event: Extract<CaseEvent, { on: unknown }>): CaseState => {
  const pending = state.pending.slice(1);
  const status: CaseStatus = pending.length === 0 ? 'completed' : 'open';
  return { ...state, status, pending, notice: null, doneOn: { ...state.doneOn, [event.step]: event.on } };
};

const sign = (state: CaseState, event: CaseEvent): CaseState => {
  const history = [...state.history, event];
  if (!('duty' in event) || state.duties[event.duty].includes(event.by.accountId)) return { ...state, history };
  const duties = { ...state.duties, [event.duty]: [...state.duties[event.duty], event.by.accountId] };
  return { ...state, history, duties };
};

const apply = (state: CaseState, event: Exclude<CaseEvent, { type: 'caseOpened' }>): CaseState => {
  const { notice } = state;
  switch (event.type) {
    case 'noticeOpened': {
      const clock = startClock(new Date(event.at), event.fullDays);
      return { ...state, notice: { clock, contentHash: event.contentHash, openObjections: [] } };
    }
    case 'objectionFiled': {
      const objections = [...state.objections, event.objectionId];
      if (!notice) return { ...state, objections };
      const openObjections = [...notice.openObjections, event.objectionId];
      return {
        ...state,
        objections,
        notice: { ...notice, openObjections, clock: pauseClock(notice.clock, new Date(event.at)) },
      };
    }
    case 'objectionAnswered': {
      if (event.outcome === 'upheld') return goTo(state, redo(state, 'verification', event.step));
      if (!notice) return state;
      const openObjections = notice.openObjections.filter((id) => id !== event.objectionId);
      const clock = openObjections.length === 0 ? resumeClock(notice.clock, new Date(event.at)) : notice.clock;
      return { ...state, notice: { ...notice, openObjections, clock } };
    }
    case 'sentBack':
      return goTo(state, redo(state, event.toStep, event.step));
    case 'withdrawn':
      return end(state, 'withdrawn');
    case 'refused':
      return end(state, 'refused');
    case 'appraisalRecorded':
    case 'acceptanceRecorded':
      return event.accepted ? complete(state, event) : end(complete(state, event), 'refused');
    case 'verificationRecorded': {
      const classification = { ...state.classification, ...event.classification };
      const verified = complete({ ...state, classification }, event);
      return event.qualifies ? verified : end(verified, 'refused');
    }
    default:
      return complete(state, event);
  }
};

/** Notes since when the step a case waits at is due: from the event that led to it. */
const dated = (before: CaseState, event: CaseEvent, after: CaseState): CaseState =>
  after.pending[0] === before.pending[0] ? after : { ...after, since: event.at };

/** Adds one event to a case; null is the case before it was opened. @throws RangeError when the first event opens none. */
export function evolve(state: CaseState | null, event: CaseEvent): CaseState {
  if (event.type !== 'caseOpened') {
    if (!state) throw new RangeError(`a case cannot begin with ${event.type}`);
    return sign(dated(state, event, apply(state, event)), event);
  }
  const opened: CaseState = {
    caseId: event.caseId,
    kind: event.kind,
    householdId: event.householdId,
    status: 'open',
    deadline: event.deadline,
    since: event.at,
    enteredBy: [],
    pending: PROCEDURES[event.kind].slice(1).map((step) => step.id),
    doneOn: { [event.step]: event.on },
    notice: null,
    objections: [],
    duties: { enter: [], review: [], approve: [] },
    history: [],
  };
  return sign(opened, event);
}
