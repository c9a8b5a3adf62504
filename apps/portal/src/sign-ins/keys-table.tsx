import type { AnswerOf } from '@bangfu/contracts/core/operation';
import type { listApiKeys } from '@bangfu/contracts/gateway/keys';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { InnerTable } from '@bangfu/ui/inner-table';
import { formatMoment } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { platformNow } from '@bangfu/ui/lib/platform-time';
import { App, Button } from 'antd';
import { useGrantWords } from '../accounts/grant-words.ts';
import type { TextKey } from '../texts.zh-CN.ts';

type KeyRow = AnswerOf<typeof listApiKeys>['rows'][number];

/** The last day on which something holds that ends at an instant. */
const lastDay = (until: string) => businessDayOf(new Date(Date.parse(until) - 1));

/** API keys of one account, ended ones too, each in force with the way to withdraw it. */
export function KeysTable(props: {
  readonly rows: readonly KeyRow[];
  readonly isOwn: boolean;
  readonly withdrawing: boolean;
  readonly onWithdraw: (row: KeyRow) => void;
}) {
  const t = useText<TextKey>();
  const words = useGrantWords();
  const { modal } = App.useApp();
  const now = platformNow().getTime();
  const stateOf = (row: KeyRow) => {
    if (row.withdrawnAt !== null) return 'keys.withdrawn';
    return Date.parse(row.until) <= now ? 'keys.over' : 'keys.active';
  };
  const ask = (row: KeyRow) =>
    void modal.confirm({
      title: t('keys.withdrawOf', { name: row.name }),
      content: t('keys.withdrawConsequence', { name: row.name }),
      okText: t('keys.withdraw'),
      cancelText: t('keys.keep'),
      okButtonProps: { danger: true },
      onOk: () => props.onWithdraw(row),
    });
  return (
    <InnerTable<KeyRow>
      rowKey="id"
      dataSource={props.rows}
      locale={{ emptyText: t('keys.none') }}
      columns={[
        { title: t('keys.name'), dataIndex: 'name' },
        {
          title: t('keys.grants'),
          render: (_, row) =>
            row.grants === null
              ? t(props.isOwn ? 'keys.allGrants' : 'keys.allOfAccount')
              : row.grants.map((grant) => `${words.role(grant)} · ${words.scope(grant.scope)}`).join(t('absent.join')),
        },
        { title: t('keys.created'), render: (_, row) => formatMoment(row.createdAt) },
        {
          title: t('keys.lastUsed'),
          render: (_, row) => (row.lastUsedAt ? formatMoment(row.lastUsedAt) : t('keys.neverUsed')),
        },
        { title: t('keys.until'), render: (_, row) => lastDay(row.until) },
        { title: t('keys.state'), render: (_, row) => t(stateOf(row)) },
        {
          title: '',
          render: (_, row) =>
            stateOf(row) === 'keys.active' && (
              <Button
                size="small"
                disabled={props.withdrawing}
                aria-label={t('keys.withdrawOf', { name: row.name })}
                onClick={() => ask(row)}
              >
                {t('keys.withdraw')}
              </Button>
            ),
        },
      ]}
    />
  );
}
