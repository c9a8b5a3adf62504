import type { CaseDetail } from '@bangfu/contracts/identification/cases';
import { currentStep } from '@bangfu/domain/identification/case/evolve';
import { missingFor } from '@bangfu/domain/identification/case/missing';
import { type Hand, type Reason, whyNot } from '@bangfu/domain/identification/case/offer';
import type { CaseState, Impediments } from '@bangfu/domain/identification/case/types';
import { ROLE_NAMES, type Role } from '@bangfu/domain/shared/roles';
import { casePolicyOn } from '../case-policy.ts';
import { sayCode } from '../case-words.ts';

type Language = 'zh' | 'en';

/** A reason in words; of a wrong role, who does the step instead. */
function say({ code, params }: Reason, roles: readonly Role[], language: Language): string {
  if (code !== 'CASE_ROLE_WRONG') return sayCode(code, params, language);
  const names = roles.map((role) => ROLE_NAMES[role]).join('、');
  return language === 'zh' ? `这一步由${names}办理` : `This step is for: ${roles.join(', ')}`;
}

/** The one next act of a case, with the reason why this person may not do it now. */
export function nextAct(
  state: CaseState,
  { hand, impediments, now, language }: { hand: Hand; impediments: Impediments; now: Date; language: Language },
): CaseDetail['next'] {
  const missing = missingFor(state, now, casePolicyOn);
  const step = currentStep(state);
  if (!missing || !step) return null;
  const reason = whyNot(state, hand, now, casePolicyOn, impediments);
  return {
    step: step.id,
    act: step.act,
    need: missing.need,
    params: { ...missing.params },
    roles: [...step.roles],
    earliest: missing.earliest?.toISOString() ?? null,
    refusal: reason && say(reason, step.roles, language),
  };
}
