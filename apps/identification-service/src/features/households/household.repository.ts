import { countOf } from '@bangfu/data/count-of';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { type ExpressionBuilder, sql } from 'kysely';
import type { Tables } from '../../operations.ts';
import { placeNameOf } from '../place-name.ts';

type Of = ExpressionBuilder<Tables & { h: Tables['household'] }, 'h'>;

/** How many data-quality rules `household h` or a member of it breaks. */
export const breachesOf = (eb: Of) =>
  countOf(eb.selectFrom('quality_breach as b').whereRef('b.household_id', '=', 'h.id'));

const villageOf = (eb: Of) => eb.selectFrom('region as v').whereRef('v.id', '=', 'h.village_id');

/**
 * Households `h` as a list shows them; their places are looked up for the rows of a page only.
 * @param isPast whether another day than today is read, of which no problems are kept
 */
export const shownHouseholds = (read: ReadSql<Tables>, isPast = false) =>
  read
    .selectFrom('household as h')
    .select(['h.id', 'h.number', 'h.head_name as headName'])
    .select((eb) => [
      villageOf(eb)
        .innerJoin('region as t', 't.code', 'v.parent_code')
        .select('t.name')
        .$asScalar()
        .$notNull()
        .as('townshipName'),
      villageOf(eb)
        .select((v) => placeNameOf(v.ref('v.name')).as('name'))
        .$asScalar()
        .$notNull()
        .as('villageName'),
      (isPast ? sql<number | null>`null::integer` : sql<number | null>`${breachesOf(eb)}`).as('breaches'),
    ])
    .select(['h.village_code as villageCode', 'h.member_count as memberCount', 'h.status', 'h.category'])
    .select(['h.main_cause as mainCause', 'h.per_capita_income_fen as perCapitaIncomeFen']);
