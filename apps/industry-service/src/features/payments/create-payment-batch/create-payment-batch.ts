import * as contract from '@bangfu/contracts/industry/payments';
import { sumOf } from '@bangfu/data/sum-of';
import type { Transaction } from '@bangfu/data/typed-sql';
import { startPayment } from '@bangfu/domain/industry/declaration';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { command, type Tables } from '../../../operations.ts';
import {
  demandVersion,
  holdDeclaration,
  isPayable,
  saveDeclaration,
  toDomain,
} from '../../declarations/declaration.repository.ts';
import { getBatch } from '../batch.repository.ts';

/**
 * Puts all open lines of a declaration into a payment batch; lines with a correction or a change of account under way
 * wait. A line that is batched, paid or replaced cannot enter another.
 * @throws Refusal 404, 409; DomainError DECLARATION_STATUS, BATCH_EMPTY
 */
export const createPaymentBatch = command(contract.createPaymentBatch, async (call) => {
  const { tx, caller, now } = call;
  const { declarationId } = call.params;
  const id = call.newId();
  const number = `FF${businessDayOf(now).replaceAll('-', '')}-${id.slice(-6).toUpperCase()}`;
  const row = await holdDeclaration(tx, caller, declarationId, 'acts');
  await demandVersion(tx.sql, row, call.body.version, call);
  const after = startPayment(toDomain(row), row.payableLines);
  const { lines, totalFen } = await putLines(tx, declarationId, id);
  await tx.sql
    .insertInto('payment_batch')
    .values({
      id,
      declaration_id: declarationId,
      county_code: row.countyCode,
      number,
      lines,
      total_fen: totalFen,
      created_by_id: caller.id,
      created_by: caller.name,
      created_at: now,
    })
    .execute();
  await saveDeclaration(tx, row, after);
  const { status } = after;
  call.audit.change('payment-batch', id, { status: row.status }, { declarationId, number, lines, totalFen, status });
  return getBatch(tx.sql, caller, id);
});

/** Puts the lines of a declaration that are to be paid into a batch. */
const putLines = ({ sql }: Transaction<Tables>, declarationId: string, batchId: string) =>
  sql
    .with('put', (db) =>
      db
        .updateTable('dividend_line as l')
        .from('declaration as d')
        .set({ state: 'batched', batch_id: batchId, rejection: null })
        .where('d.id', '=', declarationId)
        .whereRef('l.declaration_id', '=', 'd.id')
        .where((eb) => isPayable(eb))
        .returning(['l.batch_id', 'l.id', 'l.county_code', 'l.payable_fen']),
    )
    .with('sent', (db) =>
      db
        .insertInto('payment_batch_line')
        .columns(['batch_id', 'line_id', 'county_code', 'amount_fen'])
        .expression(
          db
            .selectFrom('put')
            .select(({ ref }) => [ref('put.batch_id').$notNull().as('batch_id')])
            .select(['put.id', 'put.county_code', 'put.payable_fen']),
        ),
    )
    .selectFrom('put')
    .select(({ fn, ref }) => [fn.countAll<number>().as('lines'), sumOf(ref('put.payable_fen')).as('totalFen')])
    .executeTakeFirstOrThrow();
