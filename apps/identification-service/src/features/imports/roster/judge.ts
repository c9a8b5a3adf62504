import { problemAt, type RosterProblem } from '@bangfu/domain/identification/roster/problem';
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

interface PlacedRow {
  readonly sheet: string;
  readonly row: number;
  readonly number: string;
}

/**
 * The rules over whole households, the whole file and the register: SQL picks the few rows a rule could speak of, the
 * domain's rule judges them. Then every household with an error is held back.
 */
export async function judgeRoster(
  client: PoolClient,
  staged: StagedRoster,
  countyCode: string,
  cipher: Cipher,
): Promise<void> {
  await client.query('CREATE INDEX ON roster_row (number)');
  await client.query('ANALYZE roster_row');
  const problems = [
    ...(await householdProblems(client, staged)),
    ...(await twiceProblems(client, staged, cipher)),
    ...(await elsewhereProblems(client, staged, countyCode, cipher)),
  ];
  await addProblems(client, problems, staged.problems);
  await client.query(
    `INSERT INTO roster_held SELECT DISTINCT household FROM roster_problem WHERE severity = 'error' AND household <> ''`,
  );
  await client.query('ANALYZE roster_held');
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

/** A person of another household of the register is a move when the file brings that household too, without him. */
async function elsewhereProblems(
  client: PoolClient,
  staged: StagedRoster,
  countyCode: string,
  cipher: Cipher,
): Promise<RosterProblem[]> {
  const { rows } = await client.query<PlacedRow & { id_sealed: Buffer }>(
    `SELECT r.sheet, r.row, r.number, r.id_sealed
     FROM roster_row r
     JOIN person p ON p.county_code = $1 AND p.id_index = r.id_index
     JOIN household h ON h.id = p.household_id AND h.number <> r.number
     WHERE r.number <> '' AND NOT EXISTS (SELECT 1 FROM roster_row o WHERE o.number = h.number)
     ORDER BY r.ordinal`,
    [countyCode],
  );
  return rows.map((row) =>
    problemAt(
      { sheet: row.sheet, row: row.row, column: staged.columnsOf(row.sheet).idNumber, household: row.number },
      'PERSON_ELSEWHERE',
      cipher.open(row.id_sealed),
    ),
  );
}
