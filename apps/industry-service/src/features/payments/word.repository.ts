import { instantOf } from '@bangfu/data/instant';
import type { ReadSql } from '@bangfu/data/typed-sql';
import type { DeclarationStatus } from '@bangfu/domain/industry/declaration';
import type { Witness, Word } from '@bangfu/domain/industry/line-steps';
import { type BusinessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { type Caller, scopeIds } from '@bangfu/platform/auth/caller';
import { jsonArrayFrom } from 'kysely/helpers/postgres';
import type { Tables } from '../../operations.ts';
import type { LineRow } from './line.repository.ts';
import { isKept } from './standing.repository.ts';

/** Who had a hand in paying a line, and where its declaration is. */
interface Payers {
  readonly countyCode: string;
  readonly entityId: string;
  readonly status: DeclarationStatus;
  /** Accounts that submitted or checked the declaration, batched the line, or made or decided a correction of it. */
  readonly accounts: readonly (string | null)[];
}

/** Finds who had a hand in paying a line. */
export async function getPayers(read: ReadSql<Tables>, { id, declarationId }: LineRow): Promise<Payers> {
  const found = await read
    .selectFrom('dividend_line as l')
    .innerJoin('declaration as d', 'd.id', 'l.declaration_id')
    .leftJoin('payment_batch as b', 'b.id', 'l.batch_id')
    .where('l.id', '=', id)
    .where('d.id', '=', declarationId)
    .select(['d.county_code as countyCode', 'd.entity_id as entityId', 'd.status'])
    .select(['d.submitted_by_id as submittedBy', 'd.checked_by_id as checkedBy', 'b.created_by_id as batchedBy'])
    .select((eb) =>
      jsonArrayFrom(
        eb
          .selectFrom('dividend_correction as c')
          .innerJoin('dividend_line as r', 'r.id', 'c.line_id')
          .whereRef('r.declaration_id', '=', 'd.id')
          .whereRef('r.replaced_by', '=', 'l.line_number')
          .where('c.state', '=', 'approved')
          .select(['c.made_by_id as madeBy', 'c.checked_by_id as checkedBy']),
      ).as('corrections'),
    )
    .executeTakeFirst();
  if (!found) throw new Error('a line without its declaration');
  const { submittedBy, checkedBy, batchedBy, corrections, ...payers } = found;
  const correctors = corrections.flatMap((each) => [each.madeBy, each.checkedBy]);
  return { ...payers, accounts: [submittedBy, checkedBy, batchedBy, ...correctors] };
}

/**
 * Who says it: the household by its own account; else somebody who takes its word down, and who must have no hand in
 * the payment by any of his grants, whichever of them opened the act.
 */
export function witnessOf(caller: Caller, { householdId }: LineRow, { entityId, accounts }: Payers): Witness {
  const isPayer = caller.grants.some(
    ({ role, scope }) => role === 'finance' || (scope.kind === 'entity' && scope.id === entityId),
  );
  return {
    isHousehold: scopeIds(caller, 'household').includes(householdId),
    pays: isPayer || accounts.includes(caller.id),
  };
}

/** The payment of a line that was not returned, and the day it was sent to the bank. */
export async function findPayment(
  read: ReadSql<Tables>,
  lineId: string,
): Promise<{ id: string; sentOn: BusinessDay } | undefined> {
  const payment = await read
    .selectFrom('dividend_payment as p')
    .innerJoin('payment_batch as b', 'b.id', 'p.batch_id')
    .where('p.line_id', '=', lineId)
    .where((eb) => isKept(eb))
    .select(['p.id', 'b.created_at as sentAt'])
    .executeTakeFirst();
  return payment && { id: payment.id, sentOn: businessDayOf(payment.sentAt) };
}

/** What was said of a payment, in its order. Words from before their speaker was kept were taken down. */
export const findWords = (read: ReadSql<Tables>, paymentId: string): Promise<(Word & { readonly saidAt: string })[]> =>
  read
    .selectFrom('dividend_confirmation as w')
    .where('w.payment_id', '=', paymentId)
    .orderBy('w.said_at')
    .orderBy('w.recorded_at')
    .orderBy('w.id')
    .select((eb) => [
      eb.fn.coalesce('w.own', eb.lit(false)).as('isHousehold'),
      'w.received_fen as receivedFen',
      instantOf(eb.ref('w.said_at')).as('saidAt'),
    ])
    .execute();
