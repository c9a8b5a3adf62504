import type { AnswerOf } from '@bangfu/contracts/core/operation';
import { decideCorrection as operation } from '@bangfu/contracts/industry/payments';
import { correctedLines, demandDecidable } from '@bangfu/domain/industry/line-steps';
import type { Replacement } from '@bangfu/domain/industry/payment';
import type { NewEvent } from '@bangfu/events/catalog/define';
import type { Sql } from '@bangfu/data/sql';
import { holds } from '@bangfu/platform/auth/caller';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import { notFound } from '@bangfu/platform/http/refusal';
import type { Reader } from '@bangfu/platform/steps';
import type { Industry } from '../../../db/client.ts';
import { POLICY } from '../../contracts/policy.ts';
import {
  type DeclarationRow,
  getDeclaration,
  holdDeclaration,
  shown,
} from '../../declarations/declaration.repository.ts';
import { correctionCase, type CorrectionRow, findCorrections } from '../correction.repository.ts';
import { addLine, type LineRow, reverseLine } from '../line.repository.ts';
import { findStandings, settleHouseholds } from '../standing.repository.ts';

/** An approved correction and the lines it makes. */
interface Approved {
  readonly declaration: DeclarationRow;
  readonly correction: CorrectionRow;
  readonly fresh: readonly Replacement[];
}

/**
 * Decides a proposed correction; not by who proposed it, and beyond the policy's bound by the county leader. Approved:
 * the line is reversed and replaced, which pays only what the household has not had yet; what it has had beyond is
 * claimed from it, and income of it no more.
 * @throws Refusal 404; DomainError CORRECTION_DECIDED, CORRECTION_SAME_PERSON, CORRECTION_HIGHER_HAND, CORRECTION_OPEN,
 * CORRECTION_MOVES_NOTHING, LINE_REPLACED, LINE_IN_BATCH, DECLARATION_CLOSED, DECLARATION_STATUS,
 * LIST_HOUSEHOLD_UNKNOWN, SUM_TOO_LARGE
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
    const standing = correctionCase(correction, declaration);
    const decider = { id: actor.caller.id, isLeader: holds(actor.caller, 'county-leader') };
    demandDecidable(standing, decider, approved ? 'approve' : 'refuse', POLICY);
    const fresh = approved ? correctedLines(standing) : [];
    const events = approved ? await apply(service, sql, { declaration, correction, fresh }, actor) : [];
    await sql.query(
      `UPDATE dividend_correction SET state = $2, checked_by_id = $3, checked_by = $4,
         checked_at = $5::text::timestamptz WHERE id = $1::uuid`,
      [correctionId, approved ? 'approved' : 'refused', actor.caller.id, actor.caller.name, actor.now.toISOString()],
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
            after: { correction: correctionId, state: decided.state, replacements: fresh },
          },
        },
      ],
      events,
    };
  });
}

/** Reverses the lines, puts those of the correction in their place and balances the households. */
async function apply(
  service: Industry,
  sql: Sql,
  { declaration, correction, fresh }: Approved,
  { caller, now }: Actor,
): Promise<NewEvent[]> {
  const { line, reason, newHouseholdNumber } = correction;
  const isMove = newHouseholdNumber !== line.householdNumber;
  const other = isMove ? correction.otherLine : null;
  const households = [line.householdId, ...(isMove ? [await householdOf(sql, declaration, newHouseholdNumber)] : [])];
  const before = await findStandings(sql, declaration.id, households);
  for (const each of [line, ...(other ? [other] : [])]) {
    await reverseLine(sql, each.id, each.state === 'paid' ? 'paid' : 'void');
  }
  const numbers = new Map<string, number>();
  for (const { householdNumber, amountFen, postedFen, replaces } of fresh) {
    const basis = householdNumber === line.householdNumber ? line.id : (other ?? line).id;
    const made = { householdNumber, amountFen, postedFen, payableFen: amountFen, replaces, basis };
    numbers.set(householdNumber, await addLine(sql, service.cipher, declaration.id, made));
  }
  const target = numbers.get(newHouseholdNumber);
  await noteReplaced(sql, line, numbers.get(line.householdNumber) ?? target);
  if (other) await noteReplaced(sql, other, target);
  await sql.query(
    `UPDATE declaration d SET lines = t.n, base_fen = t.base, second_fen = t.second, total_fen = t.total
     FROM (SELECT count(*)::int AS n, sum(base_fen)::bigint AS base, sum(second_fen)::bigint AS second,
       sum(amount_fen)::bigint AS total FROM dividend_line WHERE declaration_id = $1::uuid AND counts) t
     WHERE d.id = $1::uuid`,
    [declaration.id],
  );
  const { events } = await settleHouseholds(sql, declaration, before, {
    kind: 'corrected',
    reason,
    by: caller,
    now,
    newId: service.newId,
    cipher: service.cipher,
    lineOf: (householdId) => (householdId === line.householdId ? line.id : other?.id),
  });
  return events;
}

async function noteReplaced(sql: Sql, { id }: LineRow, by: number | undefined): Promise<void> {
  await sql.query('UPDATE dividend_line SET replaced_by = $2::int WHERE id = $1::uuid', [id, by]);
}

async function householdOf(sql: Sql, { contractId }: DeclarationRow, householdNumber: string): Promise<string> {
  const [found] = await sql.query<{ id: string }>(
    'SELECT household_id::text AS id FROM contract_household WHERE contract_id = $1::uuid AND household_number = $2',
    [contractId, householdNumber],
  );
  if (!found) throw notFound();
  return found.id;
}
