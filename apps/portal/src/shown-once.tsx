import { useText } from '@bangfu/ui/lib/i18n';
import { App, Button } from 'antd';
import type { TextKey } from './texts.zh-CN.ts';
import './accounts/accounts.css';

/** A password or key that is shown this once, large enough to be read out, with the way to copy it. */
export function ShownOnce(props: {
  readonly label: string;
  readonly secret: string;
  readonly hint: string;
  readonly copy: TextKey;
  readonly copied: TextKey;
}) {
  const t = useText<TextKey>();
  const { message } = App.useApp();
  const copy = async () => {
    await navigator.clipboard.writeText(props.secret);
    void message.success(t(props.copied));
  };
  return (
    <>
      <div className="account-form__password">
        <span>{props.label}</span>
        <code>{props.secret}</code>
        {/* Over plain http the browser gives a page no clipboard. */}
        {'clipboard' in navigator && <Button onClick={() => void copy()}>{t(props.copy)}</Button>}
      </div>
      <p className="account-form__hint">{props.hint}</p>
    </>
  );
}
