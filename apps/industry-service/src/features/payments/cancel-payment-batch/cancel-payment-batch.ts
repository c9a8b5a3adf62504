import * as contract from '@bangfu/contracts/industry/payments';
import { cancelBatch } from '@bangfu/domain/industry/batch';
import { command } from '../../../operations.ts';
import { holdBatch, openLines } from '../batch-cancel.ts';
import { getBatch, lockBatch } from '../batch.repository.ts';

/**
 * Cancels a batch that the bank has not answered: its lines are to be paid again. One whose file was fetched is asked to
 * be cancelled, with words of how the bank was told, and another person decides.
 * @throws Refusal 404; DomainError BATCH_CANCELLED, BATCH_ANSWERED, BATCH_CANCEL_ASKED
 */
export const cancelPaymentBatch = command(contract.cancelPaymentBatch, async (call) => {
  const { tx, caller, now } = call;
  const { batchId } = call.params;
  const { reason } = call.body;
  const declaration = await holdBatch(call, batchId);
  const state = cancelBatch(await lockBatch(tx.sql, batchId));
  await tx.sql
    .updateTable('payment_batch')
    .set({
      cancel_state: state,
      cancel_reason: reason,
      cancel_asked_by_id: caller.id,
      cancel_asked_by: caller.name,
      cancel_asked_at: now,
      cancel_decided_by: null,
      cancel_decided_at: null,
    })
    .where('id', '=', batchId)
    .execute();
  if (state === 'cancelled') await openLines(call, declaration, batchId);
  call.audit.change('payment-batch', batchId, null, { cancelState: state, reason });
  return getBatch(tx.sql, caller, batchId);
});
