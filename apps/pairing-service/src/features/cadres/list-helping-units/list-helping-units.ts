import type { QueryOf } from '@bangfu/contracts/core/operation';
import * as contract from '@bangfu/contracts/pairing/cadres';
import { countOf } from '@bangfu/data/count-of';
import { orderOf } from '@bangfu/data/typed-order';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { type BusinessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { pageOfList } from '@bangfu/platform/http/typed-page';
import { holdsName, searchPattern } from '@bangfu/platform/search/name-search';
import { stepsWithin } from '@bangfu/platform/steps';
import { type ExpressionBuilder, sql } from 'kysely';
import { jsonArrayFrom } from 'kysely/helpers/postgres';
import { helpsOn } from '../../../db/helps.ts';
import { unitVisible } from '../../../db/visible.ts';
import { query, type Tables } from '../../../operations.ts';
import { STEP_WORDS } from '../../../steps.ts';
import { keepsSeat } from '../unit.repository.ts';

type OfUnit = ExpressionBuilder<Tables & { u: Tables['unit'] }, 'u'>;

const cadresIn = (eb: OfUnit) =>
  countOf(eb.selectFrom('cadre as c').whereRef('c.unit_id', '=', 'u.id').where('c.active', '=', true));
const householdsOf = (eb: OfUnit, today: BusinessDay) =>
  countOf(
    eb
      .selectFrom('pairing_link as l')
      .whereRef('l.unit_id', '=', 'u.id')
      .where((l) => helpsOn(l, 'l', today)),
  );

const units = (today: BusinessDay) => (read: ReadSql<Tables>) =>
  read
    .selectFrom('unit as u')
    .select(['u.id', 'u.name', 'u.seat_code as seatCode', 'u.version'])
    .select((eb) => [
      jsonArrayFrom(
        eb
          .selectFrom('region_copy as r')
          .where((r) => sql<boolean>`${r.ref('r.code')} = any (${r.ref('u.village_codes')})`)
          .orderBy('r.code')
          .select(['r.code', 'r.name']),
      ).as('villages'),
      cadresIn(eb).as('cadres'),
      householdsOf(eb, today).as('households'),
    ]);

const orderOn = (today: BusinessDay) =>
  orderOf<QueryOf<typeof contract.listHelpingUnits>>()(units(today), ({ name, number, id }) => ({
    columns: {
      name: name('u.name'),
      cadres: number(cadresIn),
      households: number((eb) => householdsOf(eb, today)),
    },
    own: [name('u.name'), id('u.id')],
  }));

/** The helping units within the scope by name, each with what the reader may do with it now. */
export const listHelpingUnits = query(contract.listHelpingUnits, async (call) => {
  const { read, caller, query: asked } = call;
  const today = businessDayOf(call.now);
  const found = units(today)(read)
    .where('u.county_code', '=', caller.countyCode)
    .where((eb) => holdsName(eb.ref('u.name'), searchPattern(asked.search)))
    .where((eb) => unitVisible(eb, caller, today));
  const page = await pageOfList(found, orderOn(today), asked);
  const kept = async (as: typeof caller) =>
    new Set(page.rows.filter(({ seatCode }) => keepsSeat(as, seatCode)).map(({ id }) => id));
  const offered = await stepsWithin(call, STEP_WORDS, { change: contract.changeHelpingUnit }, kept);
  return { ...page, rows: page.rows.map((row) => ({ ...row, steps: offered(row.id, () => null) })) };
});
