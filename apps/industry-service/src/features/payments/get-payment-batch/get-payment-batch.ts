import * as contract from '@bangfu/contracts/industry/payments';
import { BATCH_STEPS, batchRefusal, type BatchStep } from '@bangfu/domain/industry/batch';
import { query } from '../../../operations.ts';
import { callerRefusal, type StepCommand, toStep } from '../../../steps.ts';
import { findBatch, getBatch } from '../batch.repository.ts';

const COMMANDS: Readonly<Record<BatchStep, StepCommand>> = {
  fetch: { op: contract.downloadBankFile, reach: 'sees' },
  cancel: { op: contract.cancelPaymentBatch, reach: 'acts' },
  'approve-cancel': { op: contract.decideBatchCancel, reach: 'acts' },
  'refuse-cancel': { op: contract.decideBatchCancel, reach: 'acts' },
};

/** One batch with what the caller can do with it now. @throws Refusal 404 */
export const getPaymentBatch = query(contract.getPaymentBatch, async (call) => {
  const { read, caller, language } = call;
  const { batchId } = call.params;
  const shown = await getBatch(read, caller, batchId);
  const batch = await findBatch(read, batchId);
  const steps = [];
  for (const step of BATCH_STEPS) {
    const refusal =
      (await callerRefusal(read, call, COMMANDS[step], batch.entityId)) ?? batchRefusal(step, batch, caller.id);
    steps.push(toStep(step, refusal, language));
  }
  return { ...shown, steps };
});
