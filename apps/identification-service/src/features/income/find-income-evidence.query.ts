import type { IncomeEvidence } from '@bangfu/contracts/identification/household-facts';
import type { Pool } from '@bangfu/data/pool';

/**
 * The income other services evidenced for a household, the latest year first. The caller has checked that the
 * household is in scope, and gives the pool that fits him.
 */
export async function findIncomeEvidence(
  service: { readonly pool: Pool },
  householdId: string,
): Promise<IncomeEvidence[]> {
  const { rows } = await service.pool.query<IncomeEvidence>(
    `SELECT year, item, evidence, amount_fen AS "amountFen", payer, to_char(evidenced_on, 'YYYY-MM-DD') AS "evidencedOn",
       source_service AS "sourceService", source_id AS "sourceId"
     FROM income_evidence WHERE household_id = $1::uuid ORDER BY year DESC, evidenced_on DESC, source_id`,
    [householdId],
  );
  return rows;
}
