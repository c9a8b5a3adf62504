import { demand, type Refusal, refusalOf } from '../shared/errors.ts';

/** What can be done with a cadre and with a helping unit. */
export const CADRE_STEPS = ['change', 'reveal'] as const;
export type CadreStep = (typeof CADRE_STEPS)[number];
export const UNIT_STEPS = ['change'] as const;

/** Demands that there is a number to show. @throws DomainError CADRE_NO_PHONE */
export function revealPhone(cadre: { readonly hasPhone: boolean }): void {
  demand(cadre.hasPhone, 'CADRE_NO_PHONE');
}

/** Why a step of a cadre would be refused, whatever is typed; null when it would succeed. */
export function cadreRefusal(step: CadreStep, cadre: { readonly hasPhone: boolean }): Refusal | null {
  return step === 'reveal' ? refusalOf(() => revealPhone(cadre)) : null;
}
