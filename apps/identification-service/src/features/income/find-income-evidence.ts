import type { ReadSql } from '@bangfu/data/typed-sql';
import type { Tables } from '../../operations.ts';

/**
 * The income that other services evidenced for a household, the latest year first. The caller has checked that the
 * household is in scope.
 */
export const findIncomeEvidence = (read: ReadSql<Tables>, householdId: string) =>
  read
    .selectFrom('income_evidence')
    .where('household_id', '=', householdId)
    .orderBy('year', 'desc')
    .orderBy('evidenced_on', 'desc')
    .orderBy('source_id')
    .select(['year', 'item', 'evidence', 'amount_fen as amountFen', 'payer', 'evidenced_on as evidencedOn'])
    .select(['source_service as sourceService', 'source_id as sourceId'])
    .execute();
