import { householdRecorded } from '@bangfu/events/catalog/identification';
import { appendEventsFromQuery } from '@bangfu/events/outbox/append';
import { pgSql } from '@bangfu/data/sql';
import type { PoolClient } from '@bangfu/data/pool';
import { PLACE_NAME } from '../../place-name.ts';
import { HOUSEHOLD_FIELDS, incoming, PERSON_FIELDS } from './compare.ts';
import type { StagedRoster } from './stage.ts';
import type { Cipher, SealedColumn } from '@bangfu/platform/secrets/cipher';
import { PERSON_ID, PERSON_PHONE } from '../../../db/sealed.ts';

/** The members of a household on the wire: names, never ID numbers or telephones. */
const EVENT_MEMBERS = `(SELECT jsonb_agg(jsonb_build_object('personId', p.id, 'name', p.name, 'relation', p.relation,
  'sex', p.sex, 'birthDate', p.birth_date, 'labour', p.labour, 'school', p.school, 'health', to_jsonb(p.health))
  ORDER BY p.row_order, p.id) FROM person p WHERE p.household_id = h.id)`;

/** Monitored is whom the roster gives a kind (监测对象类别) and does not say that the risk is cleared. */
const MONITORED = `(h.conditions->>'monitoredKind' IS NOT NULL AND h.conditions->>'riskCleared' IS DISTINCT FROM 'true')`;

/**
 * The day an exited household exited: the day on which the register last took it for poor. One that came in as exited
 * exited before the register knew it, on a day nobody told.
 */
const EXITED_ON = `CASE WHEN h.status = 'exited' THEN (
  SELECT CASE WHEN v.household->>'status' IN ('registered', 'returned')
    THEN (v.valid_until AT TIME ZONE 'Asia/Shanghai')::date END
  FROM household_version v WHERE v.household_id = h.id AND v.household->>'status' <> 'exited'
  ORDER BY v.version DESC LIMIT 1) END`;

/** Selects `key, county_code, data` of the household-recorded event for households `h` that fit the condition. */
export function recordedEvents(condition: string): string {
  return `SELECT h.id AS key, h.county_code, jsonb_build_object(
      'householdId', h.id, 'number', h.number, 'countyCode', h.county_code, 'villageCode', h.village_code,
      'villageName', ${PLACE_NAME}, 'townshipName', t.name, 'status', h.status, 'category', h.category,
      'mainCause', h.main_cause, 'perCapitaIncomeFen', h.per_capita_income_fen, 'monitored', ${MONITORED},
      'exitedOn', ${EXITED_ON},
      'members', coalesce(${EVENT_MEMBERS}, '[]'::jsonb)) AS data
    FROM household h JOIN region v ON v.id = h.village_id JOIN region t ON t.code = v.parent_code
    WHERE ${condition}`;
}

/** Keeps the files of households as they stand, before a change by an import replaces them. */
export async function keepVersions(client: PoolClient, condition: string, params: unknown[]): Promise<void> {
  await client.query(
    `INSERT INTO household_version (household_id, version, county_code, household, members, valid_from, valid_until, replaced_by)
     SELECT h.id, h.version, h.county_code, to_jsonb(h),
       coalesce((SELECT jsonb_agg(to_jsonb(p) ORDER BY p.row_order, p.id) FROM person p WHERE p.household_id = h.id), '[]'),
       h.changed_at, $1::timestamptz, $2::uuid
     FROM household h WHERE ${condition}`,
    params,
  );
}

const TOUCHED = `(SELECT id FROM roster_household WHERE fate = 'change'
  UNION SELECT left_household_id FROM roster_person WHERE fate = 'move')`;

const CREATED_PERSON = `person_number, name, id_sealed, id_index, id_last_four_index, birth_date, sex, has_certificate,
  relation, ethnicity, education, school, health, labour, work_area, work_months, critical_insurance, phone_sealed,
  phone_index, details`;

/** Writes the compared roster into the register, keeps what it replaces, and tells the others by events. */
export async function applyRoster(
  client: PoolClient,
  staged: StagedRoster,
  cipher: Cipher,
  context: { importId: string; countyCode: string; now: Date },
): Promise<void> {
  const { importId, countyCode, now } = context;
  const at = now.toISOString();
  await keepVersions(client, `h.id IN ${TOUCHED}`, [at, importId]);
  await sealForKnown(client, cipher);
  await client.query(
    `INSERT INTO household (id, county_code, number, village_id, village_code, natural_village, status, category,
       main_cause, dangerous_house, safe_water, water_difficulty, per_capita_income_fen, stated_count, conditions, head_name,
       member_count, version, import_id, brought_by, brought_version, changed_at)
     SELECT n.id, $1, n.number, n.village_id, r.village_code, r.natural_village, r.status, r.category, r.main_cause,
       r.dangerous_house, r.safe_water, r.water_difficulty, r.per_capita_income_fen, r.stated_count, r.details, n.head_name, n.rows,
       n.first_version, $2::uuid, $2::uuid, n.first_version, $3::timestamptz
     FROM roster_household n JOIN roster_row r USING (ordinal) WHERE n.fate = 'create'`,
    [countyCode, importId, at],
  );
  await client.query(
    `INSERT INTO person (id, household_id, county_code, ${CREATED_PERSON}, row_order, import_id)
     SELECT n.id, n.household_id, $1, ${CREATED_PERSON.split(',')
       .map((c) => `r.${c.trim()}`)
       .join(', ')}, r.ordinal, $2::uuid
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
  await changeHouseholds(client, staged, importId, at);
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

function assignments(columns: readonly (readonly [string, string])[], values: readonly string[]): string {
  return columns.map(([column], i) => `${column} = ${values[i]}`).join(', ');
}

/** What a corrected ID number says of its holder. */
const CORRECTED = ['id_sealed', 'id_index', 'id_last_four_index', 'birth_date', 'sex', 'has_certificate'];

async function changePersons(client: PoolClient, staged: StagedRoster, importId: string): Promise<void> {
  const said = incoming(PERSON_FIELDS, staged, 'r', 'p');
  // A telephone that is the same stays sealed as it is.
  const phone = said[PERSON_FIELDS.findIndex(([column]) => column === 'phone_index')];
  await client.query(
    `UPDATE person p SET household_id = n.household_id, details = p.details || r.details,
       import_id = $1::uuid, ${assignments(PERSON_FIELDS, said)},
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

async function changeHouseholds(client: PoolClient, staged: StagedRoster, importId: string, at: string): Promise<void> {
  await client.query(
    `UPDATE household h SET village_id = n.village_id, head_name = n.head_name, conditions = h.conditions || r.details,
       ${assignments(HOUSEHOLD_FIELDS, incoming(HOUSEHOLD_FIELDS, staged, 'r', 'h'))}
     FROM roster_household n JOIN roster_row r USING (ordinal) WHERE h.id = n.id AND n.fate = 'change'`,
  );
  await client.query(
    `UPDATE household h SET version = h.version + 1, import_id = $1::uuid, changed_at = $2::timestamptz,
       member_count = (SELECT count(*) FROM person p WHERE p.household_id = h.id)
     WHERE h.id IN ${TOUCHED}`,
    [importId, at],
  );
}
