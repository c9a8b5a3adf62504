import { demand } from '../shared/errors.ts';
import { type BusinessDay, businessDayOf } from '../shared/time.ts';
import { requireOpenEntity } from './entity.ts';
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

/** What hangs in a village, from its opening on. */
export interface VillageNotice {
  readonly openedAt: Date;
  readonly requiredDays: number;
  readonly objections: readonly DeclarationObjection[];
  readonly closedAt?: Date;
}

/** A village with households on the declaration: its list is posted there, by its own officer, with its own clock. */
export interface NoticeVillage {
  readonly code: string;
  readonly name: string;
  readonly notice?: VillageNotice;
}

/** The head of a dividend declaration. Its lines are kept beside it (see `payment.ts`), so this stays small. */
export interface Declaration {
  readonly entityId: string;
  readonly periodEnd: BusinessDay;
  readonly status: DeclarationStatus;
  /** Counts the editions: a returned or objected declaration is drafted again. */
  readonly revision: number;
  readonly submittedBy?: string;
  readonly checkedBy?: string;
  readonly returnReason?: string;
  /** Where this edition is posted; nowhere before the township has passed it. */
  readonly villages: readonly NoticeVillage[];
}

/** Who acts: the account, and the entity it acts for if it is an entity's. */
export interface Actor {
  readonly accountId: string;
  readonly entityId?: string;
}

/** @throws DomainError DECLARATION_STATUS */
export function demandStatus(declaration: Declaration, ...allowed: DeclarationStatus[]): void {
  demand(allowed.includes(declaration.status), 'DECLARATION_STATUS', { status: declaration.status });
}

/** Nothing is declared of a period that still runs. @throws DomainError DECLARATION_TOO_EARLY. */
export function requirePeriodEnded(periodEnd: BusinessDay, now: Date): void {
  demand(businessDayOf(now) > periodEnd, 'DECLARATION_TOO_EARLY', { day: periodEnd });
}

/**
 * Whether a dividend year of a contract can be declared now: the contract is signed and ran in it, it has ended, and no
 * declaration of it holds, be it that there was nothing to distribute.
 * @throws DomainError ENTITY_CLOSED, CONTRACT_NOT_IN_FORCE, DECLARATION_YEAR, DECLARATION_TOO_EARLY, DECLARATION_KNOWN,
 * DECLARATION_NIL, DECLARATION_NOBODY.
 */
export function requireDeclarable(
  contract: ContractDays & { readonly signed: boolean; readonly entityClosed: boolean },
  asked: { readonly year: number; readonly from?: string | undefined },
  facts: {
    readonly isKnown: (period: DeclaredPeriod) => boolean;
    /** Whether it is declared as a year with nothing to distribute. */
    readonly isNil: (period: DeclaredPeriod) => boolean;
    readonly households: readonly Days[];
  },
  now: Date,
): DeclaredPeriod {
  requireOpenEntity(contract);
  demand(contract.signed, 'CONTRACT_NOT_IN_FORCE');
  const period = findPeriod(contract, asked.year, asked.from);
  demand(period, 'DECLARATION_YEAR', { year: asked.year });
  requirePeriodEnded(period.to, now);
  demand(!facts.isKnown(period), 'DECLARATION_KNOWN', { year: asked.year });
  demand(!facts.isNil(period), 'DECLARATION_NIL', { year: asked.year });
  demand(isAnybodyThere(facts.households, period), 'DECLARATION_NOBODY');
  return period;
}

/** A new declaration for a period that has ended. @throws DomainError DECLARATION_TOO_EARLY. */
export function draftDeclaration(entityId: string, periodEnd: BusinessDay, now: Date): Declaration {
  requirePeriodEnded(periodEnd, now);
  return { entityId, periodEnd, status: 'drafted', revision: 1, villages: [] };
}

/** The lines of a draft as they are now. */
export interface DraftLines {
  readonly lines: number;
  /** A job computes them at this moment. */
  readonly computing: boolean;
  /** They were computed for fewer days than the period has, as could be typed once. */
  readonly outdated: boolean;
  readonly totalFen: number;
  /** Its entity is closed: the draft can only be given up. */
  readonly entityClosed: boolean;
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
export function redraftDeclaration(declaration: Declaration, actor: Actor, draft: DraftLines): Declaration {
  requireOwnDraft(declaration, actor, draft.computing);
  requireOpenEntity(draft);
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
export function submitDeclaration(declaration: Declaration, actor: Actor, draft: DraftLines, now: Date): Declaration {
  const { lines, computing, outdated, totalFen } = draft;
  requireOwnDraft(declaration, actor, computing);
  requireOpenEntity(draft);
  requirePeriodEnded(declaration.periodEnd, now);
  demand(lines > 0, 'DECLARATION_EMPTY');
  demand(!outdated, 'DECLARATION_OUTDATED');
  demand(totalFen > 0, 'DIVIDEND_ZERO');
  const { returnReason: _returnReason, ...rest } = declaration;
  return { ...rest, status: 'submitted', submittedBy: actor.accountId };
}

/** Sends it back to the entity: the next edition, with notices of its own. What was posted stays stored beside it. */
export const redraft = (declaration: Declaration, returnReason: string): Declaration => ({
  entityId: declaration.entityId,
  periodEnd: declaration.periodEnd,
  status: 'drafted',
  revision: declaration.revision + 1,
  returnReason,
  villages: [],
});

/**
 * The township checks the declaration: passes it, or returns it with a reason. Never the person who submitted it, nor
 * anyone acting for the entity.
 * @throws DomainError DECLARATION_STATUS, DECLARATION_SAME_PERSON, DECLARATION_REASON_MISSING.
 */
export function checkDeclaration(
  declaration: Declaration,
  actor: Actor,
  verdict:
    | { readonly passed: true; readonly villages: readonly NoticeVillage[] }
    | { readonly passed: false; readonly reason: string },
): Declaration {
  demandStatus(declaration, 'submitted');
  demand(
    actor.accountId !== declaration.submittedBy && actor.entityId !== declaration.entityId,
    'DECLARATION_SAME_PERSON',
  );
  if (verdict.passed) {
    const { villages } = verdict;
    return { ...declaration, status: 'checked', checkedBy: actor.accountId, villages };
  }
  demand(verdict.reason.trim() !== '', 'DECLARATION_REASON_MISSING');
  return redraft(declaration, verdict.reason.trim());
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
