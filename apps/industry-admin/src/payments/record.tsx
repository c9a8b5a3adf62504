import { BankReceiptOutcome, getPaymentBatch, uploadBankReceipt } from '@bangfu/contracts/industry/payments';
import { LinkButton } from '@bangfu/ui/link-button';
import { ListWarnings } from '@bangfu/ui/list-warnings';
import { DropZone } from '@bangfu/ui/import-drop';
import { useListJob } from '@bangfu/ui/lib/list-job';
import { ListProgress } from '@bangfu/ui/list-progress';
import { problemOf, useOperation } from '@bangfu/ui/lib/data';
import { formatMoney, formatNumber } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { useMayNot } from '@bangfu/ui/lib/may';
import { ProblemPanel } from '@bangfu/ui/problem';
import { Facts, RecordHeader, RecordSection } from '@bangfu/ui/record';
import { Loading } from '@bangfu/ui/states';
import { Alert } from 'antd';
import { useParams } from 'react-router';
import { BankFile } from './bank-file.tsx';
import { ListProblems } from '../list-problems.tsx';
import type { TextKey } from '../texts.zh-CN.ts';

const LARGEST = 40 * 1024 * 1024;

/** One payment batch: the file for the bank, the bank's receipt. */
export function Component() {
  const t = useText<TextKey>();
  const mayNot = useMayNot();
  const { batchId = '' } = useParams();
  const params = { batchId };
  const found = useOperation(getPaymentBatch, { params });
  if (found.isError && !found.data)
    return <ProblemPanel problem={problemOf(found.error)} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Loading />;
  const batch = found.data;
  return (
    <>
      <RecordHeader
        name={batch.entityName}
        number={batch.number}
        place={String(batch.year)}
        actions={<LinkButton to={`/declarations/${batch.declarationId}`}>{t('batch.declaration')}</LinkButton>}
      />
      <RecordSection id="figures" title={t('place.payments')}>
        <Facts
          facts={[
            { label: t('batch.lines'), value: formatNumber(batch.lines) },
            { label: t('amount'), value: formatMoney(batch.totalFen) },
            { label: t('batch.paid'), value: formatNumber(batch.paidLines) },
            { label: t('batch.returned'), value: formatNumber(batch.returnedLines) },
            { label: t('batch.rejected'), value: formatNumber(batch.rejectedLines) },
            { label: t('batch.waiting'), value: formatNumber(batch.waitingLines) },
          ]}
        />
        <BankFile batch={batch} onChange={() => void found.refetch()} />
      </RecordSection>
      {!mayNot(uploadBankReceipt) && <Receipt batchId={batch.id} />}
    </>
  );
}

function Receipt({ batchId }: { readonly batchId: string }) {
  const t = useText<TextKey>();
  const list = useListJob(uploadBankReceipt, BankReceiptOutcome);
  const { outcome } = list;
  return (
    <RecordSection id="receipt" title={t('batch.receipt')}>
      <p>{t('batch.receiptHint')}</p>
      <DropZone
        types={['.xlsx', '.csv', '.xls', '.et', '.ods']}
        maxBytes={LARGEST}
        onFile={(file) => list.send({ params: { batchId }, query: { name: file.name }, body: file })}
      />
      <ListProgress list={list} />
      {outcome?.taken && (
        <Alert
          type="success"
          showIcon
          title={t('batch.outcome', {
            paid: outcome.paid,
            rejected: outcome.rejected,
            returned: outcome.returned,
            unchanged: outcome.unchanged,
          })}
        />
      )}
      {outcome?.reopened && <Alert type="warning" showIcon title={t('batch.reopened')} />}
      {outcome && !outcome.taken && (
        <>
          <Alert type="error" showIcon title={t('batch.notTaken')} />
          <ListProblems problems={outcome.problems} />
        </>
      )}
      {outcome && <ListWarnings warnings={outcome.warnings} />}
    </RecordSection>
  );
}
