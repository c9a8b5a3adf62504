import type { Duty } from './steps.ts';
import type { CaseState } from './types.ts';

const DUTIES: readonly Duty[] = ['enter', 'review', 'approve'];

/** The duty that keeps an account from another one in a case, and whether it comes from the register. */
interface HeldDuty {
  readonly held: Duty;
  /** The account imported or entered the household, outside the case. */
  readonly inRegister: boolean;
}

/**
 * What keeps an account from a duty in a case: one account holds one duty, and who imported or entered the household
 * has entered it (roles.md, separation of duties). @returns null when nothing does
 */
export function heldDuty(
  state: Pick<CaseState, 'duties' | 'enteredBy'>,
  accountId: string,
  duty: Duty,
): HeldDuty | null {
  const held = DUTIES.find((each) => each !== duty && state.duties[each].includes(accountId));
  if (held) return { held, inRegister: false };
  return duty !== 'enter' && state.enteredBy.includes(accountId) ? { held: 'enter', inRegister: true } : null;
}

/** The accounts that may not take a duty in a case. */
export function accountsKeptFrom(state: Pick<CaseState, 'duties' | 'enteredBy'>, duty: Duty): string[] {
  const others = DUTIES.filter((each) => each !== duty).flatMap((each) => state.duties[each]);
  return [...new Set([...others, ...(duty === 'enter' ? [] : state.enteredBy)])];
}
