import type { Evaluation } from '@bangfu/contracts/evaluation/evaluations';
import { listReturnFiles, listReturnProblems, ReturnFile, uploadReturns } from '@bangfu/contracts/evaluation/returns';
import { DropZone } from '@bangfu/ui/import-drop';
import { InnerTable } from '@bangfu/ui/inner-table';
import { problemOf, useOperation } from '@bangfu/ui/lib/data';
import { useListJob } from '@bangfu/ui/lib/list-job';
import { ListProgress } from '@bangfu/ui/list-progress';
import { formatMoment, formatNumber } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { LinkButton } from '@bangfu/ui/link-button';
import { ProblemPanel } from '@bangfu/ui/problem';
import { RecordSection } from '@bangfu/ui/record';
import { Empty, Loading } from '@bangfu/ui/states';
import { Alert, Button, Flex } from 'antd';
import { useEffect, useState } from 'react';
import type { TextKey } from '../texts.zh-CN.ts';
import { Hash } from './frame-section.tsx';
import { useReturnsNotMine, useSampleClosed } from './own-steps.ts';

const SIGNED = ['.zip'];
/** What an evaluation that an earlier release drew, without a key, takes. */
const UNSIGNED = ['.xlsx', '.csv'];
const LARGEST = 20 * 1024 * 1024;

/** The sealed files of returns: brought in by the office, listed with their hashes, their problems by row. */
export function ReturnsSection({
  evaluation,
  isOffice,
}: {
  readonly evaluation: Evaluation;
  readonly isOffice: boolean;
}) {
  const t = useText<TextKey>();
  const params = { evaluationId: evaluation.id };
  const [open, setOpen] = useState<ReturnFile | null>(null);
  const files = useOperation(
    listReturnFiles,
    { params, query: { limit: 100 } },
    { enabled: evaluation.sample !== null },
  );
  const canReceive = isOffice && evaluation.sample !== null;
  const body = () => {
    if (files.isError && !files.data)
      return <ProblemPanel problem={problemOf(files.error)} onRetry={() => void files.refetch()} />;
    if (evaluation.sample && !files.data) return <Loading rows={3} />;
    if (!files.data || files.data.total === 0)
      return <Empty title={t('returns.none')} hint={t('returns.help')} small />;
    return <ReturnFiles rows={files.data.rows} onProblems={setOpen} />;
  };
  return (
    <RecordSection
      id="returns"
      title={t('returns.title')}
      actions={evaluation.returns.files > 0 && <OpenDiscrepancies evaluation={evaluation} />}
    >
      <Flex vertical gap="middle">
        {canReceive && <Receive evaluation={evaluation} onReceived={setOpen} />}
        {body()}
        {open && open.problems > 0 && <Problems evaluationId={evaluation.id} file={open} />}
      </Flex>
    </RecordSection>
  );
}

function OpenDiscrepancies({ evaluation }: { readonly evaluation: Evaluation }) {
  const t = useText<TextKey>();
  const closed = useSampleClosed(evaluation);
  return (
    <LinkButton size="small" reason={closed} to={`/evaluations/${evaluation.id}/discrepancies`}>
      {t('discrepancies.open')}
    </LinkButton>
  );
}

function Receive({ evaluation, onReceived }: { evaluation: Evaluation; onReceived: (file: ReturnFile) => void }) {
  const t = useText<TextKey>();
  const evaluationId = evaluation.id;
  const notMine = useReturnsNotMine(evaluation);
  const list = useListJob(uploadReturns, ReturnFile);
  const file = list.outcome;
  useEffect(() => {
    if (file) onReceived(file);
  }, [file, onReceived]);
  if (notMine) return <Alert type="info" showIcon title={notMine} />;
  return (
    <>
      <p>{t(evaluation.signer ? 'returns.signedOnly' : 'returns.unsignedToo')}</p>
      <DropZone
        types={evaluation.signer ? SIGNED : UNSIGNED}
        maxBytes={LARGEST}
        onFile={(chosen) => list.send({ params: { evaluationId }, query: { name: chosen.name }, body: chosen })}
      />
      <ListProgress list={list} />
      {file && (
        <Alert
          type={file.refused === 0 ? 'success' : 'warning'}
          showIcon
          title={t('returns.received', { rows: file.rows, accepted: file.accepted, refused: file.refused })}
        />
      )}
    </>
  );
}

/** What a file is proved by, one below the other: side by side they left no room for the rest. */
function Hashes({ file }: { readonly file: ReturnFile }) {
  const t = useText<TextKey>();
  const { sha256, signed } = file;
  const lines: [TextKey, string][] = [
    ['returns.hash', sha256],
    ...(signed
      ? ([
          ['returns.signer', signed.fingerprint],
          ['returns.workbook', signed.sha256],
        ] satisfies [TextKey, string][])
      : []),
  ];
  return (
    <Flex vertical gap={4}>
      {lines.map(([label, text]) => (
        <div key={label}>
          {t(label)}
          <br />
          <Hash text={text} />
        </div>
      ))}
      {!signed && t('returns.unsigned')}
    </Flex>
  );
}

/** The files that were imported: name, counts, instant, who brought them, hashes and the key that signed them. */
export function ReturnFiles({
  rows,
  onProblems,
}: {
  rows: readonly ReturnFile[];
  onProblems?: (file: ReturnFile) => void;
}) {
  const t = useText<TextKey>();
  return (
    <InnerTable<ReturnFile>
      rowKey="id"
      dataSource={[...rows]}
      columns={[
        { title: t('returns.file'), dataIndex: 'fileName', width: '18%' },
        { title: t('returns.rows'), render: (_, r) => formatNumber(r.rows), align: 'right', minWidth: 56 },
        { title: t('returns.accepted'), render: (_, r) => formatNumber(r.accepted), align: 'right', minWidth: 56 },
        { title: t('returns.refused'), render: (_, r) => formatNumber(r.refused), align: 'right', minWidth: 56 },
        { title: t('returns.at'), render: (_, r) => formatMoment(r.receivedAt) },
        { title: t('returns.by'), dataIndex: 'accountName' },
        { title: t('returns.hashes'), render: (_, r) => <Hashes file={r} />, width: 520 },
        {
          title: t('returns.problems'),
          render: (_, r) =>
            r.problems > 0 &&
            onProblems && (
              <Button type="link" size="small" onClick={() => onProblems(r)}>
                {t('returns.show', { count: r.problems })}
              </Button>
            ),
        },
      ]}
    />
  );
}

function Problems({ evaluationId, file }: { readonly evaluationId: string; readonly file: ReturnFile }) {
  const t = useText<TextKey>();
  const params = { evaluationId, fileId: file.id };
  const found = useOperation(listReturnProblems, { params, query: { limit: 500 } });
  if (found.isError && !found.data)
    return <ProblemPanel problem={problemOf(found.error)} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Loading rows={3} />;
  return (
    <InnerTable
      title={() => `${t('returns.problems')}：${file.fileName}`}
      pagination={{ pageSize: 20, showSizeChanger: false, hideOnSinglePage: true }}
      rowKey={(row) => `${row.row}${row.column}${row.code}${row.value}`}
      dataSource={found.data.rows}
      columns={[
        { title: t('returns.row'), render: (_, row) => row.row || '—', align: 'right', width: 70 },
        { title: t('returns.household'), render: (_, row) => row.household ?? '—' },
        { title: t('returns.column'), dataIndex: 'column' },
        { title: t('returns.value'), render: (_, row) => row.value || '—' },
        { title: t('returns.message'), dataIndex: 'message' },
      ]}
    />
  );
}
