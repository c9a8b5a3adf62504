import type { QueryOf } from '@bangfu/contracts/core/operation';
import * as contract from '@bangfu/contracts/pairing/pairings';
import type { PolicyContent } from '@bangfu/contracts/pairing/policies';
import { makeVisit } from '@bangfu/contracts/pairing/visits';
import { orderOf } from '@bangfu/data/typed-order';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { demandVisitBegun } from '@bangfu/domain/pairing/visit';
import { refusalOf } from '@bangfu/domain/shared/errors';
import { type RegionCode, scopePrefix } from '@bangfu/domain/shared/region';
import { type BusinessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { type Caller, readsMasked } from '@bangfu/platform/auth/caller';
import { pageOfList } from '@bangfu/platform/http/typed-page';
import { beginsName, beginsNumber, searchPattern } from '@bangfu/platform/search/name-search';
import { stepsWithin } from '@bangfu/platform/steps';
import { sql } from 'kysely';
import { householdVisible } from '../../../db/visible.ts';
import { query, type Tables } from '../../../operations.ts';
import { STEP_WORDS } from '../../../steps.ts';
import { policyOn, SHIPPED } from '../../policy/policy.repository.ts';
import { findOwnPairings } from '../../visits/own-pairing.ts';
import { comingDay, lastVisit, pairedHouseholds, shownPairing, standingBySql } from '../standing.ts';

type Asked = QueryOf<typeof contract.listPairings>;
/** The orders are of columns, whatever the day. */
const ANY_DAY = '' as BusinessDay;
type Found = ReturnType<typeof pairedHouseholds>;

/** Households with where their visits stand. It is computed for each of them, so only where it is needed. */
const withStanding = (found: Found, today: BusinessDay, policy: PolicyContent['visits']) =>
  found.innerJoinLateral(
    (eb) => standingBySql(eb, today, policy).as('standing'),
    (join) => join.onTrue(),
  );
const from = (read: ReadSql<Tables>) => withStanding(pairedHouseholds(read, ANY_DAY), ANY_DAY, SHIPPED.content.visits);

const ORDER = orderOf<Asked>()(from, ({ text, name, person, number, day, stage, id }) => ({
  columns: {
    number: text('h.number'),
    headName: person('h.head_name'),
    villageName: text('h.village_code'),
    memberCount: number('h.member_count'),
    status: stage('h.status', contract.HOUSEHOLD_STATUSES),
    mainCause: { ...text('h.main_cause'), nullable: true },
    'helper.name': { ...name('c.name'), nullable: true },
    'helper.unitName': { ...name('u.name'), nullable: true },
    'helper.since': { ...day('l.valid_from'), nullable: true },
    'coming.day': { ...day(comingDay), nullable: true },
    'visits.lastVisit': { ...day(lastVisit), nullable: true },
    'visits.overdueDays': {
      ...number((eb) => sql`case when ${eb.ref('l.id')} is not null then ${eb.ref('standing.overdueDays')} end`),
      nullable: true,
    },
  },
  own: [text('h.number'), id('h.id')],
}));

/** The households a caller sees that are asked for, but for where their visits stand. */
function foundHouseholds(read: ReadSql<Tables>, caller: Caller, asked: Asked, today: BusinessDay) {
  const { state, region, unit, helper } = asked;
  const pattern = searchPattern(asked.search);
  let found = pairedHouseholds(read, today).where((eb) => householdVisible(eb, caller, today));
  if (state === 'all') {
    found = found.where((eb) =>
      eb.or([eb('h.status', '<>', 'none'), eb('h.monitored', '=', true), eb('l.id', 'is not', null)]),
    );
  } else if (state === 'without') {
    found = found.where('l.id', 'is', null).where('h.status', 'in', ['registered', 'returned']);
  } else if (state === 'coming') {
    found = found.where((eb) => eb(comingDay(eb), 'is not', null));
  } else {
    found = found.where('l.id', 'is not', null);
  }
  if (region !== undefined) found = found.where('h.village_code', 'like', `${scopePrefix(region as RegionCode)}%`);
  if (pattern !== null) {
    found = found.where((eb) =>
      eb.or([
        beginsNumber(eb.ref('h.number'), pattern),
        beginsName(eb.ref('h.head_name'), pattern),
        beginsName(eb.ref('c.name'), pattern),
        beginsName(eb.ref('h.village_name'), pattern),
      ]),
    );
  }
  if (unit !== undefined) found = found.where('l.unit_id', '=', unit);
  if (helper !== undefined) found = found.where('l.cadre_id', '=', helper);
  return found;
}

/** Of those with a standing the ones that wait for a visit, where these are asked for. */
function waiting(found: ReturnType<typeof withStanding>, state: Asked['state']) {
  if (state === 'overdue') return found.where('standing.overdueDays', '>', 0);
  if (state !== 'due') return found;
  return found.where((eb) => eb.or([eb('standing.dueBy', 'is not', null), eb('standing.overdueDays', '>', 0)]));
}

/** One page of households with their helpers and where their visits stand, by number. */
export async function findPairings(read: ReadSql<Tables>, caller: Caller, asked: Asked, now: Date) {
  const today = businessDayOf(now);
  const { content } = await policyOn(read, caller.countyCode, today);
  const found = foundHouseholds(read, caller, asked, today);
  const { state, sort } = asked;
  const isByDue = sort?.endsWith('visits.overdueDays') ?? false;
  const isMasked = readsMasked(caller);
  const page =
    state === 'overdue' || state === 'due' || isByDue
      ? await pageOfList(waiting(withStanding(found, today, content.visits), state), ORDER, asked, isMasked)
      : await pageOfList(found, ORDER, asked, isMasked);
  return { ...page, rows: page.rows.map((row) => shownPairing(row, today, content.visits)) };
}

/** One page of households, each with whether the reader may record a visit there now. */
export const listPairings = query(contract.listPairings, async (call) => {
  const { read, caller, now } = call;
  const page = await findPairings(read, caller, call.query, now);
  const ids = page.rows.map(({ householdId }) => householdId);
  const today = businessDayOf(now);
  let own: Awaited<ReturnType<typeof findOwnPairings>> = new Map();
  const offered = await stepsWithin(call, STEP_WORDS, { visit: makeVisit }, async (as) => {
    own = await findOwnPairings(read, as, ids, { day: today, today });
    return new Set(ids);
  });
  const refusal = (id: string) => refusalOf(() => demandVisitBegun(own.get(id)?.from ?? null, today));
  return {
    ...page,
    rows: page.rows.map((row) => ({ ...row, steps: offered(row.householdId, () => refusal(row.householdId)) })),
  };
});
