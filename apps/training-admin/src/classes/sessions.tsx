import { addSession, cancelSession } from '@bangfu/contracts/training/classes';
import type { AnswerOf } from '@bangfu/contracts/core/operation';
import type { getClass } from '@bangfu/contracts/training/classes';
import { InnerTable } from '@bangfu/ui/inner-table';
import { useCommand } from '@bangfu/ui/lib/data';
import { useText } from '@bangfu/ui/lib/i18n';
import { useRefused } from '@bangfu/ui/lib/refused';
import { closedBy, isShown } from '@bangfu/ui/lib/steps';
import { ReasonedButton } from '@bangfu/ui/reasoned-button';
import { Button, Form, Input, Popover } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { TextKey } from '../texts.zh-CN.ts';

type Group = AnswerOf<typeof getClass>;
type Session = Group['sessionList'][number];

/** A class's calendar: each session leads to its roll; keepers add and cancel. */
export function Sessions({ group }: { readonly group: Group }) {
  const t = useText<TextKey>();
  return (
    <>
      <InnerTable<Session>
        rowKey="id"
        dataSource={group.sessionList}
        columns={[
          { title: t('class.day'), render: (_, r) => `${r.day} ${r.startsAt}-${r.endsAt}` },
          { title: t('classes.place'), render: (_, r) => r.place },
          {
            title: t('class.attended'),
            render: (_, r) => {
              if (r.cancelled !== null) return t('class.cancelled', { reason: r.cancelled });
              if (r.marked === 0) return t('class.notMarked');
              return t('class.present', { present: r.present, marked: r.marked });
            },
          },
          {
            title: '',
            render: (_, r) => (
              <>
                <Link to={`/attendance/${r.id}`} aria-label={`${t('class.callRoll')} ${r.day}`}>
                  {t('class.callRoll')}
                </Link>{' '}
                {isShown(r.steps, 'cancel', 'SESSION_CANCELLED') && <Cancel session={r} />}
              </>
            ),
          },
        ]}
      />
      {isShown(group.steps, 'add-session') && <AddSession group={group} />}
    </>
  );
}

function AddSession({ group }: { readonly group: Group }) {
  const t = useText<TextKey>();
  const refused = useRefused();
  const [form] = Form.useForm<{ day: string; startsAt: string; endsAt: string; place: string }>();
  const closed = closedBy(group.steps, 'add-session');
  const add = useCommand(addSession, { onDone: () => form.resetFields(['day']) });
  if (closed !== null) return <ReasonedButton reason={closed}>{t('class.addSession')}</ReasonedButton>;
  return (
    <Form
      form={form}
      layout="inline"
      style={{ marginTop: 16, rowGap: 8 }}
      initialValues={{ startsAt: '08:30', endsAt: '11:30', place: group.place }}
      onFinish={(body) => add.mutate({ params: { classId: group.id }, body }, refused)}
    >
      <Form.Item name="day" label={t('class.day')} rules={[{ required: true }]}>
        <Input type="date" min={group.begins} max={group.ends} />
      </Form.Item>
      <Form.Item name="startsAt" label={t('classes.startsAt')}>
        <Input type="time" />
      </Form.Item>
      <Form.Item name="endsAt" label={t('classes.endsAt')}>
        <Input type="time" />
      </Form.Item>
      <Form.Item name="place" label={t('classes.place')} rules={[{ required: true }]}>
        <Input />
      </Form.Item>
      <Button htmlType="submit" loading={add.isPending}>
        {t('class.addSession')}
      </Button>
    </Form>
  );
}

function Cancel({ session }: { readonly session: Session }) {
  const t = useText<TextKey>();
  const refused = useRefused();
  const [reason, setReason] = useState('');
  const cancel = useCommand(cancelSession);
  const closed = closedBy(session.steps, 'cancel');
  const label = `${t('class.cancelSession')} ${session.day}`;
  const button = (
    <ReasonedButton size="small" type="text" aria-label={label} reason={closed}>
      {t('class.cancelSession')}
    </ReasonedButton>
  );
  if (closed !== null) return button;
  const confirm = () =>
    cancel.mutate({ params: { sessionId: session.id }, body: { reason, version: session.version } }, refused);
  return (
    <Popover
      trigger="click"
      content={
        <Input.Search
          aria-label={t('class.cancelReason')}
          placeholder={t('class.cancelReason')}
          enterButton={t('class.cancelSession')}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          onSearch={confirm}
          loading={cancel.isPending}
        />
      }
    >
      {button}
    </Popover>
  );
}
