import { problemOf } from '@bangfu/ui/lib/data';
import { App } from 'antd';

/** Says a refused act in the reader's language: what was refused and why. */
export function useRefused(): { onError: (error: Error) => void } {
  const { message } = App.useApp();
  return { onError: (error) => void message.error(problemOf(error).title) };
}
