import type { QueryOf } from '@bangfu/contracts/core/operation';
import * as contract from '@bangfu/contracts/pairing/visits';
import { orderOf } from '@bangfu/data/typed-order';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { type RegionCode, scopePrefix } from '@bangfu/domain/shared/region';
import { type BusinessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { type Caller, readsMasked } from '@bangfu/platform/auth/caller';
import { pageOfList } from '@bangfu/platform/http/typed-page';
import { beginsName, beginsNumber, searchPattern } from '@bangfu/platform/search/name-search';
import { query, type Tables } from '../../../operations.ts';
import { keptVisits, shownVisit, visitVisible } from '../visit.repository.ts';

type Asked = QueryOf<typeof contract.listVisits>;

const ORDER = orderOf<Asked>()(keptVisits, ({ text, person, name, instant, id }) => ({
  columns: {
    number: text('h.number'),
    headName: person('h.head_name'),
    villageName: text('h.village_code'),
    helperName: name('c.name'),
    unitName: name('u.name'),
    at: instant('v.at'),
    receivedAt: instant('v.received_at'),
  },
  own: [
    { ...instant('v.at'), down: true },
    { ...id('v.id'), down: true },
  ],
}));

function foundVisits(read: ReadSql<Tables>, caller: Caller, asked: Asked, today: BusinessDay) {
  const { region, household, helper } = asked;
  const pattern = searchPattern(asked.search);
  let found = keptVisits(read).where((eb) => visitVisible(eb, caller, today));
  if (region !== undefined) found = found.where('h.village_code', 'like', `${scopePrefix(region as RegionCode)}%`);
  if (household !== undefined) found = found.where('v.household_id', '=', household);
  if (helper !== undefined) found = found.where('v.cadre_id', '=', helper);
  if (asked.from !== undefined) found = found.where('v.day', '>=', asked.from);
  if (asked.to !== undefined) found = found.where('v.day', '<=', asked.to);
  if (pattern === null) return found;
  return found.where((eb) =>
    eb.or([
      beginsNumber(eb.ref('h.number'), pattern),
      beginsName(eb.ref('h.head_name'), pattern),
      beginsName(eb.ref('c.name'), pattern),
    ]),
  );
}

/** One page of visits within the scope as they are kept, latest first. */
export const findVisits = (read: ReadSql<Tables>, caller: Caller, asked: Asked, now: Date) =>
  pageOfList(foundVisits(read, caller, asked, businessDayOf(now)), ORDER, asked, readsMasked(caller));

/** Visits within the scope, latest first. */
export const listVisits = query(contract.listVisits, async ({ read, caller, query: asked, now, kit }) => {
  const page = await findVisits(read, caller, asked, now);
  return { ...page, rows: page.rows.map((row) => shownVisit(row, kit.cipher)) };
});
