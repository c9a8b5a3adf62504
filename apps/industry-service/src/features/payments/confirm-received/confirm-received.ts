import type { AnswerOf } from '@bangfu/contracts/core/operation';
import { confirmReceived as operation } from '@bangfu/contracts/industry/payments';
import { confirmReceived as confirm } from '@bangfu/domain/industry/payment';
import { fen } from '@bangfu/domain/shared/money';
import { scopeIds } from '@bangfu/service-kit/auth/caller';
import { type Actor, runCommand } from '@bangfu/service-kit/db/command';
import { notFound } from '@bangfu/service-kit/http/refusal';
import type { Industry } from '../../../db/client.ts';
import { LINE_COLUMNS, type ShownLine } from '../../declarations/list-lines/list-lines.query.ts';
import { lockDeclaration } from '../../declarations/declaration.repository.ts';
import { getLine, toPaymentLine } from '../line.repository.ts';

/**
 * Keeps what a household says it received, told by itself or taken down for it; a difference waits as a ticket for the
 * township and finance. @throws Refusal 404; DomainError LINE_NOT_PAID
 */
export function confirmReceived(
  service: Industry,
  actor: Actor,
  lineId: string,
  receivedFen: number,
): Promise<AnswerOf<typeof operation>> {
  return runCommand(service.bulk, service.newId, operation, actor, { lineId, receivedFen }, async (_tx, sql) => {
    const own = scopeIds(actor.caller, 'household');
    const { declarationId } = await getLine(sql, actor.caller, lineId, own);
    await lockDeclaration(sql, declarationId);
    const row = await getLine(sql, actor.caller, lineId, own);
    const { differs } = confirm(toPaymentLine(row), fen(receivedFen));
    await sql.query(
      `UPDATE dividend_line SET confirmed_fen = $2::bigint, confirmed_at = $3::text::timestamptz WHERE id = $1::uuid`,
      [lineId, receivedFen, actor.now.toISOString()],
    );
    const [line] = await sql.query<ShownLine>(`SELECT ${LINE_COLUMNS} FROM dividend_line l WHERE l.id = $1::uuid`, [
      lineId,
    ]);
    if (!line) throw notFound();
    return {
      answer: { line, differs },
      audit: [
        {
          action: operation.audit ?? '',
          recordType: 'dividend-line',
          recordId: lineId,
          change: {
            before: { confirmedFen: row.confirmedFen },
            after: { confirmedFen: receivedFen, payableFen: row.payableFen, differs },
          },
        },
      ],
    };
  });
}
