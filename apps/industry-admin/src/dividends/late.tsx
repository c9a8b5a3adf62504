import { type LateDividend, listLateDividends } from '@bangfu/contracts/industry/dividends';
import { sheetData, useOperation } from '@bangfu/ui/lib/data';
import { formatNumber } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { useSheetAddress } from '@bangfu/ui/lib/worksheet-address';
import { Page } from '@bangfu/ui/page';
import { Empty } from '@bangfu/ui/states';
import { type SheetColumn, Worksheet } from '@bangfu/ui/worksheet';
import { useNavigate } from 'react-router';
import type { TextKey } from '../texts.zh-CN.ts';

const FILTER_KEYS: readonly string[] = [];

/** Years of contracts that are declared or paid too late, the longest first. */
export function Component() {
  const t = useText<TextKey>();
  const navigate = useNavigate();
  const navigation = useSheetAddress(FILTER_KEYS);
  const { size, after } = navigation.address;
  const list = useOperation(listLateDividends, { query: { limit: size, cursor: after ?? undefined } });
  const columns: SheetColumn<LateDividend>[] = [
    { key: 'entity', title: t('contract.entity'), render: (r) => r.entityName, width: 220, pinned: true },
    { key: 'contract', title: t('contract.number'), render: (r) => r.contractNumber, width: 140 },
    { key: 'year', title: t('year'), render: (r) => r.year, width: 64, numeric: true },
    { key: 'what', title: t('late.what'), render: (r) => r.message, width: 220 },
    { key: 'due', title: t('late.dueOn'), render: (r) => r.dueOn, width: 120 },
    { key: 'days', title: t('late.days'), render: (r) => formatNumber(r.days), width: 90, numeric: true },
  ];
  return (
    <Page title={t('place.late')} subtitle={t('late.subtitle')} help={t('late.help')}>
      <Worksheet
        id="late-dividends"
        label={t('place.late')}
        columns={columns}
        filters={[]}
        data={sheetData<LateDividend>(list)}
        navigation={navigation}
        rowKey={(r) => `${r.contractId}-${r.year}`}
        rowName={(r) => `${r.entityName} ${r.year}`}
        onOpen={(r) => navigate(r.declarationId ? `/declarations/${r.declarationId}` : `/contracts/${r.contractId}`)}
        empty={<Empty title={t('late.empty')} hint={t('late.emptyHint')} />}
      />
    </Page>
  );
}
