import type { RosterProblem } from '@bangfu/domain/identification/roster/problem';
import {
  findTwice,
  groupHouseholds,
  type MemberRow,
  readHousehold,
} from '@bangfu/domain/identification/roster/read-household';
import type { Relation } from '@bangfu/domain/identification/roster/dictionaries';
import type { PoolClient } from '@bangfu/service-kit/db/pool';
import type { Cipher } from '@bangfu/service-kit/secrets/cipher';
import { addProblems, type StagedRoster } from './stage.ts';

/** Where a staged row stands. */
export interface PlacedRow {
  readonly sheet: string;
  readonly row: number;
  readonly number: string;
}

/**
 * The rules over whole households and the whole file: SQL picks the few rows a rule could speak of, the domain's rule
 * judges them. @returns how many problems the file has by itself
 */
export async function judgeRoster(client: PoolClient, staged: StagedRoster, cipher: Cipher): Promise<number> {
  await client.query('CREATE INDEX ON roster_row (number)');
  await client.query('ANALYZE roster_row');
  const problems = [...(await householdProblems(client, staged)), ...(await twiceProblems(client, staged, cipher))];
  await addProblems(client, problems, staged.problems);
  return staged.problems + problems.length;
}

async function householdProblems(client: PoolClient, staged: StagedRoster): Promise<RosterProblem[]> {
  const { rows } = await client.query<PlacedRow & { relation: Relation | null; stated_count: number | null }>(
    `WITH h AS (
       SELECT number, count(*) AS n, count(*) FILTER (WHERE relation = 'head') AS heads,
         (array_agg(stated_count ORDER BY (relation = 'head') DESC NULLS LAST, ordinal))[1] AS stated
       FROM roster_row WHERE number <> '' GROUP BY number)
     SELECT r.sheet, r.row, r.number, r.relation, r.stated_count FROM roster_row r JOIN h USING (number)
     WHERE h.heads <> 1 OR h.stated <> h.n ORDER BY r.number, r.ordinal`,
  );
  const members = rows.map(
    (row): MemberRow => ({
      sheet: row.sheet,
      row: row.row,
      householdNumber: row.number,
      relation: row.relation,
      memberCount: row.stated_count,
    }),
  );
  return [...groupHouseholds(members).values()].flatMap((household) => readHousehold(household, staged.columnsOf));
}

async function twiceProblems(client: PoolClient, staged: StagedRoster, cipher: Cipher): Promise<RosterProblem[]> {
  const { rows } = await client.query<PlacedRow & { id_sealed: Buffer }>(
    `SELECT sheet, row, number, id_sealed FROM roster_row WHERE id_index IN (
       SELECT id_index FROM roster_row WHERE id_index IS NOT NULL GROUP BY id_index HAVING count(*) > 1)
     ORDER BY ordinal`,
  );
  const identified = rows.map((row) => ({
    sheet: row.sheet,
    row: row.row,
    householdNumber: row.number,
    idNumber: cipher.open(row.id_sealed),
  }));
  return findTwice(identified, staged.columnsOf);
}
