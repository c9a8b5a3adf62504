import { DomainError } from '@bangfu/domain/shared/errors';
import { render } from '@bangfu/service-kit/http/messages';
import { MESSAGES } from './messages.ts';

/** A refusal that is shown beside others instead of ending the call. */
export interface Reason {
  readonly code: string;
  readonly message: string;
}

export function reasonOf(
  refusal: { readonly code: string; readonly params?: Readonly<Record<string, string | number>> },
  language: 'zh' | 'en',
): Reason {
  return { code: refusal.code, message: render(MESSAGES, refusal.code, refusal.params ?? {}, language) };
}

/** What a rule refuses, as a reason; null when it lets pass. Other errors go on. */
export function refusalBy(rule: () => unknown, language: 'zh' | 'en'): Reason | null {
  try {
    rule();
    return null;
  } catch (error) {
    if (error instanceof DomainError) return reasonOf(error, language);
    throw error;
  }
}
