import {
  confirmReceived,
  createPaymentBatch,
  decideCorrection,
  downloadBankFile,
  getPaymentBatch,
  listCorrections,
  listPaymentBatches,
  proposeCorrection,
  uploadBankReceipt,
} from '@bangfu/contracts/industry/payments';
import { pgSql } from '@bangfu/events/sql';
import { readsOf } from '@bangfu/service-kit/db/reads';
import { route } from '@bangfu/service-kit/http/route';
import { Router } from 'express';
import type { Industry } from '../../db/client.ts';
import { getDeclaration } from '../declarations/declaration.repository.ts';
import { sendBankFile } from './bank-file/bank-file.ts';
import { bringReceipt } from './bank-receipt/bank-receipt.ts';
import { takeConfirmation } from './confirm-received/confirm-received.ts';
import { findCorrections } from './corrections/correction.repository.ts';
import { decide } from './corrections/decide-correction.ts';
import { propose } from './corrections/propose-correction.ts';
import { makeBatch } from './create-batch/create-batch.ts';
import { findBatches, readBatch } from './list-batches/list-batches.query.ts';

/** Payment of a declaration: batches, bank file and receipt, the household's word, corrections. */
export function paymentRoutes(service: Industry): Router {
  const router = Router();
  route(router, service, createPaymentBatch, (call) =>
    makeBatch(service, call, call.params.declarationId, call.body.version),
  );
  route(router, service, listPaymentBatches, ({ caller, query }) => findBatches(service, caller, query));
  route(router, service, getPaymentBatch, ({ caller, params }) =>
    readBatch(pgSql(readsOf(service, caller)), caller, params.batchId),
  );
  route(router, service, downloadBankFile, async (call) => {
    await sendBankFile(service, call, call.params.batchId, call.query.format, call.response);
    return undefined;
  });
  route(router, service, uploadBankReceipt, (call) =>
    bringReceipt(service, call, call.params.batchId, { name: call.query.name, paidOn: call.query.paidOn }, call.upload),
  );
  route(router, service, confirmReceived, (call) =>
    takeConfirmation(service, call, call.params.lineId, call.body.receivedFen),
  );
  route(router, service, listCorrections, async ({ caller, params }) => {
    const sql = pgSql(readsOf(service, caller));
    await getDeclaration(sql, caller, params.declarationId);
    return { rows: await findCorrections(sql, 'c.declaration_id = $1::uuid', [params.declarationId]) };
  });
  route(router, service, proposeCorrection, (call) => propose(service, call, call.params.lineId, call.body));
  route(router, service, decideCorrection, (call) =>
    decide(service, call, call.params.correctionId, call.body.approved),
  );
  return router;
}
