import { listLateDividends } from '@bangfu/contracts/industry/dividends';
import { formatNumber } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { type SheetColumns, useSheet } from '@bangfu/ui/lib/sheet';
import { Page } from '@bangfu/ui/page';
import { Empty } from '@bangfu/ui/states';
import { Worksheet } from '@bangfu/ui/worksheet';
import type { TextKey } from '../texts.zh-CN.ts';

const FILTER_KEYS: readonly string[] = [];

/** What is late about dividends at whatever step they stand, the longest first. */
export function Component() {
  const t = useText<TextKey>();
  const { sheet } = useSheet(listLateDividends, FILTER_KEYS);
  const columns: SheetColumns<typeof listLateDividends> = [
    {
      key: 'entity',
      title: t('contract.entity'),
      sort: 'entityName',
      render: (r) => r.entityName,
      width: 220,
      pinned: true,
    },
    {
      key: 'contract',
      title: t('contract.number'),
      sort: 'contractNumber',
      render: (r) => r.contractNumber,
      width: 140,
    },
    { key: 'year', title: t('year'), sort: 'year', render: (r) => r.year, width: 64, numeric: true },
    { key: 'what', title: t('late.what'), render: (r) => r.message, width: 220 },
    { key: 'due', title: t('late.dueOn'), sort: 'dueOn', render: (r) => r.dueOn, width: 120 },
    { key: 'days', title: t('late.days'), sort: 'days', render: (r) => formatNumber(r.days), width: 90, numeric: true },
  ];
  return (
    <Page title={t('place.late')} subtitle={t('late.subtitle')} help={t('late.help')}>
      <Worksheet
        id="late-dividends"
        label={t('place.late')}
        columns={columns}
        filters={[]}
        {...sheet}
        rowKey={(r) => `${r.contractId}-${r.year}-${r.dueOn}-${r.code}`}
        rowName={(r) => `${r.entityName} ${r.year}`}
        to={(r) => (r.declarationId ? `/declarations/${r.declarationId}` : `/contracts/${r.contractId}`)}
        empty={<Empty title={t('late.empty')} hint={t('late.emptyHint')} />}
      />
    </Page>
  );
}
