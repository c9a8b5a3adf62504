import type { Operation } from '@bangfu/contracts/core/operation';
import type { CommandCall } from '@bangfu/platform/operation/operation';
import type { Tables } from '../../operations.ts';
import { type DeclarationRow, holdDeclaration } from '../declarations/declaration.repository.ts';
import { getBatch } from './batch.repository.ts';
import { takeListedAccounts } from './line-accounts.ts';
import { findStandings, settleHouseholds, withHistory } from './standing.repository.ts';

/** What the lines of a cancelled batch say of it: the bank may have paid one all the same. */
const CANCELLED = '批次已撤销';

type Call = Pick<CommandCall<Operation, Tables>, 'tx' | 'caller' | 'now' | 'kit'>;

/** Holds the declaration of a batch. @throws Refusal 404 */
export async function holdBatch({ tx, caller }: Call, batchId: string): Promise<DeclarationRow> {
  const { declarationId } = await getBatch(tx.sql, caller, batchId);
  return holdDeclaration(tx, caller, declarationId, 'acts');
}

/** Lets the lines of a batch that was cancelled be paid by another. */
export async function openLines({ tx, caller, now, kit }: Call, declaration: DeclarationRow, batchId: string) {
  await tx.sql
    .updateTable('payment_batch_line')
    .set({ rejection: CANCELLED })
    .where('batch_id', '=', batchId)
    .execute();
  const opened = await tx.sql
    .updateTable('dividend_line')
    .set({ state: 'open', rejection: null, batch_id: null })
    .where('batch_id', '=', batchId)
    .where('state', '=', 'batched')
    .returning(['id', 'household_id as household'])
    .execute();
  await takeListedAccounts(
    tx,
    kit.cipher,
    opened.map(({ id }) => id),
  );
  const households = opened.map(({ household }) => household);
  const standings = await findStandings(tx.sql, declaration.id, await withHistory(tx.sql, declaration.id, households));
  await settleHouseholds(tx, declaration, standings, {
    kind: 'corrected',
    reason: CANCELLED,
    by: caller,
    now,
    newId: kit.newId,
    cipher: kit.cipher,
  });
}
