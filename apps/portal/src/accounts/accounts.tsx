import { UserAddOutlined } from '@ant-design/icons';
import type { AnswerOf } from '@bangfu/contracts/core/operation';
import { listAccounts } from '@bangfu/contracts/gateway/accounts';
import { sheetData, useOperation } from '@bangfu/ui/lib/data';
import { formatMoment } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { useSheetAddress } from '@bangfu/ui/lib/worksheet-address';
import { Page } from '@bangfu/ui/page';
import { Empty } from '@bangfu/ui/states';
import { type SheetColumn, Worksheet } from '@bangfu/ui/worksheet';
import { Button } from 'antd';
import { useNavigate } from 'react-router';
import type { TextKey } from '../texts.zh-CN.ts';
import { useGrantWords } from './grant-words.ts';
import './accounts.css';

type AccountRow = AnswerOf<typeof listAccounts>['rows'][number];

const FILTER_KEYS = ['search'] as const;

/** Who can use the platform, with which grants. */
export function Component() {
  const t = useText<TextKey>();
  const words = useGrantWords();
  const navigate = useNavigate();
  const navigation = useSheetAddress(FILTER_KEYS);
  const { filters, size, after } = navigation.address;
  const search = filters['search'];
  const list = useOperation(listAccounts, {
    query: { limit: size, ...(search && { search }), ...(after && { cursor: after }) },
  });
  const create = (
    <Button type="primary" icon={<UserAddOutlined />} onClick={() => navigate('/accounts/new')}>
      {t('accounts.new')}
    </Button>
  );
  const columns: SheetColumn<AccountRow>[] = [
    { key: 'name', title: t('accounts.name'), render: (r) => r.name, width: 140, pinned: true },
    { key: 'username', title: t('accounts.username'), render: (r) => r.username, width: 160 },
    {
      key: 'grants',
      title: t('accounts.grants'),
      width: 420,
      render: (r) =>
        r.grants.length === 0 ? (
          <span className="grants__none">{t('accounts.noGrants')}</span>
        ) : (
          <span className="grants">
            {r.grants.map((grant) => (
              <span key={grant.id} className="grants__one">
                {words.role(grant)} · {words.scope(grant.scope)}
                {grant.until !== undefined && ` · ${words.time(grant)}`}
              </span>
            ))}
          </span>
        ),
    },
    {
      key: 'lastSignIn',
      title: t('accounts.lastSignIn'),
      render: (r) => (r.lastSignInAt ? formatMoment(r.lastSignInAt) : t('accounts.never')),
      width: 160,
    },
    {
      key: 'state',
      title: t('accounts.state'),
      render: (r) => t(r.disabled ? 'accounts.disabled' : 'accounts.active'),
      width: 110,
    },
    {
      key: 'created',
      title: t('accounts.created'),
      render: (r) => formatMoment(r.createdAt),
      width: 160,
      optional: true,
    },
  ];
  return (
    <Page title={t('place.accounts')} subtitle={t('accounts.subtitle')} help={t('accounts.help')} actions={create}>
      <Worksheet
        id="accounts"
        label={t('place.accounts')}
        columns={columns}
        filters={[{ key: 'search', label: t('accounts.search'), width: 240 }]}
        data={sheetData<AccountRow>(list)}
        navigation={navigation}
        rowKey={(r) => r.id}
        rowName={(r) => r.name}
        onOpen={(r) => navigate(`/accounts/of/${encodeURIComponent(r.username)}`)}
        empty={<Empty title={t('accounts.empty')} hint={t('accounts.emptyHint')} actions={create} />}
      />
    </Page>
  );
}
