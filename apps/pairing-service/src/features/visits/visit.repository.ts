import { instant } from '@bangfu/data/instant';
import type { Visit } from '@bangfu/contracts/pairing/visits';
import type { Sql } from '@bangfu/data/sql';
import type { Cipher } from '@bangfu/platform/secrets/cipher';
import { VISIT_POSITION } from '../../db/sealed.ts';
import { householdVisible } from '../../db/visible.ts';

/** A visit as its query gives it. */
export interface VisitRow extends Omit<Visit, 'roughPosition' | 'acknowledgement'> {
  readonly positionSealed: Uint8Array | null;
  readonly acknowledgedHow: Visit['acknowledgement']['kind'];
  readonly acknowledgedBy: string;
}

/** The columns of a visit over `VISIT_TABLES`. */
export const VISIT_COLUMNS = `v.id::text AS id, h.id::text AS "householdId", h.number, h.head_name AS "headName",
  h.township_name AS "townshipName", h.village_name AS "villageName", c.name AS "helperName", u.name AS "unitName",
  ${instant('v.at')} AS at, v.people_met AS "peopleMet", v.seen, v.needs, v.position_sealed AS "positionSealed",
  v.no_position_reason AS "noPositionReason", v.acknowledged_how AS "acknowledgedHow",
  v.acknowledged_by AS "acknowledgedBy", ${instant('v.received_at')} AS "receivedAt",
  coalesce((SELECT array_agg(p.sha256 ORDER BY p.position) FROM visit_photo p WHERE p.visit_id = v.id), '{}') AS photos`;

/** The tables a visit is shown from. */
export const VISIT_TABLES = `visit v JOIN platform.household_copy h ON h.id = v.household_id
  JOIN cadre c ON c.id = v.cadre_id JOIN unit u ON u.id = c.unit_id`;

/** Visits to households within the scope, and a helper's own whoever helps there that day; parameters of `visibleTo` from $n on. */
export const visitVisible = (n: number) => `(${householdVisible(n)} OR v.cadre_id::text = ANY ($${n + 1}::text[]))`;

/** Loads visits by a condition, as the contract shows them. */
export async function findVisits(sql: Sql, cipher: Cipher, rest: string, params: unknown[]): Promise<Visit[]> {
  const rows = await sql.query<VisitRow>(`SELECT ${VISIT_COLUMNS} FROM ${VISIT_TABLES} ${rest}`, params);
  return rows.map((row) => shownVisit(row, cipher));
}

/** A visit as the contract shows it. */
export function shownVisit(
  { positionSealed, acknowledgedHow, acknowledgedBy, ...row }: VisitRow,
  cipher: Cipher,
): Visit {
  return {
    ...row,
    roughPosition: positionSealed ? rough(cipher.open(VISIT_POSITION, row.id, positionSealed)) : null,
    acknowledgement: { kind: acknowledgedHow, by: acknowledgedBy },
  };
}

function rough(position: string): { latitude: number; longitude: number } {
  const [latitude = 0, longitude = 0] = position.split(',').map((part) => Math.round(Number(part) * 100) / 100);
  return { latitude, longitude };
}
