import { UserAddOutlined } from '@ant-design/icons';
import { listAccounts } from '@bangfu/contracts/gateway/accounts';
import { formatMoment } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { type SheetColumns, useSheet } from '@bangfu/ui/lib/sheet';
import { LinkButton } from '@bangfu/ui/link-button';
import { Page } from '@bangfu/ui/page';
import { Empty } from '@bangfu/ui/states';
import { Worksheet } from '@bangfu/ui/worksheet';
import type { TextKey } from '../texts.zh-CN.ts';
import { useGrantWords } from './grant-words.ts';
import { ProposedGrants } from './proposed-grants.tsx';
import './accounts.css';

const FILTER_KEYS = ['search'] as const;

/** Who can use the platform, with which grants. */
export function Component() {
  const t = useText<TextKey>();
  const words = useGrantWords();
  const { sheet } = useSheet(listAccounts, FILTER_KEYS);
  const create = (
    <LinkButton type="primary" icon={<UserAddOutlined />} to="/accounts/new">
      {t('accounts.new')}
    </LinkButton>
  );
  const columns: SheetColumns<typeof listAccounts> = [
    { key: 'name', title: t('accounts.name'), sort: 'name', render: (r) => r.name, width: 140, pinned: true },
    { key: 'username', title: t('accounts.username'), sort: 'username', render: (r) => r.username, width: 160 },
    {
      key: 'grants',
      title: t('accounts.grants'),
      width: 420,
      render: (r) =>
        r.grants.length + r.proposed.length === 0 ? (
          <span className="grants__none">{t('accounts.noGrants')}</span>
        ) : (
          <span className="grants">
            {r.grants.map((grant) => (
              <span key={grant.id} className="grants__one">
                {words.both(grant)}
                {grant.until !== undefined && ` · ${words.time(grant)}`}
              </span>
            ))}
            {r.proposed.map((grant) => (
              <span key={grant.id} className="grants__one grants__none">
                {t('proposed.waits', { grant: words.both(grant) })}
              </span>
            ))}
          </span>
        ),
    },
    {
      key: 'lastSignIn',
      title: t('accounts.lastSignIn'),
      sort: 'lastSignInAt',
      render: (r) => (r.lastSignInAt ? formatMoment(r.lastSignInAt) : t('accounts.never')),
      width: 160,
    },
    {
      key: 'state',
      title: t('accounts.state'),
      sort: 'disabled',
      render: (r) => t(`accounts.state.${r.state}`),
      width: 150,
    },
    {
      key: 'created',
      title: t('accounts.created'),
      sort: 'createdAt',
      render: (r) => formatMoment(r.createdAt),
      width: 160,
      optional: true,
    },
  ];
  return (
    <Page title={t('place.accounts')} subtitle={t('accounts.subtitle')} help={t('accounts.help')} actions={create}>
      <ProposedGrants />
      <Worksheet
        id="accounts"
        label={t('place.accounts')}
        columns={columns}
        filters={[{ key: 'search', label: t('accounts.search'), width: 240 }]}
        {...sheet}
        rowKey={(r) => r.id}
        rowName={(r) => r.name}
        to={(r) => `/accounts/of/${encodeURIComponent(r.username)}`}
        empty={<Empty title={t('accounts.empty')} hint={t('accounts.emptyHint')} actions={create} />}
      />
    </Page>
  );
}
