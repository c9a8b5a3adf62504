import * as contract from '@bangfu/contracts/industry/payments';
import { decideCancel } from '@bangfu/domain/industry/batch';
import { command } from '../../../operations.ts';
import { holdBatch, openLines } from '../batch-cancel.ts';
import { getBatch, lockBatch } from '../batch.repository.ts';

/**
 * Decides that a batch is cancelled; not by who asked for it.
 * @throws Refusal 404; DomainError BATCH_CANCELLED, BATCH_CANCEL_NONE, BATCH_CANCEL_SAME_PERSON, BATCH_ANSWERED
 */
export const decideBatchCancel = command(contract.decideBatchCancel, async (call) => {
  const { tx, caller, now } = call;
  const { batchId } = call.params;
  const { approved } = call.body;
  const declaration = await holdBatch(call, batchId);
  const state = decideCancel(await lockBatch(tx.sql, batchId), caller.id, approved);
  await tx.sql
    .updateTable('payment_batch')
    .set({ cancel_state: state, cancel_decided_by: caller.name, cancel_decided_at: now })
    .where('id', '=', batchId)
    .execute();
  if (state === 'cancelled') await openLines(call, declaration, batchId);
  call.audit.change('payment-batch', batchId, null, { approved, cancelState: state });
  return getBatch(tx.sql, caller, batchId);
});
