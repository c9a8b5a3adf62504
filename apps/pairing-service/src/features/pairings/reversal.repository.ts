import type { AnswerOf } from '@bangfu/contracts/core/operation';
import { type getPairing, movePairingChange, withdrawPairingChange } from '@bangfu/contracts/pairing/pairings';
import { type ComingChange, comingChange, linkOn, type PairingChain } from '@bangfu/domain/pairing/pairing';
import { type BusinessDay, businessDayOf } from '@bangfu/domain/shared/time';
import type { NewEvent } from '@bangfu/events/catalog/define';
import type { Sql } from '@bangfu/data/sql';
import type { AuditEntry } from '@bangfu/platform/audit/entry';
import { instant } from '@bangfu/data/instant';
import { conflict } from '@bangfu/platform/http/refusal';
import { movedFacts, takenBackFacts } from './facts.ts';
import {
  type ChainChange,
  findChains,
  type HelperRow,
  type HouseholdRow,
  lockChain,
  lockHelpers,
  type StoreContext,
  storeChains,
} from './pairing.repository.ts';

/** A change to come of one household that is reversed. */
export interface Reversed {
  readonly householdId: string;
  /** The link that does not begin, or does not end. */
  readonly linkId: string;
  readonly change: ComingChange;
  readonly movedTo?: BusinessDay;
}

/** The last change of a chain on a day, as it is kept when it is reversed; null when none is to come. */
export function reversedOf(chain: PairingChain, today: BusinessDay): Reversed | null {
  const change = comingChange(chain, today);
  const linkId = chain.links.at(-1)?.id;
  return change && linkId !== undefined ? { householdId: chain.householdId, linkId, change } : null;
}

/** One household whose change is reversed: the change as it was decided, and the chain before and after. */
export interface ReversedHousehold extends ChainChange {
  readonly household: Pick<HouseholdRow, 'id' | 'countyCode'>;
  readonly reversed: Reversed;
}

interface ReverseContext extends StoreContext {
  readonly reason: string;
}

/** Writes what is taken back or moved, with what it was, and answers what is told of it. */
export async function storeReversals(
  sql: Sql,
  households: readonly ReversedHousehold[],
  context: ReverseContext,
): Promise<NewEvent[]> {
  await keepReversals(
    sql,
    households.map(({ reversed }) => reversed),
    context,
  );
  await storeChains(sql, households, context);
  const { helpers, now } = context;
  return households.flatMap(({ household, reversed: { change, movedTo }, after }) =>
    movedTo === undefined
      ? takenBackFacts(household, change, { helpers, keptSince: linkOn(after, businessDayOf(now))?.from ?? null })
      : movedFacts(household, change, { helpers, to: movedTo }),
  );
}

/** What the log says of one household's change that is taken back or moved. */
export function reversalEntry(
  { householdId, change, movedTo }: Reversed,
  { helpers, reason }: Pick<ReverseContext, 'helpers' | 'reason'>,
): Omit<AuditEntry, 'id'> {
  const { kind, day, helperId } = change;
  return {
    action: (movedTo === undefined ? withdrawPairingChange : movePairingChange).audit ?? '',
    recordType: 'household',
    recordId: householdId,
    change: {
      before: { kind, day, helper: helpers.get(helperId)?.name ?? '' },
      after: movedTo === undefined ? { withdrawn: true, reason } : { day: movedTo, reason },
    },
  };
}

/** Keeps changes as they were beside who reverses them; before the chains are written, which forget them. */
export async function keepReversals(
  sql: Sql,
  reversed: readonly Reversed[],
  { caller, now, newId, reason }: Pick<ReverseContext, 'caller' | 'now' | 'newId' | 'reason'>,
): Promise<void> {
  const rows = reversed.map(({ householdId, linkId, change, movedTo }) => ({
    id: newId(now),
    household: householdId,
    link: linkId,
    kind: change.kind,
    cadre: change.helperId,
    previous: change.previousId,
    day: change.day,
    to: movedTo ?? null,
    why: change.reason,
  }));
  await sql.query(
    `INSERT INTO pairing_reversal (id, county_code, household_id, kind, link_id, cadre_id, previous_id, day, moved_to,
       change_reason, made_by_id, made_by_name, reason, account_id, account_name, reversed_at)
     SELECT r.id, l.county_code, r.household, r.kind, r.link, r.cadre, r.previous, r.day, r."to", r.why,
       CASE r.kind WHEN 'end' THEN l.ended_by_id ELSE l.account_id END,
       CASE r.kind WHEN 'end' THEN l.ended_by_name ELSE l.account_name END, $2, $3, $4, $5
     FROM jsonb_to_recordset($1::jsonb) AS r (id uuid, household uuid, link uuid, kind text, cadre uuid, previous uuid,
       day date, "to" date, why text) JOIN pairing_link l ON l.id = r.link`,
    [JSON.stringify(rows), reason, caller.id, caller.name, now],
  );
}

/** What was reversed of a household's changes, latest first. */
export function findReversals(sql: Sql, householdId: string): Promise<AnswerOf<typeof getPairing>['reversals']> {
  return sql.query(
    `SELECT r.kind, r.day::text AS day, r.moved_to::text AS "movedTo", c.name AS "helperName",
       r.made_by_name AS "madeByName", r.reason, r.account_name AS "accountName", ${instant('r.reversed_at')} AS at
     FROM pairing_reversal r JOIN cadre c ON c.id = r.cadre_id
     WHERE r.household_id = $1::uuid ORDER BY r.reversed_at DESC, r.recorded_at DESC, r.id DESC`,
    [householdId],
  );
}

/** The helpers of the change to come of a chain. */
export const helpersOfChange = (change: ComingChange | null): string[] =>
  change ? [change.helperId, ...(change.previousId === null ? [] : [change.previousId])] : [];

/**
 * The chain of a household with a change to come, locked after the helpers of the change.
 * @throws Refusal 409 when the change is another one than the page showed; a chain without one is the rule's matter
 */
export async function lockComing(
  sql: Sql,
  householdId: string,
  { day, today }: { readonly day: string; readonly today: BusinessDay },
): Promise<{ chain: PairingChain; helpers: Map<string, HelperRow> }> {
  const seen = (await findChains(sql, [householdId])).get(householdId);
  const ids = helpersOfChange(seen ? comingChange(seen, today) : null);
  const helpers = await lockHelpers(sql, ids);
  const chain = await lockChain(sql, householdId);
  const change = comingChange(chain, today);
  const isSame = change?.day === day && helpersOfChange(change).join() === ids.join();
  if (change && !isSame) throw conflict({ day: change.day, kind: change.kind });
  return { chain, helpers };
}
