import { Button, Input, type InputRef, Popover } from 'antd';
import { useRef, useState } from 'react';
import { useUiText } from './lib/i18n.ts';

interface RevealProps {
  readonly masked: string;
  /** Says whose and what, for who does not see the table. */
  readonly label: string;
  readonly busy: boolean;
  readonly onAsk: (reason: string) => void;
}

/** A masked value; one click and a reason show it, and the reason is in the audit log. */
export function Reveal({ masked, label, busy, onAsk }: RevealProps) {
  const t = useUiText();
  const [reason, setReason] = useState('');
  const field = useRef<InputRef>(null);
  return (
    <Popover
      trigger="click"
      destroyOnHidden
      // It is drawn before it is shown: only then can the field take the cursor.
      afterOpenChange={(isOpen) => isOpen && field.current?.focus()}
      content={
        <Input.Search
          ref={field}
          aria-label={t('reveal.reason')}
          placeholder={t('reveal.reason')}
          enterButton={t('reveal.show')}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          onSearch={onAsk}
          loading={busy}
        />
      }
    >
      <Button type="link" size="small" aria-label={`${masked} ${label}`}>
        {masked}
      </Button>
    </Popover>
  );
}
