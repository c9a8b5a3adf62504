import { problemOf } from '@bangfu/ui/lib/data';
import { App } from 'antd';

/** Shows a refusal in words at the top of the page. */
export function useRefused(): (error: unknown) => void {
  const { message } = App.useApp();
  return (error) => void message.error(problemOf(error).title);
}
