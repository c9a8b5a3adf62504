import { announceCases, approveCounty, approveTownship } from '@bangfu/contracts/identification/cases';
import { openNotice } from '@bangfu/contracts/identification/notices';
import { type BusinessDay } from '@bangfu/domain/shared/time';
import { problemOf, useCommand } from '@bangfu/ui/lib/data';
import { useText } from '@bangfu/ui/lib/i18n';
import { useMayNot } from '@bangfu/ui/lib/may';
import { usePlatformDay } from '@bangfu/ui/lib/platform-time';
import { ProblemPanel } from '@bangfu/ui/problem';
import { App, Form, Input, Modal } from 'antd';
import type { TextKey } from '../texts.zh-CN.ts';
import { DayItem } from './day-item.tsx';

export interface BatchAct {
  readonly key: 'notice' | 'township' | 'county' | 'announce';
  readonly label: (count: string) => string;
}

/** The batch acts the person's roles allow. */
export function useBatchActs(): BatchAct[] {
  const t = useText<TextKey>();
  const mayNot = useMayNot();
  const acts: readonly (BatchAct & { readonly op: Parameters<typeof mayNot>[0] })[] = [
    { key: 'notice', op: openNotice, label: (count) => t('cases.batchNotice', { count }) },
    { key: 'township', op: approveTownship, label: (count) => t('cases.batchTownship', { count }) },
    { key: 'county', op: approveCounty, label: (count) => t('cases.batchCounty', { count }) },
    { key: 'announce', op: announceCases, label: (count) => t('cases.batchAnnounce', { count }) },
  ];
  return acts.filter(({ op }) => mayNot(op) === null);
}

interface Values {
  readonly opinion: string;
  readonly documentNumber: string;
  readonly on: BusinessDay;
}

interface BatchDialogProps {
  readonly act: BatchAct;
  /** Case ids with their versions, as the list keys its rows. */
  readonly keys: readonly string[];
  readonly onEnd: () => void;
}

/** Asks what the act needs beside the cases, says the consequence in numbers, and does it for all or for none. */
export function BatchDialog({ act, keys, onEnd }: BatchDialogProps) {
  const today = usePlatformDay();
  const t = useText<TextKey>();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const options = {
    onDone: () => {
      message.success(t('cases.batchDone', { count: keys.length }));
      onEnd();
    },
  };
  const notice = useCommand(openNotice, options);
  const township = useCommand(approveTownship, options);
  const county = useCommand(approveCounty, options);
  const announce = useCommand(announceCases, options);
  const running = { notice, township, county, announce }[act.key];
  const cases = keys.map((key) => {
    const [caseId = '', version = ''] = key.split('.');
    return { caseId, version: Number(version) };
  });
  const run = ({ opinion, documentNumber, on }: Values) => {
    if (act.key === 'notice') notice.mutate({ body: { cases } });
    if (act.key === 'township') township.mutate({ body: { cases, opinion } });
    if (act.key === 'county') county.mutate({ body: { cases, opinion } });
    if (act.key === 'announce') announce.mutate({ body: { cases, documentNumber, on } });
  };
  const title = act.label(String(keys.length));
  const rule = (label: string) => [{ required: true, message: t('form.required', { label }) }];
  return (
    <Modal
      open
      title={title}
      okText={title}
      cancelText={t('form.cancel')}
      confirmLoading={running.isPending}
      onOk={form.submit}
      onCancel={onEnd}
    >
      {running.isError && <ProblemPanel problem={problemOf(running.error)} />}
      <Form<Values>
        form={form}
        layout="vertical"
        onFinish={run}
        initialValues={{ opinion: t('form.opinionDefault'), on: today }}
      >
        {(act.key === 'township' || act.key === 'county') && (
          <Form.Item name="opinion" label={t('form.opinion')} rules={rule(t('form.opinion'))}>
            <Input.TextArea rows={2} maxLength={500} />
          </Form.Item>
        )}
        {act.key === 'announce' && (
          <>
            <p>{t('form.announceHint')}</p>
            <Form.Item name="documentNumber" label={t('form.documentNumber')} rules={rule(t('form.documentNumber'))}>
              <Input maxLength={60} />
            </Form.Item>
            <DayItem label={t('form.on')} />
          </>
        )}
        {act.key === 'notice' && <p>{t('cases.batchNoticeHint')}</p>}
      </Form>
    </Modal>
  );
}
