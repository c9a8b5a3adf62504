import { industryPolicy } from '../../../db/policy.ts';
import * as contract from '@bangfu/contracts/industry/payments';
import { sumOf } from '@bangfu/data/sum-of';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { correctedLines, demandDecidable } from '@bangfu/domain/industry/line-steps';
import type { Replacement } from '@bangfu/domain/industry/payment';
import type { NewEvent } from '@bangfu/events/catalog/define';
import { holds } from '@bangfu/platform/auth/caller';
import { notFound } from '@bangfu/platform/http/refusal';
import type { CommandCall } from '@bangfu/platform/operation/operation';
import { command, type Tables } from '../../../operations.ts';
import {
  type DeclarationRow,
  getDeclaration,
  holdDeclaration,
  shownTo,
} from '../../declarations/declaration.repository.ts';
import { correctionCase, type CorrectionRow, corrections } from '../correction.repository.ts';
import { addLine, noteReplaced, reverseLine } from '../line.repository.ts';
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
export const decideCorrection = command(contract.decideCorrection, async (call) => {
  const { tx, caller, now, language } = call;
  const { correctionId } = call.params;
  const { approved } = call.body;
  const { declarationId } = await getCorrection(tx.sql, correctionId);
  const declaration = await holdDeclaration(tx, caller, declarationId, 'acts');
  const correction = await getCorrection(tx.sql, correctionId);
  const standing = correctionCase(correction, declaration);
  const decider = { id: caller.id, isLeader: holds(caller, 'county-leader') };
  const policy = await industryPolicy(tx.sql, caller, now);
  demandDecidable(standing, decider, approved ? 'approve' : 'refuse', policy);
  const fresh = approved ? correctedLines(standing) : [];
  const events = approved ? await apply(call, { declaration, correction, fresh }) : [];
  await tx.sql
    .updateTable('dividend_correction')
    .set({
      state: approved ? 'approved' : 'refused',
      checked_by_id: caller.id,
      checked_by: caller.name,
      checked_at: now,
      checked_policy_id: policy.dividends.id,
    })
    .where('id', '=', correctionId)
    .execute();
  const decided = await getCorrection(tx.sql, correctionId);
  call.audit.change(
    'dividend-line',
    correction.lineId,
    { correction: correctionId, state: correction.state },
    { correction: correctionId, state: decided.state, replacements: fresh },
  );
  for (const event of events) call.emit(event);
  return {
    correction: decided,
    declaration: await shownTo(tx.sql, { caller, now, language }, await getDeclaration(tx.sql, caller, declaration.id)),
  };
});

/** @throws Refusal 404 */
async function getCorrection(read: ReadSql<Tables>, id: string): Promise<CorrectionRow> {
  const found = await corrections(read).where('c.id', '=', id).executeTakeFirst();
  if (!found) throw notFound();
  return found;
}

/** Reverses the lines, puts those of the correction in their place and balances the households. */
async function apply(
  {
    tx,
    caller,
    now,
    kit,
  }: Pick<CommandCall<typeof contract.decideCorrection, Tables>, 'tx' | 'caller' | 'now' | 'kit'>,
  { declaration, correction, fresh }: Approved,
): Promise<NewEvent[]> {
  const { line, reason, newHouseholdNumber } = correction;
  const isMove = newHouseholdNumber !== line.householdNumber;
  const other = isMove ? correction.otherLine : null;
  const moved = isMove ? [await householdOf(tx.sql, declaration, newHouseholdNumber)] : [];
  const before = await findStandings(tx.sql, declaration.id, [line.householdId, ...moved]);
  for (const each of [line, ...(other ? [other] : [])]) {
    await reverseLine(tx, each.id, each.state === 'paid' ? 'paid' : 'void');
  }
  const numbers = new Map<string, number>();
  for (const { householdNumber, amountFen, postedFen, replaces } of fresh) {
    const basis = householdNumber === line.householdNumber ? line.id : (other ?? line).id;
    const made = { householdNumber, amountFen, postedFen, payableFen: amountFen, replaces, basis };
    numbers.set(householdNumber, await addLine(tx, kit.cipher, declaration.id, made));
  }
  const target = numbers.get(newHouseholdNumber);
  await noteReplaced(tx, line.id, numbers.get(line.householdNumber) ?? target);
  if (other) await noteReplaced(tx, other.id, target);
  const sums = await tx.sql
    .selectFrom('dividend_line as l')
    .where('l.declaration_id', '=', declaration.id)
    .where('l.counts', '=', true)
    .select(({ fn, ref }) => [
      fn.countAll<number>().as('lines'),
      sumOf(ref('l.base_fen')).as('base_fen'),
      sumOf(ref('l.second_fen')).as('second_fen'),
      sumOf(ref('l.amount_fen')).as('total_fen'),
    ])
    .executeTakeFirstOrThrow();
  await tx.sql.updateTable('declaration').set(sums).where('id', '=', declaration.id).execute();
  const { events } = await settleHouseholds(tx, declaration, before, {
    kind: 'corrected',
    reason,
    by: caller,
    now,
    newId: kit.newId,
    cipher: kit.cipher,
    lineOf: (householdId) => (householdId === line.householdId ? line.id : other?.id),
  });
  return events;
}

/** @throws Refusal 404 */
async function householdOf(
  read: ReadSql<Tables>,
  { contractId }: DeclarationRow,
  householdNumber: string,
): Promise<string> {
  const found = await read
    .selectFrom('contract_household')
    .where('contract_id', '=', contractId)
    .where('household_number', '=', householdNumber)
    .select('household_id as id')
    .executeTakeFirst();
  if (!found) throw notFound();
  return found.id;
}
