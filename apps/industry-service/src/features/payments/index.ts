import * as contract from '@bangfu/contracts/industry/payments';
import { pgSql } from '@bangfu/data/sql';
import { readsOf } from '@bangfu/platform/db/reads';
import { route } from '@bangfu/platform/http/route';
import type { JobHandler } from '@bangfu/platform/jobs/job';
import { Router } from 'express';
import type { Industry } from '../../db/client.ts';
import { industryList } from '../../lists/read-list.ts';
import { getDeclaration } from '../declarations/declaration.repository.ts';
import { downloadBankFile } from './bank-file/bank-file.ts';
import { applyBankReceipt, BANK_RECEIPT, uploadBankReceipt } from './bank-receipt/bank-receipt.ts';
import { RECEIPT_COLUMNS } from './bank-receipt/receipt-rows.ts';
import { confirmReceived } from './confirm-received/confirm-received.ts';
import { decideCorrection } from './decide-correction/decide-correction.ts';
import { proposeCorrection } from './propose-correction/propose-correction.ts';
import { correctionsWithSteps, lineWithSteps } from './payment-steps.query.ts';
import { cancelPaymentBatch, decideBatchCancel } from './cancel-batch/cancel-batch.ts';
import { createPaymentBatch } from './create-batch/create-batch.ts';
import { batchWithSteps, listPaymentBatches } from './list-batches/list-batches.query.ts';

/** Payment of a declaration: batches, bank file and receipt, the household's word, corrections. */
export function paymentRoutes(service: Industry): Router {
  const router = Router();
  route(router, service, contract.createPaymentBatch, (call) =>
    createPaymentBatch(service, call, call.params.declarationId, call.body.version),
  );
  route(router, service, contract.listPaymentBatches, ({ caller, query }) =>
    listPaymentBatches(service, caller, query),
  );
  route(router, service, contract.getPaymentBatch, (call) =>
    batchWithSteps(pgSql(readsOf(service, call.caller)), call.params.batchId, call),
  );
  route(router, service, contract.cancelPaymentBatch, (call) =>
    cancelPaymentBatch(service, call, call.params.batchId, call.body.reason),
  );
  route(router, service, contract.decideBatchCancel, (call) =>
    decideBatchCancel(service, call, call.params.batchId, call.body.approved),
  );
  route(router, service, contract.downloadBankFile, async (call) => {
    await downloadBankFile(service, call, call.params.batchId, call.query.format, call.response);
    return undefined;
  });
  route(router, service, contract.uploadBankReceipt, (call) =>
    uploadBankReceipt(
      service,
      call,
      call.params.batchId,
      { name: call.query.name, paidOn: call.query.paidOn },
      call.upload,
    ),
  );
  route(router, service, contract.getDividendLine, ({ caller, params, now, language }) =>
    lineWithSteps(pgSql(readsOf(service, caller)), params.lineId, { caller, now, language }),
  );
  route(router, service, contract.confirmReceived, (call) =>
    confirmReceived(service, call, call.params.lineId, call.body),
  );
  route(router, service, contract.listCorrections, async ({ caller, params, now, language }) => {
    const sql = pgSql(readsOf(service, caller));
    const declaration = await getDeclaration(sql, caller, params.declarationId);
    return { rows: await correctionsWithSteps(sql, declaration, { caller, now, language }) };
  });
  route(router, service, contract.proposeCorrection, (call) =>
    proposeCorrection(service, call, call.params.lineId, call.body),
  );
  route(router, service, contract.decideCorrection, (call) =>
    decideCorrection(service, call, call.params.correctionId, call.body.approved),
  );
  return router;
}

export const paymentJobs = (service: Industry): Record<string, JobHandler> => ({
  [BANK_RECEIPT]: industryList(service, RECEIPT_COLUMNS, applyBankReceipt),
});
