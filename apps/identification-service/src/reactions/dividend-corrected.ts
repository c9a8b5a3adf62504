import { dividendCorrected } from '@bangfu/events/catalog/industry';
import { reaction } from '../operations.ts';
import { countEvidence } from './count-evidence.ts';

/** A correction changed what of a payment is income of its household. */
export const onDividendCorrected = reaction(dividendCorrected, ({ tx, events }) =>
  countEvidence(
    tx,
    events.map(({ id, data }) => ({
      event: id,
      source: data.paymentId ?? data.lineId,
      householdId: data.householdId,
      amountFen: data.amountFen,
      on: data.correctedOn,
    })),
  ),
);
