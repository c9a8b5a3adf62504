import { problemAt, type RosterCode, type RosterProblem } from '@bangfu/domain/identification/roster/problem';
import type { HouseholdColumns } from '@bangfu/domain/identification/roster/read-household';
import type { PoolClient } from '@bangfu/service-kit/db/pool';
import { likeAny } from '@bangfu/service-kit/db/scope';
import type { Cipher } from '@bangfu/service-kit/secrets/cipher';
import { hasColumn } from './compare.ts';
import type { PlacedRow } from './judge.ts';
import { addProblems, type StagedRoster } from './stage.ts';
import { rosterWord } from './stage-row.ts';

/** The register an import writes into, and the part of it that may be written. */
export interface Writable {
  readonly county: string;
  readonly prefixes: readonly string[];
}

/**
 * The rules about what the register holds already; judged anew whenever it has changed. Then every household with an
 * error is held back.
 * @param position how many problems the file has by itself; those of an earlier look at the register are replaced
 */
export async function judgeAgainstRegister(
  client: PoolClient,
  staged: StagedRoster,
  writable: Writable,
  cipher: Cipher,
  position: number,
): Promise<void> {
  const problems = [
    ...(await outsideProblems(client, staged, writable)),
    ...(await elsewhereProblems(client, staged, writable, cipher)),
    ...(await proceduralProblems(client, staged, writable.county)),
  ];
  await client.query('DELETE FROM roster_problem WHERE position >= $1', [position]);
  await addProblems(client, problems, position);
  await client.query('TRUNCATE roster_held');
  await client.query(
    `INSERT INTO roster_held SELECT DISTINCT household FROM roster_problem WHERE severity = 'error' AND household <> ''`,
  );
  await client.query('ANALYZE roster_held');
}

const isWholeCounty = ({ county, prefixes }: Writable) => prefixes.some((prefix) => county.startsWith(prefix));

function problem(
  staged: StagedRoster,
  row: PlacedRow,
  column: keyof HouseholdColumns,
  code: RosterCode,
  value: string,
): RosterProblem {
  const place = { sheet: row.sheet, row: row.row, column: staged.columnsOf(row.sheet)[column], household: row.number };
  return problemAt(place, code, value);
}

/** Rows of villages the caller is not in charge of, and of households that stand in such a village until now. */
async function outsideProblems(client: PoolClient, staged: StagedRoster, writable: Writable): Promise<RosterProblem[]> {
  if (isWholeCounty(writable)) return [];
  const { rows } = await client.query<PlacedRow & { village: string | null }>(
    `SELECT r.sheet, r.row, r.number, v.name AS village
     FROM roster_row r
       LEFT JOIN region v ON v.code = r.village_code AND NOT (r.village_code LIKE ANY ($2))
       LEFT JOIN household h ON h.county_code = $1 AND h.number = r.number AND NOT (h.village_code LIKE ANY ($2))
     WHERE r.number <> '' AND (v.id IS NOT NULL OR h.id IS NOT NULL) ORDER BY r.ordinal`,
    [writable.county, likeAny(writable.prefixes)],
  );
  return rows.map((row) =>
    row.village === null
      ? problem(staged, row, 'householdNumber', 'OUTSIDE_SCOPE', row.number)
      : problem(staged, row, 'village', 'OUTSIDE_SCOPE', row.village),
  );
}

/**
 * A person of another household of the register is a move when the file brings that household too, without him, and
 * the caller is in charge of it.
 */
async function elsewhereProblems(
  client: PoolClient,
  staged: StagedRoster,
  writable: Writable,
  cipher: Cipher,
): Promise<RosterProblem[]> {
  const { rows } = await client.query<PlacedRow & { id_sealed: Buffer; code: 'PERSON_ELSEWHERE' | 'OUTSIDE_SCOPE' }>(
    `SELECT sheet, row, number, id_sealed, CASE WHEN brought THEN 'OUTSIDE_SCOPE' ELSE 'PERSON_ELSEWHERE' END AS code
     FROM (
       SELECT r.ordinal, r.sheet, r.row, r.number, r.id_sealed, h.village_code LIKE ANY ($2) AS inside,
         EXISTS (SELECT 1 FROM roster_row o WHERE o.number = h.number) AS brought
       FROM roster_row r
       JOIN person p ON p.county_code = $1 AND p.id_index = r.id_index
       JOIN household h ON h.id = p.household_id AND h.number <> r.number
       WHERE r.number <> '') elsewhere
     WHERE NOT (brought AND inside) ORDER BY ordinal`,
    [writable.county, likeAny(writable.prefixes)],
  );
  return rows.map((row) => problem(staged, row, 'idNumber', row.code, cipher.open(row.id_sealed)));
}

/** The procedures whose announcement sets a household's status. */
const ANNOUNCED = `c.status = 'completed' AND c.kind IN ('registration', 'exit', 'return')`;

/**
 * A status that was announced stays, whatever the roster says: `status` becomes the register's, and what the roster
 * said is reported on the head's row.
 */
async function proceduralProblems(client: PoolClient, staged: StagedRoster, county: string): Promise<RosterProblem[]> {
  await client.query(
    `UPDATE roster_row r SET said_status = coalesce(r.said_status, r.status), status = h.status
     FROM household h WHERE h.county_code = $1 AND h.number = r.number AND r.status <> h.status
       AND ${hasColumn(staged, 'povertyStatus', 'r')}
       AND h.id IN (SELECT c.household_id FROM case_file c WHERE ${ANNOUNCED})`,
    [county],
  );
  const { rows } = await client.query<PlacedRow & { said: string }>(
    `SELECT sheet, row, number, said_status AS said FROM roster_row
     WHERE relation = 'head' AND said_status <> status ORDER BY ordinal`,
  );
  return rows.map((row) => problem(staged, row, 'povertyStatus', 'STATUS_PROCEDURAL', rosterWord(row.said)));
}
