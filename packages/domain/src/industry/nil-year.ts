import { demand, type Refusal, refusalOf } from '../shared/errors.ts';
import { type Actor, requireDeclarable } from './declaration.ts';
import type { DeclaredPeriod } from './dividend-period.ts';

/**
 * A dividend year of which nothing is distributable: the contract pays only a part of the profit, and there was none.
 * It has no lines and no notice; another person of the township confirms it or returns it.
 */
export interface NilYear {
  readonly state: NilState;
  readonly entityId: string;
  readonly declaredBy: string;
}
export const NIL_STATES = ['proposed', 'confirmed', 'returned', 'withdrawn'] as const;
export type NilState = (typeof NIL_STATES)[number];
/** What became of one. */
export type NilOutcome = Exclude<NilState, 'proposed'>;
type DecidedNil = NilYear & { readonly state: NilOutcome };

/** What can be done with one that waits. */
export const NIL_STEPS = ['decide', 'withdraw'] as const;
export type NilStep = (typeof NIL_STEPS)[number];

/**
 * Whether a dividend year can be declared as one with nothing to distribute: it could be declared with a dividend, and
 * no guarantee is owed whatever the profit was.
 * @throws DomainError NIL_GUARANTEED and what `requireDeclarable` throws
 */
export function requireNilDeclarable(
  contract: Parameters<typeof requireDeclarable>[0] & { readonly guaranteedBp: number },
  ...[asked, facts, now]: Parameters<typeof requireDeclarable> extends [unknown, ...infer Rest] ? Rest : never
): DeclaredPeriod {
  demand(contract.guaranteedBp === 0, 'NIL_GUARANTEED', { rate: contract.guaranteedBp / 100 });
  return requireDeclarable(contract, asked, facts, now);
}

/** Who decides it: never who declared it, nor anyone acting for the entity. @throws DomainError NIL_DECIDED, NIL_SAME_PERSON */
function requireDecidable(nil: NilYear, actor: Actor): void {
  demand(nil.state === 'proposed', 'NIL_DECIDED');
  demand(actor.accountId !== nil.declaredBy && actor.entityId !== nil.entityId, 'NIL_SAME_PERSON');
}

/**
 * The township confirms it - then its year is declared - or returns it with a reason.
 * @throws DomainError NIL_DECIDED, NIL_SAME_PERSON, DECLARATION_REASON_MISSING
 */
export function decideNilYear(
  nil: NilYear,
  actor: Actor,
  verdict: { readonly confirmed: boolean; readonly reason: string },
): DecidedNil {
  requireDecidable(nil, actor);
  demand(verdict.confirmed || verdict.reason.trim() !== '', 'DECLARATION_REASON_MISSING');
  return { ...nil, state: verdict.confirmed ? 'confirmed' : 'returned' };
}

/** The entity takes it back while nobody has decided it. @throws DomainError NIL_DECIDED, DECLARATION_NOT_OWN */
export function withdrawNilYear(nil: NilYear, actor: Actor): DecidedNil {
  demand(nil.state === 'proposed', 'NIL_DECIDED');
  demand(actor.entityId === nil.entityId, 'DECLARATION_NOT_OWN');
  return { ...nil, state: 'withdrawn' };
}

/** Why a step is closed, by the rule of its command; null when it is open. */
export const nilRefusal = (step: NilStep, nil: NilYear, actor: Actor): Refusal | null =>
  refusalOf(() => (step === 'decide' ? requireDecidable(nil, actor) : withdrawNilYear(nil, actor)));
