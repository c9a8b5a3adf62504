import { Button, type ButtonProps, Popover } from 'antd';
import { type MouseEvent, useId, useState } from 'react';
import { useUiText } from './lib/i18n.ts';

export type ReasonedButtonProps = Omit<ButtonProps, 'disabled'> & {
  /** Why it cannot be pressed now; nothing or empty means that it can. */
  readonly reason?: string | null | undefined;
};

/**
 * A button that says why it cannot be pressed: it keeps its place in the tab order, a screen reader hears the reason
 * with it, and pointing at it, focusing or pressing shows the reason.
 */
export function ReasonedButton({ reason, onClick, children, ...rest }: ReasonedButtonProps) {
  const t = useUiText();
  const id = useId();
  const [open, setOpen] = useState(false);
  const button = { ...rest, ...(onClick && { onClick }) };
  if (!reason) return <Button {...button}>{children}</Button>;

  // What leads nowhere now is no link: one would say neither that it is closed nor why.
  const { href: _href, target: _target, ...blocked } = rest;
  const text = t('reason.blocked', { reason });
  const show = (event: MouseEvent<HTMLElement>) => {
    event.preventDefault();
    setOpen(true);
  };
  return (
    <>
      <Popover content={text} open={open} onOpenChange={setOpen} trigger={['hover', 'focus']} placement="bottom">
        <Button
          {...blocked}
          type="default"
          danger={false}
          htmlType="button"
          className={`bf-blocked ${blocked.className ?? ''}`}
          aria-disabled="true"
          // While it is open the popover describes the button itself.
          {...(!open && { 'aria-describedby': id })}
          onClick={show}
        >
          {children}
        </Button>
      </Popover>
      <span id={id} className="bf-hidden">
        {text}
      </span>
    </>
  );
}
