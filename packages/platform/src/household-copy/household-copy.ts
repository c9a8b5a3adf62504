import type { Sql } from '@bangfu/data/sql';

/** A household as the other services know it. */
export interface HouseholdCopy {
  readonly id: string;
  readonly countyCode: string;
  readonly number: string;
  readonly villageCode: string;
  readonly villageName: string;
  readonly townshipName: string;
  readonly headName: string;
  readonly status: 'none' | 'registered' | 'exited' | 'returned';
  /** Watched against poverty with its risk not cleared, whatever its status. */
  readonly monitored: boolean;
  readonly category: string | null;
  readonly mainCause: string | null;
  readonly perCapitaIncomeFen: number | null;
  readonly memberCount: number;
  readonly members: readonly MemberCopy[];
}

/** A member on the wire: name and what set-based rules need, nothing sensitive. */
export interface MemberCopy {
  readonly personId: string;
  readonly name: string;
  readonly relation: string;
  readonly sex: 'male' | 'female' | null;
  readonly birthDate: string | null;
  readonly labour: string | null;
  readonly school: string | null;
  readonly health: readonly string[];
}

/** The columns of the copy by their names in code, for a query over `platform.household_copy h`. */
export const HOUSEHOLD_COPY_COLUMNS = `h.id::text AS id, h.county_code AS "countyCode", h.number,
  h.village_code AS "villageCode", h.village_name AS "villageName", h.township_name AS "townshipName",
  h.head_name AS "headName", h.status, h.monitored, h.category, h.main_cause AS "mainCause",
  h.per_capita_income_fen::float8 AS "perCapitaIncomeFen", h.member_count AS "memberCount", h.members`;

/**
 * Copies by id or number within a scope: village patterns, and the ids of households that look at themselves. Unknown,
 * withdrawn and foreign ones are left out.
 */
export async function findHouseholdCopies(
  sql: Sql,
  by: { ids: readonly string[] } | { numbers: readonly string[] },
  villagePatterns: readonly string[] | null,
  own: readonly string[] = [],
): Promise<HouseholdCopy[]> {
  const [picked, values] =
    'ids' in by ? ['h.id = ANY ($1::text[]::uuid[])', by.ids] : ['h.number = ANY ($1::text[])', by.numbers];
  return sql.query<HouseholdCopy>(
    `SELECT ${HOUSEHOLD_COPY_COLUMNS} FROM platform.household_copy h
     WHERE ${picked} AND NOT h.withdrawn
       AND ($2::text[] IS NULL OR h.village_code LIKE ANY ($2::text[]) OR h.id = ANY ($3::text[]::uuid[]))
     ORDER BY h.number`,
    [[...values], villagePatterns === null ? null : [...villagePatterns], [...own]],
  );
}
