import { refusalOf } from '@bangfu/domain/shared/errors';
import { stepWords } from '@bangfu/platform/steps';
import { MESSAGES } from './messages.ts';

/** A refusal that is shown beside others instead of ending the call. */
export interface Reason {
  readonly code: string;
  readonly message: string;
}

/** The words of closed steps. */
export const STEP_WORDS = stepWords(MESSAGES);

export function reasonOf(
  refusal: { readonly code: string; readonly params?: Readonly<Record<string, string | number>> },
  language: 'zh' | 'en',
): Reason {
  return STEP_WORDS.toReason({ params: {}, ...refusal }, language);
}

/** What a rule refuses, as a reason; null when it lets pass. Other errors go on. */
export function refusalBy(rule: () => unknown, language: 'zh' | 'en'): Reason | null {
  const refusal = refusalOf(rule);
  return refusal && reasonOf(refusal, language);
}
