import { demand, type Refusal, refusalOf } from '../shared/errors.ts';

/** What can be done with a payment batch: its file is fetched, it is cancelled, its cancelling is decided. */
export const BATCH_STEPS = ['fetch', 'cancel', 'approve-cancel', 'refuse-cancel'] as const;
export type BatchStep = (typeof BATCH_STEPS)[number];

export const BANK_FILE_FORMATS = ['xlsx', 'csv'] as const;
export type BankFileFormat = (typeof BANK_FILE_FORMATS)[number];

/** A payment batch as its steps look at it. */
export interface Batch {
  /** The format its file was made in; null until it is fetched for the first time. */
  readonly fileFormat: BankFileFormat | null;
  readonly cancelState: 'asked' | 'cancelled' | null;
  readonly cancelAskedBy: string | null;
  /** The bank has said something of a line of it. */
  readonly isAnswered: boolean;
}

function demandStanding({ cancelState }: Batch): void {
  demand(cancelState !== 'cancelled', 'BATCH_CANCELLED');
}

/**
 * Demands that the file for the bank can be handed out: the one that was made, as long as the bank has not answered and
 * nobody has asked to cancel it. A second file of another format would be a second order to pay.
 * @throws DomainError BATCH_CANCELLED, BANK_FILE_ANSWERED, BATCH_CANCEL_ASKED, BANK_FILE_OTHER_FORMAT
 */
export function demandFetchable(batch: Batch, format: BankFileFormat | null): void {
  demandStanding(batch);
  demand(!batch.isAnswered, 'BANK_FILE_ANSWERED');
  demand(batch.cancelState === null, 'BATCH_CANCEL_ASKED');
  const made = batch.fileFormat;
  demand(made === null || format === null || made === format, 'BANK_FILE_OTHER_FORMAT', { format: made ?? '' });
}

/**
 * Cancels a batch the bank has not answered. One whose file nobody fetched is cancelled at once; else the bank was told,
 * and another person decides.
 * @throws DomainError BATCH_CANCELLED, BATCH_ANSWERED, BATCH_CANCEL_ASKED
 */
export function cancelBatch(batch: Batch): 'asked' | 'cancelled' {
  demandStanding(batch);
  demand(!batch.isAnswered, 'BATCH_ANSWERED');
  demand(batch.cancelState === null, 'BATCH_CANCEL_ASKED');
  return batch.fileFormat === null ? 'cancelled' : 'asked';
}

/**
 * Decides a cancelling that was asked for; never by who asked.
 * @throws DomainError BATCH_CANCELLED, BATCH_CANCEL_NONE, BATCH_CANCEL_SAME_PERSON, BATCH_ANSWERED (to approve it)
 */
export function decideCancel(batch: Batch, actorId: string, approved: boolean): 'cancelled' | null {
  demandStanding(batch);
  demand(batch.cancelState === 'asked', 'BATCH_CANCEL_NONE');
  demand(batch.cancelAskedBy !== actorId, 'BATCH_CANCEL_SAME_PERSON');
  if (!approved) return null;
  demand(!batch.isAnswered, 'BATCH_ANSWERED');
  return 'cancelled';
}

/** Why a step of a batch would be refused to somebody now; null when it would succeed. */
export function batchRefusal(step: BatchStep, batch: Batch, actorId: string): Refusal | null {
  const rules: Record<BatchStep, () => unknown> = {
    fetch: () => demandFetchable(batch, null),
    cancel: () => cancelBatch(batch),
    'approve-cancel': () => decideCancel(batch, actorId, true),
    'refuse-cancel': () => decideCancel(batch, actorId, false),
  };
  return refusalOf(rules[step]);
}
