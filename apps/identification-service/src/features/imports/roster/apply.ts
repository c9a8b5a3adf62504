import { householdRecorded } from '@bangfu/events/catalog/identification';
import { appendEventsFromQuery } from '@bangfu/events/outbox/append';
import { pgSql } from '@bangfu/data/sql';
import type { PoolClient } from '@bangfu/data/pool';
import { HOUSEHOLD_FACT_COLUMNS, PERSON_FACT_COLUMNS } from '../../../register/fact-columns.ts';
import { keepHistory } from '../../../register/history.ts';
import { recordedEvents } from '../../../register/recorded-events.ts';
import { incoming, leftEmpty } from './compare.ts';
import { ASIDE, HOUSEHOLD_FIELDS, HOUSEHOLD_LEFT_EMPTY, PERSON_FIELDS, PERSON_LEFT_EMPTY } from './fields.ts';
import { listOf } from '../../../register/columns.ts';
import type { StagedRoster } from './stage.ts';
import type { Cipher, SealedColumn } from '@bangfu/platform/secrets/cipher';
import { PERSON_ID, PERSON_PHONE } from '../../../db/sealed.ts';

const TOUCHED = `(SELECT id FROM roster_household WHERE fate = 'change'
  UNION SELECT left_household_id FROM roster_person WHERE fate = 'move')`;

/** The facts that a roster brings, as staged and kept under one name. */
const BROUGHT = (columns: typeof HOUSEHOLD_FACT_COLUMNS | typeof PERSON_FACT_COLUMNS) =>
  columns.filter(({ from }) => from.length > 0).map(({ column }) => column);
const CREATED_HOUSEHOLD = BROUGHT(HOUSEHOLD_FACT_COLUMNS);
const CREATED_PERSON = [
  ...BROUGHT(PERSON_FACT_COLUMNS),
  'sex',
  'id_index',
  'id_last_four_index',
  'birth_date',
  'has_certificate',
  'phone_index',
  'left_empty',
  'aside',
];

/** Writes the compared roster into the register, keeps what it replaces, and tells the others by events. */
export async function applyRoster(
  client: PoolClient,
  staged: StagedRoster,
  cipher: Cipher,
  context: { importId: string; countyCode: string; asOf: string; now: Date },
): Promise<void> {
  const { importId, countyCode, asOf, now } = context;
  const at = now.toISOString();
  await keepHistory(client, `h.id IN ${TOUCHED}`, [], { at: now, importId });
  await sealForKnown(client, cipher);
  await client.query(
    `INSERT INTO household (id, county_code, village_id, head_name, member_count, left_empty, version, import_id,
       brought_by, brought_version, changed_at, valid_from, ${CREATED_HOUSEHOLD.join(', ')})
     SELECT n.id, $1, n.village_id, n.head_name, n.rows, r.household_left_empty, n.first_version, $2::uuid,
       $2::uuid, n.first_version, $3::timestamptz, $4::date, ${listOf(CREATED_HOUSEHOLD, 'r')}
     FROM roster_household n JOIN roster_row r USING (ordinal) WHERE n.fate = 'create'`,
    [countyCode, importId, at, asOf],
  );
  await client.query(
    `INSERT INTO person (id, household_id, county_code, row_order, import_id, ${CREATED_PERSON.join(', ')})
     SELECT n.id, n.household_id, $1, r.ordinal, $2::uuid, ${listOf(CREATED_PERSON, 'r')}
     FROM roster_person n JOIN roster_row r USING (ordinal) WHERE n.fate = 'create'`,
    [countyCode, importId],
  );
  await client.query(
    `DELETE FROM withdrawn_household w USING roster_household n WHERE w.county_code = $1 AND w.number = n.number`,
    [countyCode],
  );
  await client.query(
    `DELETE FROM withdrawn_person w USING roster_person n JOIN roster_row r USING (ordinal)
     WHERE w.county_code = $1 AND w.id_index = r.id_index`,
    [countyCode],
  );
  await changePersons(client, staged, importId);
  await changeHouseholds(client, staged, importId, at, asOf);
  await confirmHouseholds(client, importId, countyCode, asOf);
  await appendEventsFromQuery(
    pgSql(client),
    householdRecorded,
    recordedEvents(`h.import_id = $1::uuid AND h.changed_at = $2::timestamptz`),
    [importId, at],
    now,
  );
}

/** The rows whose values go to a person the register knew: by another telephone, a corrected number or a return. */
const KNOWN = `roster_person n JOIN roster_row r USING (ordinal) LEFT JOIN person p ON p.id = n.id
  WHERE r.sealed_for <> n.id AND r.id_sealed IS NOT NULL
    AND (p.id IS NULL OR p.id_index <> r.id_index OR r.phone_index IS DISTINCT FROM p.phone_index)`;
const SEALED_AT_ONCE = 5000;

interface KnownRow {
  readonly ordinal: number;
  readonly id: string;
  readonly sealed_for: string;
  readonly id_sealed: Buffer;
  readonly phone_sealed: Buffer | null;
}

/** Seals what the file says of persons the register knew for them: a row was sealed before anyone knew whose it is. */
async function sealForKnown(client: PoolClient, cipher: Cipher): Promise<void> {
  for (;;) {
    const { rows } = await client.query<KnownRow>(
      `SELECT n.ordinal, n.id::text AS id, r.sealed_for::text AS sealed_for, r.id_sealed, r.phone_sealed
       FROM ${KNOWN} LIMIT ${SEALED_AT_ONCE}`,
    );
    if (rows.length === 0) return;
    const move = (column: SealedColumn, row: KnownRow, sealed: Buffer) =>
      cipher.seal(column, row.id, cipher.open(column, row.sealed_for, sealed));
    await client.query(
      `UPDATE roster_row r SET sealed_for = g.id, id_sealed = g.id_sealed, phone_sealed = g.phone_sealed
       FROM unnest($1::int[], $2::uuid[], $3::bytea[], $4::bytea[]) AS g (ordinal, id, id_sealed, phone_sealed)
       WHERE r.ordinal = g.ordinal`,
      [
        rows.map((row) => row.ordinal),
        rows.map((row) => row.id),
        rows.map((row) => move(PERSON_ID, row, row.id_sealed)),
        rows.map((row) => row.phone_sealed && move(PERSON_PHONE, row, row.phone_sealed)),
      ],
    );
  }
}

function assignments(columns: readonly (readonly [string, ...unknown[]])[], values: readonly string[]): string {
  return columns.map(([column], i) => `${column} = ${values[i]}`).join(', ');
}

/** What a corrected ID number says of its holder. */
const CORRECTED = ['id_sealed', 'id_index', 'id_last_four_index', 'birth_date', 'sex', 'has_certificate'];

async function changePersons(client: PoolClient, staged: StagedRoster, importId: string): Promise<void> {
  const said = incoming(PERSON_FIELDS, staged, 'r', 'p');
  // A telephone that is the same stays sealed as it is.
  const phone = said[PERSON_FIELDS.findIndex(([column]) => column === 'phone_index')];
  await client.query(
    `UPDATE person p SET household_id = n.household_id, import_id = $1::uuid, ${assignments(PERSON_FIELDS, said)},
       left_empty = ${leftEmpty(PERSON_LEFT_EMPTY, staged, 'r', 'p')}, aside = ${ASIDE},
       phone_sealed = CASE WHEN (${phone}) IS DISTINCT FROM p.phone_index THEN r.phone_sealed ELSE p.phone_sealed END
     FROM roster_person n JOIN roster_row r USING (ordinal)
     WHERE p.id = n.id AND n.fate IN ('change', 'move')`,
    [importId],
  );
  await client.query(
    `UPDATE person p SET ${CORRECTED.map((column) => `${column} = r.${column}`).join(', ')}
     FROM roster_same s JOIN roster_person n USING (ordinal) JOIN roster_row r USING (ordinal)
     WHERE s.same AND p.id = n.id`,
  );
}

/** Keeps which households the file described, the unchanged too. */
async function confirmHouseholds(client: PoolClient, importId: string, countyCode: string, asOf: string) {
  await client.query(
    `INSERT INTO import_confirmation (import_id, household_id, county_code, day)
     SELECT $1::uuid, id, $2, $3::date FROM roster_household`,
    [importId, countyCode, asOf],
  );
}

async function changeHouseholds(
  client: PoolClient,
  staged: StagedRoster,
  importId: string,
  at: string,
  asOf: string,
): Promise<void> {
  await client.query(
    `UPDATE household h SET village_id = n.village_id, head_name = n.head_name,
       left_empty = ${leftEmpty(HOUSEHOLD_LEFT_EMPTY, staged, 'r', 'h')},
       ${assignments(HOUSEHOLD_FIELDS, incoming(HOUSEHOLD_FIELDS, staged, 'r', 'h'))}
     FROM roster_household n JOIN roster_row r USING (ordinal) WHERE h.id = n.id AND n.fate = 'change'`,
  );
  await client.query(
    `UPDATE household h SET version = h.version + 1, import_id = $1::uuid, changed_at = $2::timestamptz,
       valid_from = $3::date, member_count = (SELECT count(*) FROM person p WHERE p.household_id = h.id)
     WHERE h.id IN ${TOUCHED}`,
    [importId, at, asOf],
  );
}
