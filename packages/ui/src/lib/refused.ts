import { App } from 'antd';
import { problemOf } from './data.ts';
import { useUiText } from './i18n.ts';
import { isNotSignedIn } from './session-end.ts';

/** Long enough to read a reason twice; it can be closed before. */
const SECONDS = 12;

/** Says a refused act in the reader's language: what was refused and why, and a number to quote for our own faults. */
export function useRefused(): { onError: (error: unknown) => void } {
  const { notification } = App.useApp();
  const t = useUiText();
  return {
    onError(error) {
      // The sign-in is asked for over the page already.
      if (isNotSignedIn(error)) return;
      const { title, detail, status, instance } = problemOf(error);
      const why = detail === title ? undefined : detail;
      const quote = (status ?? 0) >= 500 && instance ? `${t('problem.number')} ${instance}` : undefined;
      const description = [why, quote].filter(Boolean).join(' ');
      notification.error({ title, ...(description && { description }), duration: SECONDS });
    },
  };
}
