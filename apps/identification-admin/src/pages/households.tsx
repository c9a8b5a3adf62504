import { ImportOutlined } from '@ant-design/icons';
import { formatMoney, formatNumber } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { useSheetAddress } from '@bangfu/ui/lib/worksheet-address';
import { Page } from '@bangfu/ui/page';
import { Empty } from '@bangfu/ui/states';
import { type HouseholdStatus, StatusMark } from '@bangfu/ui/status-mark';
import { type SheetColumn, Worksheet } from '@bangfu/ui/worksheet';
import { Button } from 'antd';
import { useNavigate } from 'react-router';
import type { TextKey } from '../texts.zh-CN.ts';

interface HouseholdRow {
  readonly id: string;
  readonly number: string;
  readonly head: string;
  readonly status: HouseholdStatus;
  readonly village: string;
  readonly members: number;
  readonly incomeFen: number | null;
}

const FILTER_KEYS = ['q'] as const;

/** All households within the person's scope, as a worksheet. */
export function Component() {
  const t = useText<TextKey>();
  const navigate = useNavigate();
  const navigation = useSheetAddress(FILTER_KEYS);
  const toImport = () => navigate('/imports');
  const columns: SheetColumn<HouseholdRow>[] = [
    { key: 'head', title: t('households.head'), render: (r) => r.head, width: 120, pinned: true },
    { key: 'status', title: t('households.status'), render: (r) => <StatusMark status={r.status} />, width: 120 },
    { key: 'number', title: t('households.number'), render: (r) => r.number, width: 180, sortable: true },
    { key: 'village', title: t('households.village'), render: (r) => r.village, width: 200 },
    {
      key: 'members',
      title: t('households.members'),
      render: (r) => formatNumber(r.members),
      width: 80,
      numeric: true,
      sortable: true,
    },
    {
      key: 'income',
      title: t('households.income'),
      render: (r) => (r.incomeFen === null ? '—' : formatMoney(r.incomeFen)),
      width: 160,
      numeric: true,
      sortable: true,
    },
  ];
  return (
    <Page
      title={t('place.households')}
      subtitle={t('households.subtitle')}
      help={t('households.help')}
      actions={
        <Button icon={<ImportOutlined />} onClick={toImport}>
          {t('households.import')}
        </Button>
      }
    >
      <Worksheet
        id="households"
        label={t('place.households')}
        columns={columns}
        filters={[{ key: 'q', label: t('households.query'), width: 260 }]}
        data={{ state: 'ready', rows: [], total: 0, next: null }}
        navigation={navigation}
        rowKey={(r) => r.id}
        rowName={(r) => r.head}
        onOpen={(r) => navigate(`/households/${r.id}`)}
        empty={
          <Empty
            title={t('households.empty')}
            hint={t('households.emptyHint')}
            actions={
              <Button type="primary" onClick={toImport}>
                {t('households.import')}
              </Button>
            }
          />
        }
      />
    </Page>
  );
}
