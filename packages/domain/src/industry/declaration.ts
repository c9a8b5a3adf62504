import { demand } from '../shared/errors.ts';
import { noticeClock } from '../shared/notice-clock.ts';
import { addDays, type BusinessDay, businessDayOf, daysBetween } from '../shared/time.ts';
import type { IndustryPolicy } from './contract.ts';
import { type ContractDays, type Days, type DeclaredPeriod, findPeriod, isAnybodyThere } from './dividend-period.ts';

export type DeclarationStatus =
  | 'drafted'
  | 'submitted'
  | 'checked'
  | 'on-notice'
  | 'noticed'
  | 'in-payment'
  | 'closed'
  /** A draft that was given up; it keeps its place in the audit log and frees its year. */
  | 'discarded';

export const DECLARATION_STATUS_NAMES: Record<DeclarationStatus, string> = {
  drafted: '草稿',
  submitted: '待乡镇审核',
  checked: '待公示',
  'on-notice': '公示中',
  noticed: '待发放',
  'in-payment': '发放中',
  closed: '已办结',
  discarded: '已作废',
};

/** An objection to the notice; it stops the clock until it is answered in writing. */
export interface DeclarationObjection {
  readonly id: string;
  readonly raisedAt: Date;
  readonly answeredAt?: Date;
  readonly upheld?: boolean;
  readonly answer?: string;
}

/** The head of a dividend declaration. Its lines are kept beside it (see `payment.ts`), so this stays small. */
export interface Declaration {
  readonly entityId: string;
  readonly periodEnd: BusinessDay;
  readonly status: DeclarationStatus;
  /** Counts the drafts: a returned or objected declaration is drafted anew. */
  readonly revision: number;
  readonly submittedBy?: string;
  readonly checkedBy?: string;
  readonly returnReason?: string;
  readonly notice?: {
    readonly openedAt: Date;
    readonly requiredDays: number;
    readonly objections: readonly DeclarationObjection[];
    readonly closedAt?: Date;
  };
}

/** Who acts: the account, and the entity it acts for if it is an entity's. */
export interface Actor {
  readonly accountId: string;
  readonly entityId?: string;
}

function demandStatus(declaration: Declaration, ...allowed: DeclarationStatus[]): void {
  demand(allowed.includes(declaration.status), 'DECLARATION_STATUS', { status: declaration.status });
}

/** Nothing is declared of a period that still runs. @throws DomainError DECLARATION_TOO_EARLY. */
export function requirePeriodEnded(periodEnd: BusinessDay, now: Date): void {
  demand(businessDayOf(now) > periodEnd, 'DECLARATION_TOO_EARLY', { day: periodEnd });
}

/**
 * Whether a dividend year of a contract can be declared now: the contract is signed and ran in it, it has ended, and no
 * declaration of it holds.
 * @throws DomainError CONTRACT_NOT_IN_FORCE, DECLARATION_YEAR, DECLARATION_TOO_EARLY, DECLARATION_KNOWN,
 * DECLARATION_NOBODY.
 */
export function requireDeclarable(
  contract: ContractDays & { readonly signed: boolean },
  asked: { readonly year: number; readonly from?: string | undefined },
  facts: { readonly isKnown: (period: DeclaredPeriod) => boolean; readonly households: readonly Days[] },
  now: Date,
): DeclaredPeriod {
  demand(contract.signed, 'CONTRACT_NOT_IN_FORCE');
  const period = findPeriod(contract, asked.year, asked.from);
  demand(period, 'DECLARATION_YEAR', { year: asked.year });
  requirePeriodEnded(period.to, now);
  demand(!facts.isKnown(period), 'DECLARATION_KNOWN', { year: asked.year });
  demand(isAnybodyThere(facts.households, period), 'DECLARATION_NOBODY');
  return period;
}

/** A new declaration for a period that has ended. @throws DomainError DECLARATION_TOO_EARLY. */
export function draftDeclaration(entityId: string, periodEnd: BusinessDay, now: Date): Declaration {
  requirePeriodEnded(periodEnd, now);
  return { entityId, periodEnd, status: 'drafted', revision: 1 };
}

/** The lines of a draft as they are now. */
export interface DraftLines {
  readonly lines: number;
  /** A job computes them at this moment. */
  readonly computing: boolean;
  /** They were computed for fewer days than the period has, as could be typed once. */
  readonly outdated: boolean;
  readonly totalFen: number;
}

function requireOwnDraft(declaration: Declaration, actor: Actor, computing: boolean): void {
  demandStatus(declaration, 'drafted');
  demand(actor.entityId === declaration.entityId, 'DECLARATION_NOT_OWN');
  demand(!computing, 'DECLARATION_COMPUTING');
}

/**
 * The entity changes its draft's figures; the lines are computed from them.
 * @throws DomainError DECLARATION_STATUS, DECLARATION_NOT_OWN, DECLARATION_COMPUTING.
 */
export function redraftDeclaration(declaration: Declaration, actor: Actor, { computing }: DraftLines): Declaration {
  requireOwnDraft(declaration, actor, computing);
  return declaration;
}

/**
 * The entity gives its draft up: it is in no list and no total any more, and its year can be declared again.
 * @throws DomainError DECLARATION_STATUS, DECLARATION_NOT_OWN, DECLARATION_COMPUTING.
 */
export function discardDeclaration(declaration: Declaration, actor: Actor, { computing }: DraftLines): Declaration {
  requireOwnDraft(declaration, actor, computing);
  return { ...declaration, status: 'discarded' };
}

/**
 * The entity itself submits its declaration after the period is over.
 * @throws DomainError DECLARATION_STATUS, DECLARATION_NOT_OWN, DECLARATION_COMPUTING, DECLARATION_TOO_EARLY,
 * DECLARATION_EMPTY, DECLARATION_OUTDATED, DIVIDEND_ZERO.
 */
export function submitDeclaration(
  declaration: Declaration,
  actor: Actor,
  { lines, computing, outdated, totalFen }: DraftLines,
  now: Date,
): Declaration {
  requireOwnDraft(declaration, actor, computing);
  requirePeriodEnded(declaration.periodEnd, now);
  demand(lines > 0, 'DECLARATION_EMPTY');
  demand(!outdated, 'DECLARATION_OUTDATED');
  demand(totalFen > 0, 'DIVIDEND_ZERO');
  const { returnReason: _returnReason, ...rest } = declaration;
  return { ...rest, status: 'submitted', submittedBy: actor.accountId };
}

const redraft = (declaration: Declaration, returnReason: string): Declaration => ({
  entityId: declaration.entityId,
  periodEnd: declaration.periodEnd,
  status: 'drafted',
  revision: declaration.revision + 1,
  returnReason,
});

/**
 * The township checks the declaration: passes it, or returns it with a reason. Never the person who submitted it, nor
 * anyone acting for the entity.
 * @throws DomainError DECLARATION_STATUS, DECLARATION_SAME_PERSON, DECLARATION_REASON_MISSING.
 */
export function checkDeclaration(
  declaration: Declaration,
  actor: Actor,
  verdict: { readonly passed: true } | { readonly passed: false; readonly reason: string },
): Declaration {
  demandStatus(declaration, 'submitted');
  demand(
    actor.accountId !== declaration.submittedBy && actor.entityId !== declaration.entityId,
    'DECLARATION_SAME_PERSON',
  );
  if (verdict.passed) return { ...declaration, status: 'checked', checkedBy: actor.accountId };
  demand(verdict.reason.trim() !== '', 'DECLARATION_REASON_MISSING');
  return redraft(declaration, verdict.reason.trim());
}

/** Opens the village notice. @throws DomainError DECLARATION_STATUS. */
export function openNotice(declaration: Declaration, policy: IndustryPolicy, now: Date): Declaration {
  demandStatus(declaration, 'checked');
  return {
    ...declaration,
    status: 'on-notice',
    notice: { openedAt: now, requiredDays: policy.noticeDays, objections: [] },
  };
}

/** Anyone objects while the notice is open. @throws DomainError DECLARATION_STATUS, OBJECTION_BEFORE_NOTICE. */
export function raiseObjection(declaration: Declaration, id: string, now: Date): Declaration {
  demandStatus(declaration, 'on-notice');
  const { notice } = declaration;
  demand(notice && now >= notice.openedAt, 'OBJECTION_BEFORE_NOTICE');
  return { ...declaration, notice: { ...notice, objections: [...notice.objections, { id, raisedAt: now }] } };
}

/**
 * Answers an objection in writing. Dismissed: the clock resumes where it stood. Upheld: the declaration goes back to the
 * entity to be drafted anew, with a notice of its own.
 * @throws DomainError DECLARATION_STATUS, OBJECTION_UNKNOWN, OBJECTION_ANSWERED, DECLARATION_REASON_MISSING.
 */
export function answerObjection(
  declaration: Declaration,
  id: string,
  answer: { readonly upheld: boolean; readonly text: string },
  now: Date,
): Declaration {
  demandStatus(declaration, 'on-notice');
  const { notice } = declaration;
  const objection = notice?.objections.find((o) => o.id === id);
  demand(notice && objection, 'OBJECTION_UNKNOWN');
  demand(objection.answeredAt === undefined, 'OBJECTION_ANSWERED');
  demand(answer.text.trim() !== '', 'DECLARATION_REASON_MISSING');
  if (answer.upheld) return redraft(declaration, answer.text.trim());
  const answered = { ...objection, answeredAt: now, upheld: false, answer: answer.text.trim() };
  const objections = notice.objections.map((o) => (o.id === id ? answered : o));
  return { ...declaration, notice: { ...notice, objections } };
}

/** The clock of the declaration's notice, stopped by its objections. */
export function declarationClock(notice: NonNullable<Declaration['notice']>) {
  return noticeClock({
    openedAt: notice.openedAt,
    requiredDays: notice.requiredDays,
    pauses: notice.objections.map((o) => ({ from: o.raisedAt, ...(o.answeredAt && { to: o.answeredAt }) })),
  });
}

/** Closes the notice when its full days have run. @throws DomainError DECLARATION_STATUS, OBJECTION_OPEN, NOTICE_RUNNING. */
export function closeNotice(declaration: Declaration, now: Date): Declaration {
  demandStatus(declaration, 'on-notice');
  const { notice } = declaration;
  demand(notice, 'DECLARATION_STATUS', { status: declaration.status });
  const clock = declarationClock(notice);
  demand(clock.closableFrom !== null, 'OBJECTION_OPEN');
  demand(now >= clock.closableFrom, 'NOTICE_RUNNING', { days: Math.max(1, clock.remaining(now)) });
  return { ...declaration, status: 'noticed', notice: { ...notice, closedAt: now } };
}

/**
 * Marks that a payment batch was made; further batches (rejected lines, corrections) keep the status.
 * @param payable lines that can be paid: none waits for the decision on a correction or on another account
 * @throws DomainError DECLARATION_STATUS, BATCH_EMPTY.
 */
export function startPayment(declaration: Declaration, payable: number): Declaration {
  demandStatus(declaration, 'noticed', 'in-payment');
  demand(payable > 0, 'BATCH_EMPTY');
  return { ...declaration, status: 'in-payment' };
}

/** What keeps a declaration from being closed, by number. */
export interface OpenEnds {
  /** Lines to be paid or with the bank. */
  readonly unsettled: number;
  /** Corrections nobody has decided: after the closing they could only be refused. */
  readonly corrections: number;
  /** Lines of which the household says that another sum reached it. */
  readonly differing: number;
}

/**
 * Closes the declaration when nothing is open any more; one of which no line is to be paid goes through no payment.
 * @throws DomainError DECLARATION_STATUS, DECLARATION_UNSETTLED, DECLARATION_CORRECTIONS_OPEN, DECLARATION_DIFFERS.
 */
export function closeDeclaration(declaration: Declaration, open: OpenEnds): Declaration {
  demandStatus(declaration, 'noticed', 'in-payment');
  demand(open.unsettled === 0, 'DECLARATION_UNSETTLED', { lines: open.unsettled });
  demand(open.corrections === 0, 'DECLARATION_CORRECTIONS_OPEN', { corrections: open.corrections });
  demand(open.differing === 0, 'DECLARATION_DIFFERS', { lines: open.differing });
  return { ...declaration, status: 'closed' };
}

/**
 * The bank returned what had been paid, or what was taken from a household is to be paid after all: there is something
 * to pay again. A closed declaration is in payment again; the return is a fact that nobody decides.
 */
export function reopenPayment(declaration: Declaration): Declaration {
  return declaration.status === 'closed' ? { ...declaration, status: 'in-payment' } : declaration;
}

/** An alarm to township and county about a late declaration or payment on a day; null when nothing is late. */
export function lateAlarm(
  declaration: Declaration,
  today: BusinessDay,
  policy: IndustryPolicy,
): { readonly code: 'DECLARATION_OVERDUE' | 'PAYMENT_OVERDUE'; readonly params: { readonly days: number } } | null {
  const closedAt = declaration.notice?.closedAt;
  if (declaration.status === 'drafted') {
    const days = daysBetween(addDays(declaration.periodEnd, policy.declareWithinDays), today);
    return days > 0 ? { code: 'DECLARATION_OVERDUE', params: { days } } : null;
  }
  if (!closedAt || declaration.status === 'closed' || declaration.status === 'discarded') return null;
  const days = daysBetween(addDays(businessDayOf(closedAt), policy.payWithinDays), today);
  return days > 0 ? { code: 'PAYMENT_OVERDUE', params: { days } } : null;
}
