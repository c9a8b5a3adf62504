import type { CaseDetail } from '@bangfu/contracts/identification/cases';
import { currentStep } from '@bangfu/domain/identification/case/evolve';
import { missingFor } from '@bangfu/domain/identification/case/missing';
import { PROCEDURES, type StepId, standsAt } from '@bangfu/domain/identification/case/steps';
import type { CaseState } from '@bangfu/domain/identification/case/types';
import { ROLE_NAMES, type Role } from '@bangfu/domain/shared/roles';
import type { Caller } from '@bangfu/service-kit/auth/caller';
import { casePolicy } from '../case-policy.ts';
import { sayCode } from '../case-words.ts';
import { rolesIn } from '../signer.ts';

const DUTIES = ['enter', 'review', 'approve'] as const;

/** The duty an account holds in a case other than the given one. */
function otherDuty(state: CaseState, duty: string, accountId: string) {
  return DUTIES.find((each) => each !== duty && state.duties[each].includes(accountId));
}

/** The one next act of a case, with the reason why this caller may not do it now. */
export function nextAct(
  state: CaseState,
  place: { readonly caller: Caller; readonly villageCode: string; readonly now: Date; readonly language: 'zh' | 'en' },
): CaseDetail['next'] {
  const { caller, villageCode, now, language } = place;
  const missing = missingFor(state, now, casePolicy(now));
  const step = currentStep(state);
  if (!missing || !step) return null;
  const held = otherDuty(state, step.duty, caller.id);
  const refusal = () => {
    if (!rolesIn(caller, villageCode).some((role) => step.roles.includes(role))) {
      const names = step.roles.map((role: Role) => ROLE_NAMES[role]).join('、');
      return language === 'zh' ? `这一步由${names}办理` : `This step is for: ${step.roles.join(', ')}`;
    }
    if (held) return sayCode('SEPARATION_OF_DUTIES', { duty: step.duty, held }, language);
    if (missing.need === 'NEED_NOTICE_TIME') return sayCode(missing.need, missing.params, language);
    return null;
  };
  return {
    step: step.id,
    act: step.act,
    need: missing.need,
    params: { ...missing.params },
    roles: [...step.roles],
    earliest: missing.earliest?.toISOString() ?? null,
    refusal: refusal(),
  };
}

/** What the caller may do beside the next act: send back and where to, refuse, withdraw. */
export function correctionsOf(state: CaseState, caller: Caller, villageCode: string): CaseDetail['corrections'] {
  const step = currentStep(state);
  if (!step) return { sendBackTo: [], mayRefuse: false, mayWithdraw: false };
  const roles = rolesIn(caller, villageCode);
  const stands = roles.some((role) => standsAt(role, step.level));
  const answered = (state.notice?.openObjections.length ?? 0) === 0;
  const done = PROCEDURES[state.kind].slice(1).filter(({ id }) => state.doneOn[id]);
  const approves = step.duty !== 'enter' && step.act !== 'announcement';
  return {
    sendBackTo: stands && answered ? done.map(({ id }): StepId => id) : [],
    mayRefuse: approves && roles.some((role) => step.roles.includes(role)) && !otherDuty(state, step.duty, caller.id),
    mayWithdraw: stands,
  };
}
