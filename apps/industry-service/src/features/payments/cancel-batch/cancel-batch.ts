import {
  cancelPaymentBatch as operation,
  decideBatchCancel as decision,
  type PaymentBatch,
} from '@bangfu/contracts/industry/payments';
import { cancelBatch, decideCancel } from '@bangfu/domain/industry/batch';
import type { Sql } from '@bangfu/data/sql';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import type { Industry } from '../../../db/client.ts';
import { type DeclarationRow, holdDeclaration } from '../../declarations/declaration.repository.ts';
import { takeListedAccounts } from '../line-accounts.ts';
import { findBatch, getPaymentBatch } from '../list-batches/list-batches.query.ts';
import { findStandings, settleHouseholds, withHistory } from '../standing.repository.ts';

/** What the lines of a cancelled batch say of it: the bank may have paid one all the same. */
const CANCELLED = '批次已撤销';

/**
 * Cancels a batch that the bank has not answered: its lines are to be paid again. One whose file was fetched is asked to
 * be cancelled, with words of how the bank was told, and another person decides.
 * @throws Refusal 404; DomainError BATCH_CANCELLED, BATCH_ANSWERED, BATCH_CANCEL_ASKED
 */
export function cancelPaymentBatch(
  service: Industry,
  actor: Actor,
  batchId: string,
  reason: string,
): Promise<PaymentBatch> {
  const { caller, now } = actor;
  return runCommand(service.bulk, service.newId, operation, actor, { batchId, reason }, async (_tx, sql) => {
    const declaration = await holdBatch(sql, actor, batchId);
    const state = cancelBatch(await findBatch(sql, batchId, true));
    await sql.query(
      `UPDATE payment_batch SET cancel_state = $2, cancel_reason = $3, cancel_asked_by_id = $4, cancel_asked_by = $5,
         cancel_asked_at = $6::text::timestamptz, cancel_decided_by = NULL, cancel_decided_at = NULL WHERE id = $1::uuid`,
      [batchId, state, reason, caller.id, caller.name, now.toISOString()],
    );
    if (state === 'cancelled') await openLines(service, sql, actor, declaration, batchId);
    return {
      answer: await getPaymentBatch(sql, caller, batchId),
      audit: [audit(operation.audit, batchId, { cancelState: state, reason })],
    };
  });
}

/**
 * Decides that a batch is cancelled; not by who asked for it.
 * @throws Refusal 404; DomainError BATCH_CANCELLED, BATCH_CANCEL_NONE, BATCH_CANCEL_SAME_PERSON, BATCH_ANSWERED
 */
export function decideBatchCancel(
  service: Industry,
  actor: Actor,
  batchId: string,
  approved: boolean,
): Promise<PaymentBatch> {
  const { caller, now } = actor;
  return runCommand(service.bulk, service.newId, decision, actor, { batchId, approved }, async (_tx, sql) => {
    const declaration = await holdBatch(sql, actor, batchId);
    const state = decideCancel(await findBatch(sql, batchId, true), caller.id, approved);
    await sql.query(
      `UPDATE payment_batch SET cancel_state = $2, cancel_decided_by = $3, cancel_decided_at = $4::text::timestamptz
       WHERE id = $1::uuid`,
      [batchId, state, caller.name, now.toISOString()],
    );
    if (state === 'cancelled') await openLines(service, sql, actor, declaration, batchId);
    return {
      answer: await getPaymentBatch(sql, caller, batchId),
      audit: [audit(decision.audit, batchId, { approved, cancelState: state })],
    };
  });
}

const audit = (action: string | undefined, recordId: string, after: object) => ({
  action: action ?? '',
  recordType: 'payment-batch',
  recordId,
  change: { after },
});

async function holdBatch(sql: Sql, { caller }: Actor, batchId: string): Promise<DeclarationRow> {
  const { declarationId } = await getPaymentBatch(sql, caller, batchId);
  return holdDeclaration(sql, caller, declarationId, 'acts');
}

async function openLines(
  service: Industry,
  sql: Sql,
  { caller, now }: Actor,
  declaration: DeclarationRow,
  batchId: string,
): Promise<void> {
  await sql.query('UPDATE payment_batch_line SET rejection = $2 WHERE batch_id = $1::uuid', [batchId, CANCELLED]);
  const opened = await sql.query<{ id: string; household: string }>(
    `UPDATE dividend_line SET state = 'open', rejection = NULL, batch_id = NULL
     WHERE batch_id = $1::uuid AND state = 'batched' RETURNING id::text AS id, household_id::text AS household`,
    [batchId],
  );
  await takeListedAccounts(
    sql,
    service.cipher,
    opened.map(({ id }) => id),
  );
  const households = opened.map(({ household }) => household);
  const standings = await findStandings(sql, declaration.id, await withHistory(sql, declaration.id, households));
  await settleHouseholds(sql, declaration, standings, {
    kind: 'corrected',
    reason: CANCELLED,
    by: caller,
    now,
    newId: service.newId,
    cipher: service.cipher,
  });
}
