import { cancelPaymentBatch } from './cancel-payment-batch/cancel-payment-batch.ts';
import { confirmReceived } from './confirm-received/confirm-received.ts';
import { createPaymentBatch } from './create-payment-batch/create-payment-batch.ts';
import { decideBatchCancel } from './decide-batch-cancel/decide-batch-cancel.ts';
import { decideCorrection } from './decide-correction/decide-correction.ts';
import { downloadBankFile } from './download-bank-file/download-bank-file.ts';
import { getDividendLine } from './get-dividend-line/get-dividend-line.ts';
import { getPaymentBatch } from './get-payment-batch/get-payment-batch.ts';
import { listCorrections } from './list-corrections/list-corrections.ts';
import { listPaymentBatches } from './list-payment-batches/list-payment-batches.ts';
import { proposeCorrection } from './propose-correction/propose-correction.ts';
import { uploadBankReceipt } from './upload-bank-receipt/upload-bank-receipt.ts';

/** Payment of a declaration: batches, bank file and receipt, the household's word, corrections. */
export default [
  createPaymentBatch,
  listPaymentBatches,
  getPaymentBatch,
  cancelPaymentBatch,
  decideBatchCancel,
  downloadBankFile,
  uploadBankReceipt,
  getDividendLine,
  confirmReceived,
  listCorrections,
  proposeCorrection,
  decideCorrection,
];
