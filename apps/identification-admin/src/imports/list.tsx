import { ImportOutlined } from '@ant-design/icons';
import { listImports, type RosterImport } from '@bangfu/contracts/identification/imports';
import { formatMoment, formatNumber } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { type SheetColumns, useSheet } from '@bangfu/ui/lib/sheet';
import { LinkButton } from '@bangfu/ui/link-button';
import { Page } from '@bangfu/ui/page';
import { Empty } from '@bangfu/ui/states';
import { Worksheet } from '@bangfu/ui/worksheet';
import type { TextKey } from '../texts.zh-CN.ts';

const NO_FILTERS: readonly string[] = [];

/** Every import with what became of it; a row opens its desk. */
export function Component() {
  const t = useText<TextKey>();
  const { sheet } = useSheet(listImports, NO_FILTERS);
  const begin = (
    <LinkButton type="primary" icon={<ImportOutlined />} to="/imports/new">
      {t('households.import')}
    </LinkButton>
  );
  const count = (roster: RosterImport, key: 'create' | 'change' | 'heldBack') =>
    roster.report ? formatNumber(roster.report.households[key]) : '—';
  const columns: SheetColumns<typeof listImports> = [
    { key: 'file', title: t('imports.file'), sort: 'fileName', render: (r) => r.fileName, width: 260, pinned: true },
    {
      key: 'state',
      title: t('imports.state'),
      sort: 'state',
      render: (r) => t(`imports.state.${r.state}`),
      width: 120,
    },
    {
      key: 'create',
      title: t('imports.create'),
      sort: 'report.households.create',
      render: (r) => count(r, 'create'),
      width: 90,
      numeric: true,
    },
    {
      key: 'change',
      title: t('imports.change'),
      sort: 'report.households.change',
      render: (r) => count(r, 'change'),
      width: 90,
      numeric: true,
    },
    {
      key: 'heldBack',
      title: t('imports.heldBack'),
      sort: 'report.households.heldBack',
      render: (r) => count(r, 'heldBack'),
      width: 90,
      numeric: true,
    },
    { key: 'asOf', title: t('imports.asOf'), sort: 'asOf', render: (r) => r.asOf, width: 130 },
    { key: 'by', title: t('imports.by'), sort: 'accountName', render: (r) => r.accountName, width: 120 },
    { key: 'at', title: t('imports.at'), sort: 'createdAt', render: (r) => formatMoment(r.createdAt), width: 160 },
  ];
  return (
    <Page title={t('place.imports')} subtitle={t('imports.listSubtitle')} help={t('imports.help')} actions={begin}>
      <Worksheet
        id="imports"
        label={t('place.imports')}
        columns={columns}
        filters={[]}
        {...sheet}
        rowKey={(r) => r.id}
        rowName={(r) => r.fileName}
        to={(r) => `/imports/${r.id}`}
        empty={<Empty title={t('imports.none')} hint={t('imports.noneHint')} actions={begin} />}
      />
    </Page>
  );
}
