import { type BusinessDay, readDay } from '@bangfu/domain/shared/time';
import { DateField } from '@bangfu/ui/date-field';
import { problemOf } from '@bangfu/ui/lib/data';
import { useText } from '@bangfu/ui/lib/i18n';
import { ProblemPanel } from '@bangfu/ui/problem';
import { ReasonedButton } from '@bangfu/ui/reasoned-button';
import { Flex, Input, Modal } from 'antd';
import { useState } from 'react';
import type { TextKey } from './texts.zh-CN.ts';

/** What is told of a reversal: why, and on which day instead. */
interface Reversal {
  readonly reason: string;
  readonly to: string;
}

interface ReverseButtonProps {
  readonly title: string;
  /** What happens, in words, before it does. */
  readonly warning: string;
  /** Why it cannot be pressed now. */
  readonly closed: string | null | undefined;
  /** The first day that can be chosen; absent when it is taken back for good. */
  readonly earliest?: string;
  readonly command: {
    readonly isPending: boolean;
    readonly error: unknown;
    readonly run: (reversal: Reversal, onDone: () => void) => void;
  };
}

/** Takes back what is to come, or moves it to another day: a dialog that says what happens and asks why. */
export function ReverseButton({ title, warning, closed, earliest, command }: ReverseButtonProps) {
  const t = useText<TextKey>();
  const [isOpen, setOpen] = useState(false);
  const first = readDay(earliest ?? '');
  const [day, setDay] = useState<BusinessDay | null>(first);
  const [reason, setReason] = useState('');
  const isReady = reason.trim() !== '' && (earliest === undefined || day !== null);
  const submit = () => command.run({ reason, to: day ?? '' }, () => setOpen(false));
  return (
    <>
      <ReasonedButton danger={earliest === undefined} reason={closed} onClick={() => setOpen(true)}>
        {title}
      </ReasonedButton>
      <Modal
        open={isOpen}
        title={title}
        okText={title}
        okButtonProps={{ danger: earliest === undefined, disabled: !isReady }}
        cancelText={t('reverse.keep')}
        confirmLoading={command.isPending}
        onOk={submit}
        onCancel={() => setOpen(false)}
      >
        <Flex vertical gap="small">
          {command.error !== null && <ProblemPanel problem={problemOf(command.error)} />}
          <p>{warning}</p>
          {earliest !== undefined && (
            <DateField label={t('reverse.to')} value={day} onChange={setDay} {...(first && { min: first })} />
          )}
          <Input
            aria-label={t('pairing.reason')}
            placeholder={t('reverse.reason')}
            maxLength={200}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </Flex>
      </Modal>
    </>
  );
}
