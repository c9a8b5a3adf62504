import { industryPolicy } from '../../../db/policy.ts';
import { everyService } from '@bangfu/contracts/core/every-service';
import { decideAccountChange } from '@bangfu/contracts/industry/account-changes';
import { decideSettlement, proposeSettlement } from '@bangfu/contracts/industry/claims';
import { decideContractEnd } from '@bangfu/contracts/industry/contract-ends';
import { declareDividend } from '@bangfu/contracts/industry/declarations';
import { decideNilYear } from '@bangfu/contracts/industry/nil-years';
import {
  createPaymentBatch,
  decideBatchCancel,
  decideCorrection,
  proposeCorrection,
  uploadBankReceipt,
} from '@bangfu/contracts/industry/payments';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { toWork, waitingFor } from '@bangfu/platform/work';
import { query } from '../../../operations.ts';
import { claimsToSettle, settlementsToDecide } from '../claim-work.ts';
import { declarationsAt, STAGES, toDeclare } from '../declaration-work.ts';
import {
  cancelsToDecide,
  correctionsToDecide,
  linesToPayAgain,
  receiptsThatDiffer,
  receiptsToImport,
} from '../payment-work.ts';
import { accountsToDecide, endsToDecide, nilYearsToDecide } from '../request-work.ts';

const contract = everyService('industry');

/** What waits for the caller by the acts his grants open: declare, check, post, answer, pay, settle, decide. */
export const listWork = query(contract.listWork, async ({ read, caller, now }) => {
  const policy = await industryPolicy(read, caller, now);
  const by = { now, policy };
  const stages = STAGES.map((stage) => waitingFor(stage.act, caller, now, (as) => declarationsAt(read, as, stage, by)));
  const found = await Promise.all([
    waitingFor(declareDividend, caller, now, (as) => toDeclare(read, as, by)),
    ...stages,
    waitingFor(createPaymentBatch, caller, now, (as) => linesToPayAgain(read, as, policy)),
    waitingFor(uploadBankReceipt, caller, now, (as) => receiptsToImport(read, as, policy)),
    waitingFor(decideBatchCancel, caller, now, (as) => cancelsToDecide(read, as, policy)),
    waitingFor(decideCorrection, caller, now, (as) => correctionsToDecide(read, as, policy)),
    waitingFor(proposeCorrection, caller, now, (as) => receiptsThatDiffer(read, as, policy)),
    waitingFor(proposeSettlement, caller, now, (as) => claimsToSettle(read, as, policy)),
    waitingFor(decideSettlement, caller, now, (as) => settlementsToDecide(read, as, policy)),
    waitingFor(decideNilYear, caller, now, (as) => nilYearsToDecide(read, as, policy)),
    waitingFor(decideContractEnd, caller, now, (as) => endsToDecide(read, as, policy)),
    waitingFor(decideAccountChange, caller, now, (as) => accountsToDecide(read, as, policy)),
  ]);
  return toWork(found, businessDayOf(now));
});
