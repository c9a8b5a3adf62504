import {
  announceCases,
  approveCounty,
  approveTownship,
  type CaseDetail,
  refuseCase,
  sendBackCase,
  withdrawCase,
} from '@bangfu/contracts/identification/cases';
import { closeNotice, openNotice } from '@bangfu/contracts/identification/notices';
import { type BusinessDay } from '@bangfu/domain/shared/time';
import { problemOf, useCommand } from '@bangfu/ui/lib/data';
import { useText } from '@bangfu/ui/lib/i18n';
import { usePlatformDay } from '@bangfu/ui/lib/platform-time';
import { ProblemPanel } from '@bangfu/ui/problem';
import { ReasonedButton } from '@bangfu/ui/reasoned-button';
import { App, Button, Flex, Form, Modal, Select } from 'antd';
import { useState } from 'react';
import type { TextKey } from '../texts.zh-CN.ts';
import { ActForm, WordsItem } from './act-form.tsx';
import { DayItem } from './day-item.tsx';
import { useCaseWords } from './words.ts';

interface StepProps {
  readonly file: CaseDetail;
  readonly refusal: string | null;
}

const pickedOf = ({ id, version }: CaseDetail) => [{ caseId: id, version }];

/** Puts up the case's notice, or takes it down when its time is served. */
export function NoticeForm({ file, refusal }: StepProps) {
  const t = useText<TextKey>();
  const { message } = App.useApp();
  const open = useCommand(openNotice);
  const close = useCommand(closeNotice, { onDone: (done) => void message.success(t('notice.closed', { ...done })) });
  const { noticeId } = file;
  const command = noticeId ? close : open;
  return (
    <>
      {command.isError && <ProblemPanel problem={problemOf(command.error)} />}
      {!noticeId && <p>{t('form.openNoticeHint', { days: file.next?.params['days'] ?? 0 })}</p>}
      <ReasonedButton
        type="primary"
        reason={refusal}
        loading={command.isPending}
        onClick={() =>
          noticeId ? close.mutate({ params: { noticeId }, body: {} }) : open.mutate({ body: { cases: pickedOf(file) } })
        }
      >
        {t(noticeId ? 'form.closeNotice' : 'form.openNotice')}
      </ReasonedButton>
    </>
  );
}

/** Approves at the level the case waits at. */
export function ApprovalForm({ file, refusal }: StepProps) {
  const t = useText<TextKey>();
  const township = useCommand(approveTownship);
  const county = useCommand(approveCounty);
  const atTownship = file.step === 'township-approval';
  const command = atTownship ? township : county;
  return (
    <ActForm<{ opinion: string }>
      draft={`${file.id}.${file.step}`}
      initial={{ opinion: t('form.opinionDefault') }}
      button={t(atTownship ? 'form.approveTownship' : 'form.approveCounty')}
      refusal={refusal}
      running={command}
      onSubmit={({ opinion }, done) => command.mutate({ body: { cases: pickedOf(file), opinion } }, done)}
    >
      <WordsItem name="opinion" label={t('form.opinion')} most={500} rows={2} />
    </ActForm>
  );
}

/** Announces the case: the household is on the register. */
export function AnnouncementForm({ file, refusal }: StepProps) {
  const today = usePlatformDay();
  const t = useText<TextKey>();
  const command = useCommand(announceCases);
  return (
    <ActForm<{ on: BusinessDay; documentNumber: string }>
      draft={`${file.id}.${file.step}`}
      initial={{ on: today }}
      button={t('form.announce')}
      refusal={refusal}
      running={command}
      onSubmit={(values, done) => command.mutate({ body: { cases: pickedOf(file), ...values } }, done)}
    >
      <p>{t('form.announceHint')}</p>
      <DayItem label={t('form.on')} />
      <WordsItem name="documentNumber" label={t('form.documentNumber')} most={60} />
    </ActForm>
  );
}

type Correction = 'sendBack' | 'refuse' | 'withdraw';

/** Beside the next act: send back, refuse, withdraw. Each wants its reason. */
export function Corrections({ file }: { readonly file: CaseDetail }) {
  const t = useText<TextKey>();
  const [chosen, setChosen] = useState<Correction | null>(null);
  const { sendBackTo, mayRefuse, mayWithdraw } = file.corrections;
  if (sendBackTo.length === 0 && !mayRefuse && !mayWithdraw) return null;
  return (
    <Flex wrap gap="small" style={{ marginTop: 16 }}>
      {sendBackTo.length > 0 && <Button onClick={() => setChosen('sendBack')}>{t('form.sendBack')}</Button>}
      {mayRefuse && (
        <Button danger onClick={() => setChosen('refuse')}>
          {t('form.refuse')}
        </Button>
      )}
      {mayWithdraw && (
        <Button danger onClick={() => setChosen('withdraw')}>
          {t('form.withdraw')}
        </Button>
      )}
      {chosen && <CorrectionDialog file={file} kind={chosen} onEnd={() => setChosen(null)} />}
    </Flex>
  );
}

type StepWord = CaseDetail['corrections']['sendBackTo'][number];

interface CorrectionDialogProps {
  readonly file: CaseDetail;
  readonly kind: Correction;
  readonly onEnd: () => void;
}

function CorrectionDialog({ file, kind, onEnd }: CorrectionDialogProps) {
  const t = useText<TextKey>();
  const { word } = useCaseWords();
  const [form] = Form.useForm<{ reason: string; toStep: StepWord }>();
  const sendBack = useCommand(sendBackCase, { onDone: onEnd });
  const refuse = useCommand(refuseCase, { onDone: onEnd });
  const withdraw = useCommand(withdrawCase, { onDone: onEnd });
  const running = { sendBack, refuse, withdraw }[kind];
  const { id, version } = file;
  const params = { caseId: id };
  const run = ({ reason, toStep }: { reason: string; toStep: StepWord }) => {
    if (kind === 'sendBack') sendBack.mutate({ params, body: { version, reason, toStep } });
    if (kind === 'refuse') refuse.mutate({ params, body: { version, reason } });
    if (kind === 'withdraw') withdraw.mutate({ params, body: { version, reason } });
  };
  const title = t(`form.${kind}`);
  return (
    <Modal
      open
      title={`${title}：${file.headName}`}
      okText={title}
      okButtonProps={{ danger: kind !== 'sendBack' }}
      cancelText={t('form.cancel')}
      confirmLoading={running.isPending}
      onOk={form.submit}
      onCancel={onEnd}
    >
      {running.isError && <ProblemPanel problem={problemOf(running.error)} />}
      <Form form={form} layout="vertical" onFinish={run} initialValues={{ toStep: file.corrections.sendBackTo.at(-1) }}>
        {kind === 'sendBack' && (
          <Form.Item name="toStep" label={t('form.sendBackTo')}>
            <Select options={file.corrections.sendBackTo.map((value) => ({ value, label: word(value) }))} />
          </Form.Item>
        )}
        <WordsItem name="reason" label={t('form.reason')} most={500} rows={3} />
      </Form>
    </Modal>
  );
}
