import { createPaymentBatch as operation, type PaymentBatch } from '@bangfu/contracts/industry/payments';
import { startPayment } from '@bangfu/domain/industry/declaration';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import type { Industry } from '../../../db/client.ts';
import type { Reader } from '@bangfu/platform/steps';
import {
  demandVersion,
  holdDeclaration,
  PAYABLE,
  saveDeclaration,
  toDomain,
} from '../../declarations/declaration.repository.ts';
import { getPaymentBatch } from '../list-batches/list-batches.query.ts';

/**
 * Puts all open lines of a declaration into a payment batch; lines with a correction or a change of account under way
 * wait. A line that is batched, paid or replaced cannot enter another.
 * @throws Refusal 404, 409; DomainError DECLARATION_STATUS, BATCH_EMPTY
 */
export function createPaymentBatch(
  service: Industry,
  actor: Actor & Reader,
  declarationId: string,
  version: number,
): Promise<PaymentBatch> {
  const id = service.newId(actor.now);
  const number = `FF${businessDayOf(actor.now).replaceAll('-', '')}-${id.slice(-6).toUpperCase()}`;
  const { caller } = actor;
  const input = { declarationId, version };
  return runCommand(service.bulk, service.newId, operation, actor, input, async (_tx, sql) => {
    const row = await holdDeclaration(sql, actor.caller, declarationId, 'acts');
    demandVersion(row, version, actor);
    const after = startPayment(toDomain(row), row.payableLines);
    const [batched] = await sql.query<{ lines: number; total: number }>(
      `WITH put AS (UPDATE dividend_line l SET state = 'batched', batch_id = $2::uuid, rejection = NULL
         FROM declaration d WHERE d.id = $1::uuid AND l.declaration_id = d.id AND ${PAYABLE}
           RETURNING l.id, l.county_code, l.payable_fen),
         sent AS (INSERT INTO payment_batch_line (batch_id, line_id, county_code, amount_fen)
           SELECT $2::uuid, id, county_code, payable_fen FROM put)
       SELECT count(*)::float8 AS lines, coalesce(sum(payable_fen), 0)::float8 AS total FROM put`,
      [declarationId, id],
    );
    const { lines, total } = batched ?? { lines: 0, total: 0 };
    await sql.query(
      `INSERT INTO payment_batch (id, declaration_id, county_code, number, lines, total_fen, created_by_id, created_by, created_at)
       VALUES ($1::uuid, $2::uuid, $3, $4, $5::int, $6::bigint, $7, $8, $9::text::timestamptz)`,
      [id, declarationId, row.countyCode, number, lines, total, caller.id, caller.name, actor.now.toISOString()],
    );
    await saveDeclaration(sql, row, after);
    return {
      answer: await getPaymentBatch(sql, actor.caller, id),
      audit: [
        {
          action: operation.audit ?? '',
          recordType: 'payment-batch',
          recordId: id,
          change: {
            before: { status: row.status },
            after: { declarationId, number, lines, totalFen: total, status: after.status },
          },
        },
      ],
    };
  });
}
