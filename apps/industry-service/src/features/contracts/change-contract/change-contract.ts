import * as contract from '@bangfu/contracts/industry/contracts';
import { demandPeriod } from '@bangfu/domain/industry/contract';
import type { BusinessDay } from '@bangfu/domain/shared/time';
import { conflict } from '@bangfu/platform/http/refusal';
import { command } from '../../../operations.ts';
import { demandListWithin, holdDraft } from '../contract.repository.ts';
import { getShownContract } from '../shown-contract.ts';

/** Changes the terms of a draft. @throws Refusal 404, 409; DomainError CONTRACT_SIGNED, CONTRACT_TOO_…, LISTED_DAYS_OUTSIDE */
export const changeContract = command(contract.changeContract, async (call) => {
  const { body, tx, caller, audit } = call;
  const { contractId } = call.params;
  await holdDraft(tx, caller, contractId);
  const before = await getShownContract(tx.sql, call, contractId);
  demandPeriod({ from: (body.from ?? before.from) as BusinessDay, to: (body.to ?? before.to) as BusinessDay });
  const { version, from, to, guaranteedBp, profitShareBp, dividendYear } = body;
  const { numUpdatedRows } = await tx.sql
    .updateTable('contract')
    .set({ period_from: from, period_to: to, dividend_year: dividendYear, version: version + 1 })
    .set({ guaranteed_bp: guaranteedBp, profit_share_bp: profitShareBp })
    .where('id', '=', contractId)
    .where('version', '=', version)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw conflict(before);
  await demandListWithin(tx.sql, contractId);
  audit.change('contract', contractId, before, body);
  return getShownContract(tx.sql, call, contractId);
});
