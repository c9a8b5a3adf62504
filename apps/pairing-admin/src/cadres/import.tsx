import { CadreImportReport, importCadres } from '@bangfu/contracts/pairing/cadres';
import { DropZone } from '@bangfu/ui/import-drop';
import { InnerTable } from '@bangfu/ui/inner-table';
import { useListJob } from '@bangfu/ui/lib/list-job';
import { ListProgress } from '@bangfu/ui/list-progress';
import { formatNumber } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { Page } from '@bangfu/ui/page';
import '@bangfu/ui/import-desk.css';
import { Alert, Button, Space } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { TextKey } from '../texts.zh-CN.ts';

const TYPES = ['.xlsx', '.csv', '.xls', '.et', '.ods'];
const LARGEST = 20 * 1024 * 1024;

/** The list of units and cadres: dropped, tried, its problems by row, then taken over with the button that says how many. */
export function Component() {
  const t = useText<TextKey>();
  const navigate = useNavigate();
  const [file, setFile] = useState<File | null>(null);
  const list = useListJob(importCadres, CadreImportReport);
  const again = () => {
    setFile(null);
    list.reset();
  };
  const send = (chosen: File, commit: 'true' | 'false') => {
    setFile(chosen);
    list.send({ query: { name: chosen.name, commit }, body: chosen });
  };
  const body = () => {
    if (list.isPending || list.error) return <ListProgress list={list} onRetry={again} />;
    if (!list.outcome || !file)
      return (
        <>
          <p className="bf-import__hint">{t('import.columns')}</p>
          <DropZone types={TYPES} maxBytes={LARGEST} onFile={(chosen) => send(chosen, 'false')} checksFirst />
        </>
      );
    return (
      <Report
        report={list.outcome}
        onCommit={() => send(file, 'true')}
        onAnother={again}
        onList={() => navigate('/cadres')}
      />
    );
  };
  return (
    <Page title={t('import.title')} subtitle={t('import.subtitle')} help={t('cadres.help')}>
      <div className="bf-import bf-surface">{body()}</div>
    </Page>
  );
}

interface ReportProps {
  readonly report: CadreImportReport;
  readonly onCommit: () => void;
  readonly onAnother: () => void;
  readonly onList: () => void;
}

function Report({ report, onCommit, onAnother, onList }: ReportProps) {
  const t = useText<TextKey>();
  const { units, cadres, problems, problemCount } = report;
  const written = cadres.create + cadres.change + units.create + units.change;
  const summary = [
    t('import.rows', { rows: formatNumber(report.rows) }),
    t('import.units', units),
    t('import.cadres', cadres),
    ...(problems.length < problemCount ? [t('import.problemsShown', { count: formatNumber(problems.length) })] : []),
    ...(report.columns.unknown.length > 0 ? [t('import.unknown', { columns: report.columns.unknown.join('、') })] : []),
  ];
  const title = () => {
    if (problemCount > 0) return t('import.problems', { count: formatNumber(problemCount) });
    if (report.committed) return t('import.done');
    return written === 0 ? t('import.nothing') : report.fileName;
  };
  return (
    <Space orientation="vertical" size="middle" style={{ width: '100%' }}>
      <Alert
        type={problemCount > 0 ? 'error' : report.committed ? 'success' : 'info'}
        showIcon
        title={title()}
        description={summary.map((line) => <div key={line}>{line}</div>)}
      />
      <Space wrap>
        {problemCount === 0 && !report.committed && written > 0 && (
          <Button type="primary" onClick={onCommit}>
            {t('import.commit', { count: formatNumber(cadres.create + cadres.change) })}
          </Button>
        )}
        {report.committed && (
          <Button type="primary" onClick={onList}>
            {t('import.toList')}
          </Button>
        )}
        <Button onClick={onAnother}>{t('import.another')}</Button>
      </Space>
      {problems.length > 0 && (
        <InnerTable
          rowKey={(problem) => `${problem.sheet} ${problem.row} ${problem.column} ${problem.code} ${problem.value}`}
          dataSource={[...problems]}
          pagination={{ pageSize: 50, showSizeChanger: false, hideOnSinglePage: true }}
          columns={[
            { title: t('import.row'), render: (_, problem) => `${problem.sheet} ${problem.row}` },
            { title: t('import.column'), render: (_, problem) => problem.column },
            { title: t('import.value'), render: (_, problem) => problem.value },
            { title: t('import.problem'), render: (_, problem) => problem.message },
          ]}
        />
      )}
    </Space>
  );
}
