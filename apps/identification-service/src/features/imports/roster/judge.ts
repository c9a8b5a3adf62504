import type { RosterProblem } from '@bangfu/domain/identification/roster/problem';
import {
  findDisagreements,
  findNumberTwice,
  findTwice,
  groupHouseholds,
  type MemberRow,
  readHousehold,
} from '@bangfu/domain/identification/roster/read-household';
import type { Relation } from '@bangfu/domain/identification/roster/dictionaries';
import type { PoolClient } from '@bangfu/data/pool';
import type { Cipher } from '@bangfu/platform/secrets/cipher';
import { AGREED_FACTS, type SaidRow, saidRow, toFacts } from './said-row.ts';
import { addProblems, type StagedRoster } from './stage.ts';
import { PERSON_ID } from '../../../db/sealed.ts';

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
  const problems = [
    ...(await householdProblems(client, staged)),
    ...(await disagreements(client, staged)),
    ...(await twiceProblems(client, staged, cipher)),
    ...(await numberTwiceProblems(client, staged)),
  ];
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

/** What a staged row says of its household; null where its cell was empty. */
const saidBy = (alias: string): string[] => [
  `${alias}.village_code`,
  ...AGREED_FACTS.map(({ column, type }) =>
    column === 'status'
      ? `nullif(${alias}.status, 'none')`
      : type === 'text[]'
        ? `nullif(${alias}.${column}, '{}')`
        : `${alias}.${column}`,
  ),
];
const HEAD_SAID = saidBy('s');
const ROW_SAID = saidBy('r').map((said, i) => `coalesce(${said}, ${HEAD_SAID[i]})`);

/** Rows that say other things of their household than the row that counts: the head's, or the first without one. */
async function disagreements(client: PoolClient, staged: StagedRoster): Promise<RosterProblem[]> {
  const { rows } = await client.query<{ row: SaidRow; head: SaidRow }>(
    `WITH counts AS (
       SELECT number, coalesce(min(ordinal) FILTER (WHERE relation = 'head'), min(ordinal)) AS ordinal
       FROM roster_row WHERE number <> '' GROUP BY number HAVING count(*) > 1),
     pairs AS (
       SELECT r.ordinal AS member, s.ordinal AS head FROM counts c
         JOIN roster_row s ON s.ordinal = c.ordinal JOIN roster_row r ON r.number = c.number AND r.ordinal <> s.ordinal
       WHERE (${ROW_SAID.join(', ')}) IS DISTINCT FROM (${HEAD_SAID.join(', ')}))
     SELECT ${saidRow('r')} AS row, ${saidRow('s')} AS head
     FROM pairs JOIN roster_row r ON r.ordinal = member JOIN roster_row s ON s.ordinal = head
       LEFT JOIN region rv ON rv.code = r.village_code LEFT JOIN region rt ON rt.code = rv.parent_code
       LEFT JOIN region sv ON sv.code = s.village_code LEFT JOIN region st ON st.code = sv.parent_code
     ORDER BY r.ordinal`,
  );
  return rows.flatMap(({ row, head }) => findDisagreements(toFacts(row), toFacts(head), staged.columnsOf));
}

async function numberTwiceProblems(client: PoolClient, staged: StagedRoster): Promise<RosterProblem[]> {
  const { rows } = await client.query<PlacedRow & { person_number: string; person: string }>(
    `SELECT sheet, row, number, person_number, coalesce(encode(id_index, 'hex'), name, '') AS person FROM roster_row
     WHERE person_number IN (SELECT person_number FROM roster_row WHERE person_number IS NOT NULL
       GROUP BY person_number HAVING count(*) > 1) ORDER BY ordinal`,
  );
  const numbered = rows.map(({ sheet, row, number, person_number, person }) => ({
    sheet,
    row,
    householdNumber: number,
    personNumber: person_number,
    person,
  }));
  return findNumberTwice(numbered, staged.columnsOf);
}

async function twiceProblems(client: PoolClient, staged: StagedRoster, cipher: Cipher): Promise<RosterProblem[]> {
  const { rows } = await client.query<PlacedRow & { id_sealed: Buffer; sealed_for: string }>(
    `SELECT sheet, row, number, id_sealed, sealed_for FROM roster_row WHERE id_index IN (
       SELECT id_index FROM roster_row WHERE id_index IS NOT NULL GROUP BY id_index HAVING count(*) > 1)
     ORDER BY ordinal`,
  );
  const identified = rows.map((row) => ({
    sheet: row.sheet,
    row: row.row,
    householdNumber: row.number,
    idNumber: cipher.open(PERSON_ID, row.sealed_for, row.id_sealed),
  }));
  return findTwice(identified, staged.columnsOf);
}
