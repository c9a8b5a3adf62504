import { answerSamePersons, listImportProblems } from '@bangfu/contracts/identification/imports';
import { ImportSampleRow } from '@bangfu/ui/import-problems';
import { problemOf, useCommand, useOperation } from '@bangfu/ui/lib/data';
import { formatNumber } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { useRefused } from '@bangfu/ui/lib/refused';
import { ProblemPanel } from '@bangfu/ui/problem';
import { Loading } from '@bangfu/ui/states';
import { Button, Space } from 'antd';
import { Fragment, useState } from 'react';
import type { TextKey } from '../texts.zh-CN.ts';

const PAGE = 5;

interface Asked {
  readonly importId: string;
  readonly code: string;
  /** '' for the rows whose village could not be read. */
  readonly village: string;
  /** The version an answer is given to. */
  readonly version: number;
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

function RowsPage({ importId, code, village, version, cursor, before, onMore }: PageProps) {
  const t = useText<TextKey>();
  const query = { code, village, limit: PAGE, ...(cursor && { cursor }) };
  const list = useOperation(listImportProblems, { params: { importId }, query }, { staleTime: 0 });
  if (list.isError && !list.data)
    return <ProblemPanel problem={problemOf(list.error)} onRetry={() => void list.refetch()} />;
  if (!list.data) return <Loading />;
  const { rows, total, next } = list.data;
  return (
    <>
      {rows.map(({ sheet, row, column, value, message }) => (
        <Fragment key={`${sheet} ${row} ${column}`}>
          <ImportSampleRow
            sample={{
              sheet,
              row,
              message,
              cells: [{ column: '', title: column, value: value || t('imports.emptyCell'), wrong: true }],
            }}
          />
          {code === 'ID_CHANGED' && <SamePerson importId={importId} version={version} sheet={sheet} row={row} />}
        </Fragment>
      ))}
      {next && onMore && (
        <Button size="small" onClick={() => onMore(next)}>
          {t('imports.moreRows', { rest: formatNumber(total - before - rows.length) })}
        </Button>
      )}
    </>
  );
}

/** Whether a row is a known person under a corrected ID number; the answer has the file checked again. */
function SamePerson({
  importId,
  version,
  sheet,
  row,
}: Record<'importId' | 'sheet', string> & Record<'version' | 'row', number>) {
  const t = useText<TextKey>();
  const answer = useCommand(answerSamePersons);
  const refused = useRefused();
  const say = (same: boolean) =>
    answer.mutate({ params: { importId }, body: { version, answers: [{ sheet, row, same }] } }, refused);
  return (
    <Space wrap>
      <Button size="small" loading={answer.isPending} onClick={() => say(true)}>
        {t('imports.same')}
      </Button>
      <Button size="small" disabled={answer.isPending} onClick={() => say(false)}>
        {t('imports.other')}
      </Button>
      <span className="bf-import__hint">{t('imports.sameHelp')}</span>
    </Space>
  );
}
