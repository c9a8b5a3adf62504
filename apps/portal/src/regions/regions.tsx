import { DownOutlined, ImportOutlined, RightOutlined } from '@ant-design/icons';
import { importRegions, listRegions } from '@bangfu/contracts/identification/regions';
import { useMay } from '@bangfu/ui/lib/may';
import { PHONE, useMedia } from '@bangfu/ui/lib/appearance';
import { problemOf, useOperation } from '@bangfu/ui/lib/data';
import { formatNumber } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { Page } from '@bangfu/ui/page';
import { ProblemPanel } from '@bangfu/ui/problem';
import { Empty, Loading } from '@bangfu/ui/states';
import { Button, Input, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import type { RegionRow } from '../accounts/region-names.ts';
import type { TextKey } from '../texts.zh-CN.ts';
import { ImportRegions } from './import-regions.tsx';
import { narrowed, type RegionNode, regionTree } from './tree.ts';
import './regions.css';

/** The tree of regions with the households of each; the county office imports its table here. */
export function Component() {
  const t = useText<TextKey>();
  const [importing, setImporting] = useState(false);
  const regions = useOperation(listRegions);
  const mayImport = useMay(importRegions);
  const begin = mayImport && !importing && (
    <Button icon={<ImportOutlined />} onClick={() => setImporting(true)}>
      {t('regions.import')}
    </Button>
  );
  const rows = regions.data?.rows;
  return (
    <Page title={t('place.regions')} subtitle={t('regions.subtitle')} help={t('regions.help')} actions={begin}>
      {importing && <ImportRegions onEnd={() => setImporting(false)} />}
      <div className="bf-surface">
        {!rows && regions.isError && (
          <ProblemPanel problem={problemOf(regions.error)} onRetry={() => void regions.refetch()} />
        )}
        {!rows && !regions.isError && <Loading />}
        {rows?.length === 0 && (
          <Empty
            title={t('regions.empty')}
            hint={t(mayImport ? 'regions.emptyHint' : 'regions.emptyScope')}
            actions={begin}
          />
        )}
        {rows && rows.length > 0 && <RegionTable rows={rows} />}
      </div>
    </Page>
  );
}

function RegionTable({ rows }: { readonly rows: readonly RegionRow[] }) {
  const t = useText<TextKey>();
  const phone = useMedia(PHONE);
  const [params, setParams] = useSearchParams();
  const text = params.get('q') ?? '';
  const shown = narrowed(rows, text);
  const tree = regionTree(shown.rows);
  const first = tree.map((node) => node.code);
  const [opened, setOpened] = useState<readonly string[]>(first);
  const expanded = text ? shown.rows.map((row) => row.code) : opened;
  const search = (next: string) => setParams(next ? { q: next } : {}, { replace: true });
  const columns: TableColumnsType<RegionNode> = [
    {
      title: t('regions.name'),
      key: 'name',
      render: (_, node) => (
        <span className="regions__name">
          {node.name}
          {phone && <span className="regions__code">{node.code}</span>}
        </span>
      ),
    },
    ...(phone
      ? []
      : [
          {
            title: t('regions.level'),
            key: 'level',
            width: 110,
            render: (_: unknown, node: RegionNode) => t(`regions.level.${node.level}`),
          },
          { title: t('regions.code'), key: 'code', width: 170, className: 'regions__figures', dataIndex: 'code' },
        ]),
    {
      title: t('regions.households'),
      key: 'households',
      width: phone ? 96 : 140,
      align: 'right',
      className: 'bf-number',
      render: (_, node) => formatNumber(node.households),
    },
  ];
  return (
    <>
      <div className="regions__bar">
        <Input.Search
          aria-label={t('regions.search')}
          placeholder={t('regions.search')}
          defaultValue={text}
          allowClear
          onSearch={(next) => search(next.trim())}
        />
        <span role="status">
          {t(text ? 'regions.found' : 'regions.count', { count: formatNumber(text ? shown.found : rows.length) })}
        </span>
      </div>
      <Table<RegionNode>
        className="regions"
        size="middle"
        pagination={false}
        rowKey="code"
        aria-label={t('regions.table')}
        columns={columns}
        dataSource={tree}
        expandable={{
          indentSize: phone ? 14 : 22,
          expandedRowKeys: [...expanded],
          onExpandedRowsChange: (keys) => setOpened(keys.map(String)),
          expandIcon: ({ expanded: isOpen, expandable, onExpand, record }) =>
            expandable ? (
              <button
                type="button"
                className="regions__toggle"
                aria-expanded={isOpen}
                aria-label={t(isOpen ? 'regions.collapse' : 'regions.expand', { name: record.name })}
                onClick={(event) => onExpand(record, event)}
              >
                {isOpen ? <DownOutlined aria-hidden="true" /> : <RightOutlined aria-hidden="true" />}
              </button>
            ) : (
              <span className="regions__toggle" />
            ),
        }}
      />
    </>
  );
}
