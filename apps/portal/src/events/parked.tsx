import { platformOperations, type ParkedEvent } from '@bangfu/contracts/core/every-service';
import { type Owner, SERVICES } from '@bangfu/contracts/core/operation';
import { InnerTable } from '@bangfu/ui/inner-table';
import { problemOf, useCommand, useOperation } from '@bangfu/ui/lib/data';
import { formatMoment, formatNumber } from '@bangfu/ui/lib/format';
import { useText, useUiText } from '@bangfu/ui/lib/i18n';
import { Page } from '@bangfu/ui/page';
import { ProblemPanel } from '@bangfu/ui/problem';
import { serviceText } from '@bangfu/ui/shell-types';
import { Loading } from '@bangfu/ui/states';
import { App, Button } from 'antd';
import type { TextKey } from '../texts.zh-CN.ts';
import './parked.css';

const OWNERS = [...SERVICES, 'gateway'] as const satisfies readonly Owner[];

/** Events that an owner could not take in: why, and another try once the cause is mended. */
export function Component() {
  const t = useText<TextKey>();
  return (
    <Page title={t('place.parked')} subtitle={t('parked.subtitle')} help={t('parked.help')}>
      {OWNERS.map((owner) => (
        <ParkedOf key={owner} owner={owner} />
      ))}
    </Page>
  );
}

function ParkedOf({ owner }: { readonly owner: Owner }) {
  const t = useText<TextKey>();
  const ui = useUiText();
  const { message } = App.useApp();
  const ops = platformOperations(owner);
  const parked = useOperation(ops.listParkedEvents);
  const redrive = useCommand(ops.redriveEvents, {
    onDone: ({ applied, remaining }) =>
      void message.info(t('parked.done', { applied: formatNumber(applied), remaining: formatNumber(remaining) })),
  });
  const name = owner === 'gateway' ? t('audit.gateway') : ui(serviceText(owner));
  const { rows = [], total = 0 } = parked.data ?? {};
  return (
    <section className="parked bf-surface" aria-labelledby={`parked-${owner}`}>
      <div className="parked__head">
        <h2 id={`parked-${owner}`}>{name}</h2>
        {parked.data && (
          <span role="status" className={total > 0 ? 'parked__some' : 'parked__none'}>
            {total > 0 ? t('parked.count', { count: formatNumber(total) }) : t('parked.none')}
          </span>
        )}
        {total > 0 && (
          <Button type="primary" loading={redrive.isPending} onClick={() => redrive.mutate({ body: {} })}>
            {t('parked.redrive')}
          </Button>
        )}
      </div>
      {parked.isPending && <Loading rows={1} />}
      {parked.isError && <ProblemPanel problem={problemOf(parked.error)} onRetry={() => void parked.refetch()} />}
      {redrive.isError && <ProblemPanel problem={problemOf(redrive.error)} />}
      {rows.length > 0 && (
        <InnerTable<ParkedEvent>
          aria-label={name}
          rowKey={(row) => `${row.topic} ${row.key} ${row.parkedAt} ${row.type}`}
          dataSource={[...rows]}
          columns={[
            { title: t('parked.record'), key: 'record', render: (_, row) => `${row.topic} ${row.key}` },
            { title: t('parked.type'), key: 'type', render: (_, row) => row.type ?? '—' },
            { title: t('parked.reason'), key: 'reason', render: (_, row) => t(`parked.reason.${row.reason}`) },
            { title: t('parked.detail'), dataIndex: 'detail', key: 'detail' },
            { title: t('parked.at'), key: 'at', render: (_, row) => formatMoment(row.parkedAt) },
          ]}
        />
      )}
      {total > rows.length && <p>{t('parked.first', { count: formatNumber(rows.length) })}</p>}
    </section>
  );
}
