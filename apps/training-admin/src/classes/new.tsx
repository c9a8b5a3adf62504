import { createClass } from '@bangfu/contracts/training/classes';
import { listCourses } from '@bangfu/contracts/training/courses';
import { listProviders } from '@bangfu/contracts/training/providers';
import { addDays, type BusinessDay, businessDay } from '@bangfu/domain/shared/time';
import { DateField } from '@bangfu/ui/date-field';
import { problemOf, useCommand, useOperation } from '@bangfu/ui/lib/data';
import { useText } from '@bangfu/ui/lib/i18n';
import { Page } from '@bangfu/ui/page';
import { ProblemPanel } from '@bangfu/ui/problem';
import { App, Button, Form, Input, InputNumber, Select } from 'antd';
import { useNavigate } from 'react-router';
import type { TextKey } from '../texts.zh-CN.ts';

interface Entry {
  readonly name: string;
  readonly courseId: string;
  readonly providerId: string;
  readonly place: string;
  readonly begins: string;
  readonly ends: string;
  readonly capacity: number;
  readonly startsAt: string;
  readonly endsAt: string;
}

/** A class is planned for weeks, not months of daily sessions; more are added on its page. */
const MOST_SESSIONS = 60;

function daysOf(begins: BusinessDay, ends: BusinessDay): BusinessDay[] {
  const days: BusinessDay[] = [];
  for (let day = begins; day <= ends && days.length < MOST_SESSIONS; day = addDays(day, 1)) days.push(day);
  return days;
}

/** A new class with one session a day. */
export function Component() {
  const t = useText<TextKey>();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const courses = useOperation(listCourses, { query: { limit: 500 } });
  const providers = useOperation(listProviders, { query: { limit: 500 } });
  const open = useCommand(createClass, {
    onDone: (made) => {
      void message.success(t('classes.opened'));
      void navigate(`/classes/${made.id}`, { replace: true });
    },
  });
  const submit = ({ startsAt, endsAt, ...entry }: Entry) =>
    open.mutate({
      body: {
        ...entry,
        sessions: daysOf(businessDay(entry.begins), businessDay(entry.ends)).map((day) => ({
          day,
          startsAt,
          endsAt,
          place: entry.place,
        })),
      },
    });
  const offered = (courses.data?.rows ?? []).filter(({ active }) => active);
  const active = (providers.data?.rows ?? []).filter((each) => each.active);
  const required = [{ required: true }];
  return (
    <Page title={t('classes.new')} subtitle={t('classes.everyDay')} help={t('classes.help')}>
      <Form<Entry>
        className="bf-surface bf-form"
        layout="vertical"
        requiredMark={false}
        initialValues={{ capacity: 30, startsAt: '08:30', endsAt: '11:30' }}
        onFinish={submit}
      >
        {open.isError && <ProblemPanel problem={problemOf(open.error)} />}
        <Form.Item name="courseId" label={t('classes.course')} rules={required}>
          <Select showSearch optionFilterProp="label" options={offered.map((c) => ({ value: c.id, label: c.name }))} />
        </Form.Item>
        <Form.Item name="name" label={t('classes.name')} rules={[{ required: true, min: 2, max: 80 }]}>
          <Input autoComplete="off" />
        </Form.Item>
        <Form.Item name="providerId" label={t('classes.provider')} rules={required}>
          <Select showSearch optionFilterProp="label" options={active.map((p) => ({ value: p.id, label: p.name }))} />
        </Form.Item>
        <Form.Item name="place" label={t('classes.place')} rules={required}>
          <Input autoComplete="off" />
        </Form.Item>
        <Form.Item name="begins" label={t('classes.begins')} rules={required}>
          <DateField label={t('classes.begins')} />
        </Form.Item>
        <Form.Item name="ends" label={t('classes.ends')} rules={required}>
          <DateField label={t('classes.ends')} />
        </Form.Item>
        <Form.Item name="startsAt" label={t('classes.startsAt')} rules={required}>
          <Input type="time" />
        </Form.Item>
        <Form.Item name="endsAt" label={t('classes.endsAt')} rules={required}>
          <Input type="time" />
        </Form.Item>
        <Form.Item name="capacity" label={t('classes.capacity')} rules={required}>
          <InputNumber min={1} max={500} precision={0} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={open.isPending}>
          {t('classes.new')}
        </Button>
      </Form>
    </Page>
  );
}
