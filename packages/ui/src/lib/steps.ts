import type { OfferedStep } from '@bangfu/contracts/core/steps';

/** Why a step is closed to the person, as the service says it; null when it is open. */
export function closedBy<Step extends string>(steps: readonly OfferedStep<Step>[], name: Step): string | null {
  const found = steps.find(({ step }) => step === name);
  // A step without a word is closed all the same.
  return found?.open ? null : (found?.reason?.message ?? '—');
}

/**
 * Whether a step has a button here: not when it is nobody's task of theirs, nor when it is not its turn.
 * @param notItsTurn the codes that close it before or after its turn
 */
export function isShown<Step extends string>(
  steps: readonly OfferedStep<Step>[],
  name: Step,
  ...notItsTurn: readonly string[]
): boolean {
  const found = steps.find(({ step }) => step === name);
  const hidden = ['STEP_NOT_YOURS', ...notItsTurn];
  return found !== undefined && (found.open || !hidden.includes(found.reason?.code ?? ''));
}
