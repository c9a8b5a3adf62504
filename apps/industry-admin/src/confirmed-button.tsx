import { useText } from '@bangfu/ui/lib/i18n';
import { ReasonedButton, type ReasonedButtonProps } from '@bangfu/ui/reasoned-button';
import { Popconfirm } from 'antd';
import type { TextKey } from './texts.zh-CN.ts';

type Props = Omit<ReasonedButtonProps, 'title' | 'onClick' | 'children'> & {
  readonly label: string;
  /** What is asked before it is done. */
  readonly title: string;
  readonly description?: string;
  readonly onConfirm: () => void;
};

/** A button whose act is confirmed before it is done; one that cannot be pressed says why. */
export function ConfirmedButton({ label, title, description, onConfirm, ...rest }: Props) {
  const t = useText<TextKey>();
  const button = <ReasonedButton {...rest}>{label}</ReasonedButton>;
  if (rest.reason) return button;
  return (
    <Popconfirm
      title={title}
      description={description}
      okText={label}
      cancelText={t('account.cancel')}
      onConfirm={onConfirm}
    >
      {button}
    </Popconfirm>
  );
}
