import type { AnswerOf } from '@bangfu/contracts/core/operation';
import { changeProvider, createProvider, listProviders } from '@bangfu/contracts/training/providers';
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
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import type { TextKey } from '../texts.zh-CN.ts';

const NO_FILTERS: readonly string[] = [];

type Row = AnswerOf<typeof listProviders>['rows'][number];

/** Who teaches in the county. */
export function Component() {
  const t = useText<TextKey>();
  const refused = useRefused();
  const mayAdd = useMay(createProvider);
  const [adding, setAdding] = useState(false);
  const { sheet } = useSheet(listProviders, NO_FILTERS);
  const change = useCommand(changeProvider);
  const turn = ({ id, classes: _classes, steps: _steps, ...provider }: Row) =>
    change.mutate({ params: { providerId: id }, body: { ...provider, active: !provider.active } }, refused);
  const add = mayAdd && !adding && (
    <Button type="primary" onClick={() => setAdding(true)}>
      {t('providers.new')}
    </Button>
  );
  const columns: SheetColumns<typeof listProviders> = [
    { key: 'name', title: t('providers.name'), sort: 'name', render: (r) => r.name, width: 260, pinned: true },
    { key: 'contact', title: t('providers.contact'), sort: 'contact', render: (r) => r.contact || '—', width: 140 },
    { key: 'note', title: t('providers.note'), render: (r) => r.note || '—', width: 320 },
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
          {t(r.active ? 'providers.active' : 'providers.stopped')}{' '}
          {isShown(r.steps, 'change') && (
            <ReasonedButton
              size="small"
              reason={closedBy(r.steps, 'change')}
              aria-label={`${t(r.active ? 'providers.stop' : 'providers.resume')} ${r.name}`}
              onClick={() => turn(r)}
            >
              {t(r.active ? 'providers.stop' : 'providers.resume')}
            </ReasonedButton>
          )}
        </>
      ),
    },
  ];
  return (
    <Page title={t('place.providers')} subtitle={t('providers.subtitle')} help={t('providers.help')} actions={add}>
      {adding && <NewProvider onEnd={() => setAdding(false)} />}
      <Worksheet
        id="training-providers"
        label={t('place.providers')}
        columns={columns}
        filters={[]}
        {...sheet}
        rowKey={(r) => r.id}
        rowName={(r) => r.name}
        to={() => '/classes'}
        empty={<Empty title={t('providers.empty')} hint={t('providers.emptyHint')} actions={add} />}
      />
    </Page>
  );
}

interface Entry {
  readonly name: string;
  readonly contact?: string;
  readonly note?: string;
}

function NewProvider({ onEnd }: { readonly onEnd: () => void }) {
  const t = useText<TextKey>();
  const refused = useRefused();
  const create = useCommand(createProvider, { onDone: onEnd });
  return (
    <Form<Entry>
      className="bf-surface"
      style={{ padding: 16, marginBottom: 16, rowGap: 8 }}
      layout="inline"
      onFinish={(body) => create.mutate({ body }, refused)}
    >
      <Form.Item name="name" label={t('providers.name')} rules={[{ required: true, min: 2, max: 80 }]}>
        <Input autoFocus autoComplete="off" />
      </Form.Item>
      <Form.Item name="contact" label={t('providers.contact')}>
        <Input autoComplete="off" />
      </Form.Item>
      <Form.Item name="note" label={t('providers.note')}>
        <Input autoComplete="off" />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={create.isPending}>
        {t('providers.save')}
      </Button>
    </Form>
  );
}
