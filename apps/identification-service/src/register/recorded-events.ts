import { PLACE_NAME } from '../features/place-name.ts';

/** The members of a household on the wire: names, never ID numbers or telephones. */
const EVENT_MEMBERS = `(SELECT jsonb_agg(jsonb_build_object('personId', p.id, 'name', p.name, 'relation', p.relation,
  'sex', p.sex, 'birthDate', p.birth_date, 'labour', p.labour, 'school', p.school, 'health', to_jsonb(p.health))
  ORDER BY p.row_order, p.id) FROM person p WHERE p.household_id = h.id)`;

/** Monitored is whom the roster gives a kind (监测对象类别) and does not say that the risk is cleared. */
const MONITORED = `(h.monitored_kind IS NOT NULL AND h.risk_cleared IS DISTINCT FROM true)`;

/**
 * The day an exited household exited: the day on which the register last took it for poor. One that came in as exited
 * exited before the register knew it, on a day nobody told.
 */
const EXITED_ON = `CASE WHEN h.status = 'exited' THEN (
  SELECT CASE WHEN v.status IN ('registered', 'returned')
    THEN (v.valid_until AT TIME ZONE 'Asia/Shanghai')::date END
  FROM household_history v WHERE v.id = h.id AND v.status <> 'exited'
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
