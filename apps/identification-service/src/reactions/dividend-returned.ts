import { dividendReturned } from '@bangfu/events/catalog/industry';
import { reaction } from '../operations.ts';
import { countEvidence } from './count-evidence.ts';

/** The bank returned a payment: nothing of it is income. The row of the payment stays, with one beside it. */
export const onDividendReturned = reaction(dividendReturned, ({ tx, events }) =>
  countEvidence(
    tx,
    events.map(({ id, data }) => ({
      event: id,
      source: data.paymentId,
      householdId: data.householdId,
      amountFen: 0,
      on: data.returnedOn,
    })),
  ),
);
