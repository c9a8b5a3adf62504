import { listImportProblems } from '@bangfu/contracts/identification/imports';
import { ImportSampleRow } from '@bangfu/ui/import-problems';
import { problemOf, useOperation } from '@bangfu/ui/lib/data';
import { formatNumber } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { ProblemPanel } from '@bangfu/ui/problem';
import { Loading } from '@bangfu/ui/states';
import { Button } from 'antd';
import { useState } from 'react';
import type { TextKey } from '../texts.zh-CN.ts';

const PAGE = 5;

interface Asked {
  readonly importId: string;
  readonly code: string;
  /** '' for the rows whose village could not be read. */
  readonly village: string;
}

/** The rows of one problem in one village, a page at a time. */
export function ProblemRows(asked: Asked) {
  const [cursors, setCursors] = useState<readonly string[]>(['']);
  return cursors.map((cursor, index) => (
    <RowsPage
      key={cursor}
      {...asked}
      cursor={cursor}
      before={index * PAGE}
      {...(index === cursors.length - 1 && { onMore: (next: string) => setCursors([...cursors, next]) })}
    />
  ));
}

interface PageProps extends Asked {
  readonly cursor: string;
  /** How many rows stand before this page. */
  readonly before: number;
  readonly onMore?: (next: string) => void;
}

function RowsPage({ importId, code, village, cursor, before, onMore }: PageProps) {
  const t = useText<TextKey>();
  const query = { code, village, limit: PAGE, ...(cursor && { cursor }) };
  const list = useOperation(listImportProblems, { params: { importId }, query });
  if (list.isError && !list.data)
    return <ProblemPanel problem={problemOf(list.error)} onRetry={() => void list.refetch()} />;
  if (!list.data) return <Loading />;
  const { rows, total, next } = list.data;
  return (
    <>
      {rows.map(({ sheet, row, column, value, message }) => (
        <ImportSampleRow
          key={`${sheet} ${row} ${column}`}
          sample={{
            sheet,
            row,
            message,
            cells: [{ column: '', title: column, value: value || t('imports.emptyCell'), wrong: true }],
          }}
        />
      ))}
      {next && onMore && (
        <Button size="small" onClick={() => onMore(next)}>
          {t('imports.moreRows', { rest: formatNumber(total - before - rows.length) })}
        </Button>
      )}
    </>
  );
}
