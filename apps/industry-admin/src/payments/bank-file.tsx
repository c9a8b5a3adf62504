import { linkTo } from '@bangfu/contracts/core/client';
import type { AnswerOf } from '@bangfu/contracts/core/operation';
import {
  cancelPaymentBatch,
  decideBatchCancel,
  downloadBankFile,
  type getPaymentBatch,
} from '@bangfu/contracts/industry/payments';
import { BANK_FILE_FORMATS, type BankFileFormat } from '@bangfu/domain/industry/batch';
import { useCommand } from '@bangfu/ui/lib/data';
import { formatMoment } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { useRefused } from '@bangfu/ui/lib/refused';
import { closedBy } from '@bangfu/ui/lib/steps';
import { ReasonedButton } from '@bangfu/ui/reasoned-button';
import { Alert, Space } from 'antd';
import { useState } from 'react';
import { ReasonDialog } from '../reason-dialog.tsx';
import type { TextKey } from '../texts.zh-CN.ts';

type OpenBatch = AnswerOf<typeof getPaymentBatch>;

/** The file for the bank, made once and handed out unchanged, and the way back for a wrong batch. */
export function BankFile({ batch, onChange }: { readonly batch: OpenBatch; readonly onChange: () => void }) {
  const t = useText<TextKey>();
  const [asking, setAsking] = useState(false);
  const { file } = batch;
  const closed = closedBy(batch.steps, 'fetch');
  const download = (format: BankFileFormat) => {
    window.location.assign(linkTo(downloadBankFile, { params: { batchId: batch.id }, query: { format } }));
    onChange();
  };
  const other = (format: BankFileFormat) =>
    file && file.format !== format ? t('batch.otherFormat', { format: file.format }) : null;
  return (
    <>
      <p>{t('batch.bankHint')}</p>
      {file && (
        <p>
          {t('batch.file', {
            moment: formatMoment(file.madeAt),
            count: file.fetches,
            by: file.fetchedBy,
            last: formatMoment(file.fetchedAt),
          })}{' '}
          <code>{file.sha256}</code>
        </p>
      )}
      <Space wrap>
        {BANK_FILE_FORMATS.map((format) => (
          <ReasonedButton key={format} reason={closed ?? other(format)} onClick={() => download(format)}>
            {t(format === 'xlsx' ? 'batch.bankXlsx' : 'batch.bankCsv')}
          </ReasonedButton>
        ))}
        <ReasonedButton danger reason={closedBy(batch.steps, 'cancel')} onClick={() => setAsking(true)}>
          {t('batch.cancel')}
        </ReasonedButton>
      </Space>
      {batch.cancel && <Cancelling batch={batch} />}
      {asking && <Ask batch={batch} onEnd={() => setAsking(false)} />}
    </>
  );
}

/** That a batch is to be cancelled, with its decision, or was. */
function Cancelling({ batch }: { readonly batch: OpenBatch }) {
  const t = useText<TextKey>();
  const refused = useRefused();
  const decide = useCommand(decideBatchCancel);
  const act = (approved: boolean) => decide.mutate({ params: { batchId: batch.id }, body: { approved } }, refused);
  const { cancel } = batch;
  if (!cancel) return null;
  const by = { by: cancel.askedBy, moment: formatMoment(cancel.askedAt), reason: cancel.reason };
  const buttons = (
    <Space>
      <ReasonedButton size="small" danger reason={closedBy(batch.steps, 'approve-cancel')} onClick={() => act(true)}>
        {t('batch.cancelApprove')}
      </ReasonedButton>
      <ReasonedButton size="small" reason={closedBy(batch.steps, 'refuse-cancel')} onClick={() => act(false)}>
        {t('batch.cancelRefuse')}
      </ReasonedButton>
    </Space>
  );
  return (
    <Alert
      type="warning"
      showIcon
      title={t(cancel.state === 'asked' ? 'batch.cancelAsked' : 'batch.cancelled', by)}
      action={cancel.state === 'asked' && buttons}
    />
  );
}

/** Asks why a batch is cancelled; after its file was fetched also how the bank was told. */
function Ask({ batch, onEnd }: { readonly batch: OpenBatch; readonly onEnd: () => void }) {
  const t = useText<TextKey>();
  const refused = useRefused();
  const cancel = useCommand(cancelPaymentBatch, { onDone: onEnd });
  return (
    <ReasonDialog
      title={t('batch.cancelOf', { number: batch.number })}
      hint={t(batch.file ? 'batch.cancelTold' : 'batch.cancelHint')}
      act={t('batch.cancel')}
      isPending={cancel.isPending}
      onSend={(body) => cancel.mutate({ params: { batchId: batch.id }, body }, refused)}
      onEnd={onEnd}
    />
  );
}
