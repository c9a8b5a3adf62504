import type { AnswerOf } from '@bangfu/contracts/core/operation';
import { decideCorrection as operation } from '@bangfu/contracts/industry/payments';
import { demandDecidable } from '@bangfu/domain/industry/line-steps';
import { correctLine, keptIncome, type PaymentLine } from '@bangfu/domain/industry/payment';
import { demand } from '@bangfu/domain/shared/errors';
import { type Fen, fen } from '@bangfu/domain/shared/money';
import { businessDayOf } from '@bangfu/domain/shared/time';
import type { NewEvent } from '@bangfu/events/catalog/define';
import { dividendCorrected } from '@bangfu/events/catalog/industry';
import type { Sql } from '@bangfu/events/sql';
import { type Actor, runCommand } from '@bangfu/service-kit/db/command';
import { notFound } from '@bangfu/service-kit/http/refusal';
import type { Industry } from '../../../db/client.ts';
import type { Reader } from '@bangfu/service-kit/steps';
import {
  type DeclarationRow,
  getDeclaration,
  holdDeclaration,
  shown,
} from '../../declarations/declaration.repository.ts';
import { getLine, type LineRow, toPaymentLine } from '../line.repository.ts';
import { correctionCase, findCorrections } from '../correction.repository.ts';

/**
 * Decides a proposed correction; not by who proposed it. Approved: the line is reversed and a new one replaces it, which
 * pays only what the household has not had yet, and what is taken back from it is income of it no more.
 * @throws Refusal 404; DomainError CORRECTION_DECIDED, CORRECTION_SAME_PERSON, LINE_REPLACED, LINE_IN_BATCH,
 * DECLARATION_STATUS, LIST_HOUSEHOLD_UNKNOWN, CORRECTION_HOUSEHOLD_HAS_LINE
 */
export function decideCorrection(
  service: Industry,
  actor: Actor & Reader,
  correctionId: string,
  approved: boolean,
): Promise<AnswerOf<typeof operation>> {
  return runCommand(service.bulk, service.newId, operation, actor, { correctionId, approved }, async (_tx, sql) => {
    const [first] = await findCorrections(sql, 'c.id = $1::uuid', [correctionId]);
    if (!first) throw notFound();
    const declaration = await holdDeclaration(sql, actor.caller, first.declarationId, 'acts');
    const [correction] = await findCorrections(sql, 'c.id = $1::uuid', [correctionId]);
    if (!correction) throw notFound();
    demandDecidable(correctionCase(correction, declaration.status), actor.caller.id, approved ? 'approve' : 'refuse');
    let replacement: PaymentLine | null = null;
    let events: NewEvent[] = [];
    if (approved) {
      const line = await getLine(sql, actor.caller, correction.lineId);
      const corrected = correctLine(toPaymentLine(line), {
        lineNumber: await nextNumber(sql, declaration.id),
        householdNumber: correction.newHouseholdNumber,
        amountFen: fen(correction.newAmountFen),
        reason: correction.reason,
        madeBy: correction.madeById,
        checkedBy: actor.caller.id,
      });
      await store(sql, declaration, line, corrected);
      replacement = corrected.replacement;
      if (corrected.reversed.recoverableFen) {
        events = await takenBack(sql, declaration, line, corrected.keptFen, actor.now);
      }
    }
    await sql.query(
      `UPDATE dividend_correction SET state = $2, checked_by = $3, checked_at = $4::text::timestamptz WHERE id = $1::uuid`,
      [correctionId, approved ? 'approved' : 'refused', actor.caller.name, actor.now.toISOString()],
    );
    const [decided] = await findCorrections(sql, 'c.id = $1::uuid', [correctionId]);
    if (!decided) throw notFound();
    return {
      answer: {
        correction: decided,
        declaration: shown(await getDeclaration(sql, actor.caller, declaration.id), actor.now, actor.language),
      },
      audit: [
        {
          action: operation.audit ?? '',
          recordType: 'dividend-line',
          recordId: correction.lineId,
          change: {
            before: { correction: correctionId, state: correction.state },
            after: { correction: correctionId, state: decided.state, replacement },
          },
        },
      ],
      events,
    };
  });
}

/** What the household's payments through a line and those it replaced count as income from now on. */
async function takenBack(
  sql: Sql,
  { countyCode, year }: DeclarationRow,
  { id, householdId, householdNumber }: LineRow,
  keptFen: Fen,
  now: Date,
): Promise<NewEvent[]> {
  const payments = await sql.query<{ id: string; paidFen: number }>(
    `WITH RECURSIVE chain AS (
       SELECT id, declaration_id, household_id, line_number, replaces, state, payable_fen FROM dividend_line
         WHERE id = $1::uuid
       UNION ALL
       SELECT l.id, l.declaration_id, l.household_id, l.line_number, l.replaces, l.state, l.payable_fen
         FROM dividend_line l JOIN chain c ON l.declaration_id = c.declaration_id AND l.line_number = c.replaces
           AND l.household_id = c.household_id)
     SELECT id::text AS id, payable_fen::float8 AS "paidFen" FROM chain WHERE state = 'paid' ORDER BY line_number`,
    [id],
  );
  const kept = keptIncome(
    payments.map(({ paidFen }) => fen(paidFen)),
    keptFen,
  );
  return payments.map(({ id: lineId }, i) =>
    dividendCorrected.of(countyCode, {
      lineId,
      householdId,
      householdNumber,
      year,
      amountFen: kept[i] ?? 0,
      correctedOn: businessDayOf(now),
    }),
  );
}

async function nextNumber(sql: Sql, declarationId: string): Promise<number> {
  const [last] = await sql.query<{ n: number }>(
    'SELECT max(line_number)::float8 AS n FROM dividend_line WHERE declaration_id = $1::uuid',
    [declarationId],
  );
  return (last?.n ?? 0) + 1;
}

async function store(
  sql: Sql,
  declaration: DeclarationRow,
  line: LineRow,
  { reversed, replacement }: { reversed: PaymentLine; replacement: PaymentLine },
): Promise<void> {
  await sql.query(
    `UPDATE dividend_line SET counts = NULL, replaced_by = $2::int, state = $3, recoverable_fen = $4::bigint WHERE id = $1::uuid`,
    [line.id, reversed.replacedBy ?? null, reversed.state, reversed.recoverableFen ?? null],
  );
  const inserted = await sql.query<{ id: string }>(
    `INSERT INTO dividend_line (id, declaration_id, county_code, line_number, household_id, household_number, head_name,
       village_code, village_name, base_fen, second_fen, amount_fen, guaranteed_fen, payable_fen, state, bank_name,
       account_sealed, account_tail, replaces)
     SELECT uuidv7(), $1::uuid, m.county_code, $3::int, m.household_id, m.household_number, m.head_name, m.village_code,
       m.village_name, least(o.base_fen, $4::bigint), $4::bigint - least(o.base_fen, $4::bigint), $4::bigint,
       o.guaranteed_fen, $5::bigint, $6, m.bank_name, m.account_sealed, m.account_tail, o.line_number
     FROM contract_household m JOIN declaration d ON d.contract_id = m.contract_id AND d.id = $1::uuid
     JOIN dividend_line o ON o.id = $7::uuid WHERE m.household_number = $2 RETURNING id::text AS id`,
    [
      declaration.id,
      replacement.householdNumber,
      replacement.lineNumber,
      replacement.amountFen,
      replacement.payableFen,
      replacement.state,
      line.id,
    ],
  );
  demand(inserted.length === 1, 'LIST_HOUSEHOLD_UNKNOWN', { household: replacement.householdNumber });
  await sql.query(
    `UPDATE declaration d SET lines = t.n, base_fen = t.base, second_fen = t.second, total_fen = t.total,
       version = d.version + 1
     FROM (SELECT count(*)::int AS n, sum(base_fen)::bigint AS base, sum(second_fen)::bigint AS second,
       sum(amount_fen)::bigint AS total FROM dividend_line WHERE declaration_id = $1::uuid AND counts) t
     WHERE d.id = $1::uuid`,
    [declaration.id],
  );
}
