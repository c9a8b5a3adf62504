import { type Expression, type RawBuilder, sql } from 'kysely';

/** What a village is called officially and nobody says. */
const OFFICIAL = `'(村民委员会|居民委员会|村委会|居委会)$'`;

/** A village's name as people say it, of the region row `v` (domain/shared/region, `placeName`, in SQL). */
export const PLACE_NAME = `regexp_replace(v.name, ${OFFICIAL}, '')`;

/** As `PLACE_NAME`, of an expression. */
export const placeNameOf = (name: Expression<string>): RawBuilder<string> =>
  sql<string>`regexp_replace(${name}, ${sql.raw(OFFICIAL)}, '')`;
