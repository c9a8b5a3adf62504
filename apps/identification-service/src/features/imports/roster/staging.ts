import type { PoolClient } from '@bangfu/service-kit/db/pool';

/**
 * A roster while it is worked on: temporary tables of one connection, gone with its transaction, so a crash leaves
 * nothing behind. `roster_row` holds a row a person, sealed like the register itself.
 */
const STAGING = `
CREATE TEMP TABLE roster_row (
  ordinal integer, sheet text, row integer, number text, person_number text, name text,
  id_sealed bytea, id_index bytea, id_last_four_index bytea, birth_date date, sex text, has_certificate boolean,
  village_code text, natural_village text, stated_count double precision, relation text, ethnicity text, education text,
  school text, health text[], labour text, work_area text, work_months double precision, critical_insurance boolean,
  status text, category text, main_cause text, dangerous_house boolean, safe_water boolean, water_difficulty boolean,
  per_capita_income_fen bigint, phone_sealed bytea, phone_index bytea, details jsonb,
  fate text
) ON COMMIT DROP;
CREATE TEMP TABLE roster_held (number text PRIMARY KEY) ON COMMIT DROP;
CREATE TEMP TABLE roster_problem (
  position integer, sheet text, row integer, column_name text, value text, code text, severity text, household text
) ON COMMIT DROP;`;

/** The columns of `roster_row` in the order the rows are copied in. */
export const STAGED_COLUMNS = [
  'ordinal',
  'sheet',
  'row',
  'number',
  'person_number',
  'name',
  'id_sealed',
  'id_index',
  'id_last_four_index',
  'birth_date',
  'sex',
  'has_certificate',
  'village_code',
  'natural_village',
  'stated_count',
  'relation',
  'ethnicity',
  'education',
  'school',
  'health',
  'labour',
  'work_area',
  'work_months',
  'critical_insurance',
  'status',
  'category',
  'main_cause',
  'dangerous_house',
  'safe_water',
  'water_difficulty',
  'per_capita_income_fen',
  'phone_sealed',
  'phone_index',
  'details',
] as const;

/** Makes the staging tables on the transaction of this connection. */
export async function openStaging(client: PoolClient): Promise<void> {
  await client.query(STAGING);
}
