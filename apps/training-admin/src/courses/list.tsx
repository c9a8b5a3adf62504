import type { AnswerOf } from '@bangfu/contracts/core/operation';
import { changeCourse, type Course, COURSE_KINDS, createCourse, listCourses } from '@bangfu/contracts/training/courses';
import { useCommand } from '@bangfu/ui/lib/data';
import { formatNumber } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { useMay } from '@bangfu/ui/lib/may';
import { type SheetColumns, useSheet } from '@bangfu/ui/lib/sheet';
import { useRefused } from '@bangfu/ui/lib/refused';
import { closedBy, isShown } from '@bangfu/ui/lib/steps';
import { Page } from '@bangfu/ui/page';
import { ReasonedButton } from '@bangfu/ui/reasoned-button';
import { Empty } from '@bangfu/ui/states';
import { Worksheet } from '@bangfu/ui/worksheet';
import { Button, Form, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import type { TextKey } from '../texts.zh-CN.ts';

const FILTER_KEYS = ['search', 'kind'] as const;

type Row = AnswerOf<typeof listCourses>['rows'][number];

/** The county's courses; a row leads to its classes. */
export function Component() {
  const t = useText<TextKey>();
  const refused = useRefused();
  const mayAdd = useMay(createCourse);
  const [adding, setAdding] = useState(false);
  const { sheet } = useSheet(listCourses, FILTER_KEYS);
  const change = useCommand(changeCourse);
  const turn = ({ id, classes: _classes, steps: _steps, ...course }: Row) =>
    change.mutate({ params: { courseId: id }, body: { ...course, active: !course.active } }, refused);
  const kinds = COURSE_KINDS.map((value) => ({ value, label: t(`kind.${value}`) }));
  const add = mayAdd && !adding && (
    <Button type="primary" onClick={() => setAdding(true)}>
      {t('courses.new')}
    </Button>
  );
  const columns: SheetColumns<typeof listCourses> = [
    { key: 'name', title: t('courses.name'), sort: 'name', render: (r) => r.name, width: 200, pinned: true },
    { key: 'kind', title: t('courses.kind'), sort: 'kind', render: (r) => t(`kind.${r.kind}`), width: 110 },
    {
      key: 'lessons',
      title: t('courses.lessons'),
      sort: 'lessons',
      render: (r) => formatNumber(r.lessons),
      width: 80,
      numeric: true,
    },
    { key: 'content', title: t('courses.content'), render: (r) => r.content || '—', width: 320 },
    {
      key: 'classes',
      title: t('courses.classes'),
      sort: 'classes',
      render: (r) => formatNumber(r.classes),
      width: 90,
      numeric: true,
    },
    {
      key: 'active',
      title: t('courses.active'),
      sort: 'active',
      width: 160,
      render: (r) => (
        <>
          {t(r.active ? 'courses.offered' : 'courses.stopped')}{' '}
          {isShown(r.steps, 'change') && (
            <ReasonedButton
              size="small"
              reason={closedBy(r.steps, 'change')}
              aria-label={`${t(r.active ? 'courses.stop' : 'courses.offer')} ${r.name}`}
              onClick={() => turn(r)}
            >
              {t(r.active ? 'courses.stop' : 'courses.offer')}
            </ReasonedButton>
          )}
        </>
      ),
    },
  ];
  return (
    <Page title={t('place.courses')} subtitle={t('courses.subtitle')} help={t('courses.help')} actions={add}>
      {adding && <NewCourse kinds={kinds} onEnd={() => setAdding(false)} />}
      <Worksheet
        id="training-courses"
        label={t('place.courses')}
        columns={columns}
        filters={[
          { key: 'search', label: t('courses.name'), width: 200 },
          { key: 'kind', label: t('courses.kind'), options: kinds, width: 130 },
        ]}
        {...sheet}
        rowKey={(r) => r.id}
        rowName={(r) => r.name}
        to={(r) => `/classes?search=${encodeURIComponent(r.name)}`}
        empty={<Empty title={t('courses.empty')} hint={t('courses.emptyHint')} actions={add} />}
      />
    </Page>
  );
}

interface Entry {
  readonly name: string;
  readonly kind: Course['kind'];
  readonly lessons: number;
  readonly content?: string;
}

function NewCourse(props: { readonly kinds: { value: Course['kind']; label: string }[]; readonly onEnd: () => void }) {
  const t = useText<TextKey>();
  const refused = useRefused();
  const create = useCommand(createCourse, { onDone: props.onEnd });
  return (
    <Form<Entry>
      className="bf-surface"
      style={{ padding: 16, marginBottom: 16, rowGap: 8 }}
      layout="inline"
      onFinish={(body) => create.mutate({ body }, refused)}
    >
      <Form.Item name="name" label={t('courses.name')} rules={[{ required: true, min: 2, max: 80 }]}>
        <Input autoFocus autoComplete="off" />
      </Form.Item>
      <Form.Item name="kind" label={t('courses.kind')} rules={[{ required: true }]}>
        <Select options={props.kinds} style={{ width: 120 }} />
      </Form.Item>
      <Form.Item name="lessons" label={t('courses.lessons')} rules={[{ required: true }]}>
        <InputNumber min={1} max={2000} precision={0} />
      </Form.Item>
      <Form.Item name="content" label={t('courses.content')}>
        <Input autoComplete="off" />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={create.isPending}>
        {t('courses.save')}
      </Button>
    </Form>
  );
}
