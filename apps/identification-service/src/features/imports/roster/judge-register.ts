import { RELATION } from '@bangfu/domain/identification/roster/dictionaries';
import { problemAt, type RosterCode, type RosterProblem } from '@bangfu/domain/identification/roster/problem';
import type { HouseholdColumns } from '@bangfu/domain/identification/roster/read-household';
import { nameKeySql } from '@bangfu/domain/shared/normalise';
import type { PoolClient } from '@bangfu/data/pool';
import { likeAny } from '@bangfu/data/scope';
import type { Cipher } from '@bangfu/platform/secrets/cipher';
import { hasColumn } from './compare.ts';
import { keepUnsaid, keepUnsaidOfSame } from './keep-unsaid.ts';
import type { PlacedRow } from './judge.ts';
import { addProblems, type StagedRoster } from './stage.ts';
import { rosterWord } from './stage-row.ts';
import { PERSON_ID } from '../../../db/sealed.ts';

/** The register an import writes into, and the part of it that may be written. */
export interface Writable {
  readonly county: string;
  /** The day that the file describes. */
  readonly asOf: string;
  readonly prefixes: readonly string[];
}

/**
 * The rules about what the register holds already, and about each household as it will be; judged again whenever the
 * register has changed. Then every household with an error is held back.
 * @param position how many problems the file has by itself; those of an earlier look at the register are replaced
 * @returns how many of the file's persons were found outside the importer's area
 */
export async function judgeAgainstRegister(
  client: PoolClient,
  staged: StagedRoster,
  writable: Writable,
  cipher: Cipher,
  position: number,
  importId: string,
): Promise<number> {
  await client.query('DELETE FROM roster_problem WHERE position >= $1', [position]);
  await client.query('TRUNCATE roster_held');
  const nameless = await keepUnsaid(client, writable.county);
  const problems = [
    ...nameless.map((row) => problem(staged, row, 'name', 'REQUIRED_EMPTY', '')),
    ...(await outsideProblems(client, staged, writable)),
    ...(await newerProblems(client, staged, writable)),
    ...(await proceduralProblems(client, staged, writable.county)),
  ];
  await addProblems(client, problems, position);
  let held = await holdBack(client);
  const found = position + problems.length;
  // Who is held back does not move and does not leave: each household that waits may make another one wait.
  for (;;) {
    await client.query('DELETE FROM roster_problem WHERE position >= $1', [found]);
    const { problems: elsewhere, outside } = await elsewhereProblems(client, staged, writable, cipher);
    const dependent = [
      ...elsewhere,
      ...(await changedIdProblems(client, staged, writable, cipher, importId)),
      ...(await secondHeadProblems(client, staged, writable)),
      ...(await registerNumberProblems(client, staged, writable)),
    ];
    await addProblems(client, dependent, found);
    const before = held;
    held = await holdBack(client);
    if (held > before) continue;
    await keepUnsaidOfSame(client);
    return outside;
  }
}

/** Holds back every household with an error. @returns how many */
async function holdBack(client: PoolClient): Promise<number> {
  await client.query(
    `INSERT INTO roster_held SELECT DISTINCT household FROM roster_problem WHERE severity = 'error' AND household <> ''
     ON CONFLICT DO NOTHING`,
  );
  await client.query('ANALYZE roster_held');
  const { rows } = await client.query<{ n: number }>('SELECT count(*) AS n FROM roster_held');
  return rows[0]?.n ?? 0;
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
 * Households of which a later day is known: by a change or by a file that described them. What an older file says of
 * them does not come in.
 */
async function newerProblems(client: PoolClient, staged: StagedRoster, writable: Writable): Promise<RosterProblem[]> {
  const { rows } = await client.query<PlacedRow & { day: string }>(
    `SELECT r.sheet, r.row, r.number, k.day::text AS day FROM roster_row r
       JOIN household h ON h.county_code = $1 AND h.number = r.number AND h.village_code LIKE ANY ($3)
       CROSS JOIN LATERAL (
         SELECT greatest(h.valid_from, (
           SELECT max(c.day) FROM import_confirmation c JOIN roster_import i ON i.id = c.import_id
           WHERE c.household_id = h.id AND i.state = 'committed')) AS day) k
     WHERE r.relation = 'head' AND k.day > $2::date ORDER BY r.ordinal`,
    [writable.county, writable.asOf, likeAny(writable.prefixes)],
  );
  return rows.map((row) => problem(staged, row, 'householdNumber', 'HOUSEHOLD_NEWER', row.day));
}

/**
 * A person of another household of the register is a move when the file brings that household too, without him, it is
 * not held back, and the caller is in charge of it. Of a household the caller is not in charge of, nothing is said.
 */
async function elsewhereProblems(
  client: PoolClient,
  staged: StagedRoster,
  writable: Writable,
  cipher: Cipher,
): Promise<{ problems: RosterProblem[]; outside: number }> {
  const { rows } = await client.query<PlacedRow & { id_sealed: Buffer; sealed_for: string; inside: boolean }>(
    `SELECT sheet, row, number, id_sealed, sealed_for, inside FROM (
       SELECT r.ordinal, r.sheet, r.row, r.number, r.id_sealed, r.sealed_for, h.village_code LIKE ANY ($2) AS inside,
         EXISTS (SELECT 1 FROM roster_row o WHERE o.number = h.number)
           AND NOT EXISTS (SELECT 1 FROM roster_held x WHERE x.number = h.number) AS brought
       FROM roster_row r
       JOIN person p ON p.county_code = $1 AND p.id_index = r.id_index
       JOIN household h ON h.id = p.household_id AND h.number <> r.number
       WHERE r.number <> '') elsewhere
     WHERE NOT (brought AND inside) ORDER BY ordinal`,
    [writable.county, likeAny(writable.prefixes)],
  );
  const idOf = (row: (typeof rows)[number]) => cipher.open(PERSON_ID, row.sealed_for, row.id_sealed);
  const problems = rows.map((row) => problem(staged, row, 'idNumber', 'PERSON_ELSEWHERE', row.inside ? idOf(row) : ''));
  return { problems, outside: rows.filter(({ inside }) => !inside).length };
}

const sameName = (one: string, other: string) => `${nameKeySql(one)} = ${nameKeySql(other)}`;

/**
 * Somebody new to the register in a household that has a member of his name or person number whom the file does not
 * mention: offered as the same person under a corrected ID number, until the clerk has said which it is.
 */
async function changedIdProblems(
  client: PoolClient,
  staged: StagedRoster,
  writable: Writable,
  cipher: Cipher,
  importId: string,
): Promise<RosterProblem[]> {
  await client.query('TRUNCATE roster_same');
  const { rows } = await client.query<
    PlacedRow & { id: string; old_sealed: Buffer; sealed_for: string; id_sealed: Buffer }
  >(
    `WITH offered AS (
       SELECT DISTINCT ON (r.ordinal) r.ordinal, r.sheet, r.row, r.number, r.id_sealed, r.sealed_for, p.id,
         p.id_sealed AS old_sealed
       FROM roster_row r JOIN household h ON h.county_code = $1 AND h.number = r.number AND h.village_code LIKE ANY ($2)
         JOIN person p ON p.household_id = h.id
           AND (p.person_number = r.person_number OR ${sameName('p.name', 'r.name')})
       WHERE r.id_index IS NOT NULL AND r.birth_date IS NOT NULL
         AND NOT EXISTS (SELECT 1 FROM person q WHERE q.county_code = $1 AND q.id_index = r.id_index)
         AND NOT EXISTS (SELECT 1 FROM roster_row o WHERE o.id_index = p.id_index)
       ORDER BY r.ordinal, (p.person_number = r.person_number) DESC NULLS LAST, p.row_order),
     first AS (SELECT DISTINCT ON (id) * FROM offered ORDER BY id, ordinal),
     kept AS (
       INSERT INTO roster_same (ordinal, person_id, same)
       SELECT f.ordinal, f.id, a.same FROM first f LEFT JOIN import_same_person a
         ON a.import_id = $3::uuid AND a.sheet = f.sheet AND a.row = f.row AND a.person_id = f.id
       RETURNING ordinal, same)
     SELECT f.sheet, f.row, f.number, f.id_sealed, f.sealed_for, f.id, f.old_sealed FROM first f JOIN kept k USING (ordinal)
     WHERE k.same IS NULL ORDER BY f.ordinal`,
    [writable.county, likeAny(writable.prefixes), importId],
  );
  return rows.map((row) => {
    const before = cipher.open(PERSON_ID, row.id, row.old_sealed);
    const after = cipher.open(PERSON_ID, row.sealed_for, row.id_sealed);
    return problem(staged, row, 'idNumber', 'ID_CHANGED', `${before} → ${after}`);
  });
}

/** A head of the file in a household whose head the file does not mention: there would be two. */
async function secondHeadProblems(
  client: PoolClient,
  staged: StagedRoster,
  writable: Writable,
): Promise<RosterProblem[]> {
  const { rows } = await client.query<PlacedRow>(
    `SELECT r.sheet, r.row, r.number FROM roster_row r
       JOIN household h ON h.county_code = $1 AND h.number = r.number AND h.village_code LIKE ANY ($2)
       JOIN person p ON p.household_id = h.id AND p.relation = 'head' AND p.id_index <> r.id_index
     WHERE r.relation = 'head'
       AND NOT EXISTS (SELECT 1 FROM roster_row o
         WHERE o.number = r.number AND o.relation = 'head' AND o.ordinal <> r.ordinal)
       AND NOT EXISTS (SELECT 1 FROM roster_row o WHERE o.id_index = p.id_index AND (o.number = r.number
         OR NOT EXISTS (SELECT 1 FROM roster_held x WHERE x.number = o.number)))
       AND NOT EXISTS (SELECT 1 FROM roster_same s WHERE s.person_id = p.id AND s.same IS NOT FALSE)
     ORDER BY r.ordinal`,
    [writable.county, likeAny(writable.prefixes)],
  );
  return rows.map((row) => problem(staged, row, 'relation', 'HEAD_MULTIPLE', RELATION.label('head')));
}

/** A person number that another person of the register has and keeps. */
async function registerNumberProblems(
  client: PoolClient,
  staged: StagedRoster,
  writable: Writable,
): Promise<RosterProblem[]> {
  const { rows } = await client.query<PlacedRow & { person_number: string }>(
    `SELECT r.sheet, r.row, r.number, r.person_number FROM roster_row r
     WHERE r.person_number IS NOT NULL AND EXISTS (
       SELECT 1 FROM person p JOIN household h ON h.id = p.household_id
       WHERE p.county_code = $1 AND p.person_number = r.person_number AND p.id_index <> r.id_index
         AND h.village_code LIKE ANY ($2)
         AND NOT EXISTS (SELECT 1 FROM roster_row o WHERE o.id_index = p.id_index)
         AND NOT EXISTS (SELECT 1 FROM roster_same s WHERE s.person_id = p.id AND s.same IS NOT FALSE))
     ORDER BY r.ordinal`,
    [writable.county, likeAny(writable.prefixes)],
  );
  return rows.map((row) => problem(staged, row, 'personNumber', 'PERSON_NUMBER_TWICE', row.person_number));
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
       AND ${hasColumn(staged, ['status'], 'r')}
       AND h.id IN (SELECT c.household_id FROM case_file c WHERE ${ANNOUNCED})`,
    [county],
  );
  const { rows } = await client.query<PlacedRow & { said: string }>(
    `SELECT sheet, row, number, said_status AS said FROM roster_row
     WHERE relation = 'head' AND said_status <> status ORDER BY ordinal`,
  );
  return rows.map((row) => problem(staged, row, 'status', 'STATUS_PROCEDURAL', rosterWord(row.said)));
}
