import type { AnswerOf } from '@bangfu/contracts/core/operation';
import type { getPairing } from '@bangfu/contracts/pairing/pairings';
import { type ComingChange, comingChange, linkOn, type PairingChain } from '@bangfu/domain/pairing/pairing';
import { type BusinessDay, businessDayOf } from '@bangfu/domain/shared/time';
import type { NewEvent } from '@bangfu/events/catalog/define';
import { insertMany } from '@bangfu/data/insert-many';
import { instantOf } from '@bangfu/data/instant';
import { amongIds } from '@bangfu/data/scope';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { conflict } from '@bangfu/platform/http/refusal';
import type { Kysely } from 'kysely';
import type { Tables } from '../../operations.ts';
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
  write: Kysely<Tables>,
  households: readonly ReversedHousehold[],
  context: ReverseContext,
): Promise<NewEvent[]> {
  await keepReversals(
    write,
    households.map(({ reversed }) => reversed),
    context,
  );
  await storeChains(write, households, context);
  const { helpers, now } = context;
  return households.flatMap(({ household, reversed: { change, movedTo }, after }) =>
    movedTo === undefined
      ? takenBackFacts(household, change, { helpers, keptSince: linkOn(after, businessDayOf(now))?.from ?? null })
      : movedFacts(household, change, { helpers, to: movedTo }),
  );
}

/** What the log says of one household's change that is taken back or moved. */
export function reversalLogged(
  { change: { kind, day, helperId }, movedTo }: Reversed,
  { helpers, reason }: Pick<ReverseContext, 'helpers' | 'reason'>,
) {
  return {
    before: { kind, day, helper: helpers.get(helperId)?.name ?? '' },
    after: movedTo === undefined ? { withdrawn: true, reason } : { day: movedTo, reason },
  };
}

/** Keeps changes as they were beside who reverses them; before the chains are written, which forget them. */
export async function keepReversals(
  write: Kysely<Tables>,
  reversed: readonly Reversed[],
  { caller, now, newId, reason }: Pick<ReverseContext, 'caller' | 'now' | 'newId' | 'reason'>,
): Promise<void> {
  const links = await write
    .selectFrom('pairing_link as l')
    .where((eb) =>
      amongIds(
        eb.ref('l.id'),
        reversed.map(({ linkId }) => linkId),
      ),
    )
    .select(['l.id', 'l.county_code', 'l.account_id', 'l.account_name', 'l.ended_by_id', 'l.ended_by_name'])
    .execute();
  const linkOf = new Map(links.map((link) => [link.id, link]));
  const rows = reversed.flatMap(({ householdId, linkId, change, movedTo }) => {
    const link = linkOf.get(linkId);
    if (!link) return [];
    const isEnd = change.kind === 'end';
    return [
      {
        id: newId(now),
        county_code: link.county_code,
        household_id: householdId,
        kind: change.kind,
        link_id: linkId,
        cadre_id: change.helperId,
        previous_id: change.previousId,
        day: change.day,
        moved_to: movedTo ?? null,
        change_reason: change.reason,
        made_by_id: isEnd ? link.ended_by_id : link.account_id,
        made_by_name: isEnd ? link.ended_by_name : link.account_name,
        reason,
        account_id: caller.id,
        account_name: caller.name,
        reversed_at: now,
      },
    ];
  });
  await insertMany(write, 'pairing_reversal', rows);
}

/** What was reversed of a household's changes, latest first. */
export const findReversals = (
  read: ReadSql<Tables>,
  householdId: string,
): Promise<AnswerOf<typeof getPairing>['reversals']> =>
  read
    .selectFrom('pairing_reversal as r')
    .innerJoin('cadre as c', 'c.id', 'r.cadre_id')
    .where('r.household_id', '=', householdId)
    .orderBy('r.reversed_at', 'desc')
    .orderBy('r.recorded_at', 'desc')
    .orderBy('r.id', 'desc')
    .select(['r.kind', 'r.day', 'r.moved_to as movedTo', 'c.name as helperName', 'r.made_by_name as madeByName'])
    .select(['r.reason', 'r.account_name as accountName'])
    .select((eb) => instantOf(eb.ref('r.reversed_at')).as('at'))
    .execute();

/** The helpers of the change to come of a chain. */
export const helpersOfChange = (change: ComingChange | null): string[] =>
  change ? [change.helperId, ...(change.previousId === null ? [] : [change.previousId])] : [];

/**
 * The chain of a household with a change to come, locked after the helpers of the change.
 * @throws Refusal 409 when the change is another one than the page showed; a chain without one is the rule's matter
 */
export async function lockComing(
  write: Kysely<Tables>,
  householdId: string,
  { day, today }: { readonly day: string; readonly today: BusinessDay },
): Promise<{ chain: PairingChain; helpers: Map<string, HelperRow> }> {
  const seen = (await findChains(write, [householdId])).get(householdId);
  const ids = helpersOfChange(seen ? comingChange(seen, today) : null);
  const helpers = await lockHelpers(write, ids);
  const chain = await lockChain(write, householdId);
  const change = comingChange(chain, today);
  const isSame = change?.day === day && helpersOfChange(change).join() === ids.join();
  if (change && !isSame) throw conflict({ day: change.day, kind: change.kind });
  return { chain, helpers };
}
