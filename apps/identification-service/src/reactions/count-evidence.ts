import type { Transaction } from '@bangfu/data/typed-sql';
import type { Tables } from '../operations.ts';
import { COUNT_EVIDENCE } from './count-evidence.sql.ts';

/** What a payment counts for from a day on. */
interface Counted {
  readonly event: string;
  readonly source: string;
  readonly householdId: string;
  readonly amountFen: number;
  readonly on: string;
}

/**
 * Evidence is never changed: a row of its own takes off what no longer counts, or gives it again, so that the rows of a
 * payment add up to the amount it counts for. Hearing it again changes nothing. It comes after the confirmation, because
 * the events of a household keep their order.
 */
export async function countEvidence({ client }: Transaction<Tables>, counted: readonly Counted[]): Promise<void> {
  await COUNT_EVIDENCE.run(
    client,
    counted.map(({ event }) => event),
    counted.map(({ source }) => source),
    counted.map(({ householdId }) => householdId),
    counted.map(({ amountFen }) => amountFen),
    counted.map(({ on }) => on),
  );
}
