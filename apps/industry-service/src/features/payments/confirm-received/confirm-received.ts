import type { AnswerOf, BodyOf } from '@bangfu/contracts/core/operation';
import { confirmReceived as operation } from '@bangfu/contracts/industry/payments';
import { demandConfirmable, standingWord } from '@bangfu/domain/industry/line-steps';
import { demandDay } from '@bangfu/domain/shared/day-bounds';
import { businessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { scopeIds } from '@bangfu/platform/auth/caller';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import { notFound } from '@bangfu/platform/http/refusal';
import type { Industry } from '../../../db/client.ts';
import { lockDeclaration } from '../../declarations/declaration.repository.ts';
import { LINE_COLUMNS, type ShownLine } from '../../declarations/list-lines/list-lines.query.ts';
import { getLine, toPaymentLine } from '../line.repository.ts';
import { findPayment, findWords, getPayers, witnessOf } from '../word.repository.ts';

/**
 * Keeps what a household says it received, said by itself or taken down for it by somebody who has no hand in paying.
 * A word is never overwritten: each is a row of its own, and the household's own is over those taken down for it. A
 * difference waits as a ticket for the township and finance.
 * @throws Refusal 404; DomainError DECLARATION_CLOSED, LINE_NOT_PAID, WITNESS_PAYS, DAY_TOO_EARLY, DAY_TOO_LATE
 */
export function confirmReceived(
  service: Industry,
  actor: Actor,
  lineId: string,
  { receivedFen, receivedOn }: BodyOf<typeof operation>,
): Promise<AnswerOf<typeof operation>> {
  const input = { lineId, receivedFen, receivedOn };
  const { caller, now } = actor;
  return runCommand(service.bulk, service.newId, operation, actor, input, async (_tx, sql) => {
    const own = scopeIds(caller, 'household');
    const { declarationId } = await getLine(sql, caller, lineId, own);
    await lockDeclaration(sql, declarationId);
    const row = await getLine(sql, caller, lineId, own);
    const payers = await getPayers(sql, row);
    const witness = witnessOf(caller, row, payers);
    demandConfirmable(toPaymentLine(row), { status: payers.status, witness });
    const payment = await findPayment(sql, lineId);
    if (!payment) throw new Error('a paid line without a payment');
    if (receivedOn)
      demandDay(businessDay(receivedOn), { from: businessDay(payment.sentOn), until: businessDayOf(now) });
    await sql.query(
      `INSERT INTO dividend_confirmation (id, line_id, county_code, payment_id, received_fen, received_on, own, said_by_id,
         said_by, said_at)
       VALUES ($1::uuid, $2::uuid, $3, $4::uuid, $5::bigint, $6::text::date, $7::boolean, $8, $9, $10::text::timestamptz)`,
      [
        service.newId(now),
        lineId,
        payers.countyCode,
        payment.id,
        receivedFen,
        receivedOn ?? null,
        witness.isHousehold,
        caller.id,
        caller.name,
        now.toISOString(),
      ],
    );
    const stands = standingWord(await findWords(sql, payment.id));
    await sql.query(
      `UPDATE dividend_line SET confirmed_fen = $2::bigint, confirmed_at = $3::text::timestamptz WHERE id = $1::uuid`,
      [lineId, stands?.receivedFen, stands?.saidAt],
    );
    const [line] = await sql.query<ShownLine>(`SELECT ${LINE_COLUMNS} FROM dividend_line l WHERE l.id = $1::uuid`, [
      lineId,
    ]);
    if (!line) throw notFound();
    const differs = line.confirmedFen !== row.payableFen;
    return {
      answer: { line, differs },
      audit: [
        {
          action: operation.audit ?? '',
          recordType: 'dividend-line',
          recordId: lineId,
          change: {
            after: {
              receivedFen,
              receivedOn,
              isHousehold: witness.isHousehold,
              standsFen: line.confirmedFen,
              payableFen: row.payableFen,
              differs,
            },
          },
        },
      ],
    };
  });
}
