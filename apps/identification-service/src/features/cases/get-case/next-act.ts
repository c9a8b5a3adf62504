import type { CaseDetail } from '@bangfu/contracts/identification/cases';
import { currentStep } from '@bangfu/domain/identification/case/evolve';
import { missingFor } from '@bangfu/domain/identification/case/missing';
import { type Hand, whyNot } from '@bangfu/domain/identification/case/offer';
import type { CaseState, Impediments } from '@bangfu/domain/identification/case/types';
import type { CasePolicyOn } from '../case-policy.ts';
import { sayReason } from '../case-words.ts';

type Language = 'zh' | 'en';

/** The one next act of a case, with the reason why this person may not do it now. */
export function nextAct(
  state: CaseState,
  {
    hand,
    impediments,
    now,
    language,
    policyOn,
  }: { hand: Hand; impediments: Impediments; now: Date; language: Language; policyOn: CasePolicyOn },
): CaseDetail['next'] {
  const missing = missingFor(state, now, policyOn);
  const step = currentStep(state);
  if (!missing || !step) return null;
  const reason = whyNot(state, hand, now, policyOn, impediments);
  return {
    step: step.id,
    act: step.act,
    need: missing.need,
    params: { ...missing.params },
    roles: [...step.roles],
    earliest: missing.earliest?.toISOString() ?? null,
    refusal: reason && sayReason(reason, step.roles, language),
  };
}
