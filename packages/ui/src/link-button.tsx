import type { ButtonProps } from 'antd';
import { type To, useHref, useLinkClickHandler } from 'react-router';
import { ReasonedButton } from './reasoned-button.tsx';

interface LinkButtonProps extends Omit<ButtonProps, 'disabled' | 'href' | 'target' | 'onClick' | 'htmlType'> {
  /** The page of this front end it leads to. */
  readonly to: To;
  /** Why it does not lead there now. */
  readonly reason?: string | null | undefined;
}

/** A button that leads to another page: a link, which can be opened in a tab of its own and sent to a colleague. */
export function LinkButton({ to, reason, ...rest }: LinkButtonProps) {
  const href = useHref(to);
  const go = useLinkClickHandler<HTMLElement>(to);
  return <ReasonedButton {...rest} reason={reason} href={href} onClick={go} />;
}
