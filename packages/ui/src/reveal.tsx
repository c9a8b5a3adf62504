import { Button, Input, Popover } from 'antd';
import { useState } from 'react';
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
  return (
    <Popover
      trigger="click"
      destroyOnHidden
      content={
        <Input.Search
          autoFocus
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
      <Button type="link" size="small" aria-label={label}>
        {masked}
      </Button>
    </Popover>
  );
}
