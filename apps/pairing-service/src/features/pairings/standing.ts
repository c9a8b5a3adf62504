import type { PairedHousehold } from '@bangfu/contracts/pairing/pairings';
import type { PolicyContent } from '@bangfu/contracts/pairing/policy';
import { type HouseholdMark, type VisitsDue, visitPeriod, visitsDue } from '@bangfu/domain/pairing/visit';
import type { BusinessDay } from '@bangfu/domain/shared/time';
import { readsOf } from '@bangfu/platform/db/reads';
import type { Caller } from '@bangfu/platform/auth/caller';
import type { Pairing } from '../../db/client.ts';
import { helpsAfter, helpsOn } from '../../db/helps.ts';
import { dayOf, householdVisible, visibleTo } from '../../db/visible.ts';

const MARKS: Readonly<Record<string, HouseholdMark>> = { registered: 'red', exited: 'green', returned: 'yellow' };

/** The days of a household's visits since its pairing began, as SQL over `h` and `l`. */
const VISIT_DAYS = `(SELECT coalesce(array_agg(v.day::text ORDER BY v.day), '{}') FROM visit v
  WHERE v.household_id = h.id AND v.day >= l.valid_from)`;

/** The day of the latest of them. */
export const LAST_VISIT = '(SELECT max(v.day) FROM visit v WHERE v.household_id = h.id AND v.day >= l.valid_from)';

/** What the rhythm of visits asks of a paired household on a day. Latest visits decide, so earlier misses are passed over. */
function standingOf(
  household: { readonly status: string; readonly since: string; readonly visitDays: readonly string[] },
  today: BusinessDay,
  policy: PolicyContent['visits'],
): VisitsDue {
  const mark = MARKS[household.status] ?? 'green';
  const visits = household.visitDays as readonly BusinessDay[];
  const latest = visits.at(-1);
  const began = household.since as BusinessDay;
  // Only what was missed since the latest visit can stand; the periods before it need not be walked.
  const resumed = latest && latest <= today ? visitPeriod(latest, policy.rhythm[mark]).first : began;
  return visitsDue({ mark, since: resumed > began ? resumed : began, visits }, today, policy);
}

/**
 * What `standingOf` says as SQL, for whole lists, to stand behind tables with `h` and `l`: `standing.due_by` and
 * `standing.overdue_days`. The first period missed is the one of the latest visit when that had too few, else the one
 * after it; without a visit it is the first whole one since the pairing began. The parameters of `dueParams` stand from
 * $n on.
 */
export function dueTables(n: number): string {
  const visits = 'FROM visit v WHERE v.household_id = h.id AND v.day BETWEEN';
  return `CROSS JOIN LATERAL (SELECT $${n}::date AS today, CASE h.status WHEN 'registered' THEN $${n + 1}::text
      WHEN 'returned' THEN $${n + 2}::text ELSE $${n + 3}::text END AS unit) asked
    CROSS JOIN LATERAL (SELECT max(v.day) AS latest ${visits} l.valid_from AND asked.today) seen
    CROSS JOIN LATERAL (SELECT ('1 ' || asked.unit)::interval AS length,
      date_trunc(asked.unit, asked.today::timestamp)::date AS now,
      date_trunc(asked.unit, coalesce(seen.latest, l.valid_from)::timestamp)::date AS last) period
    CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE v.day >= period.now) AS now, count(*) AS last
      ${visits} greatest(period.last, l.valid_from) AND asked.today) made
    CROSS JOIN LATERAL (SELECT CASE WHEN period.last >= l.valid_from AND made.last < $${n + 4}::int THEN period.last
      ELSE (period.last + period.length)::date END AS first) missed
    CROSS JOIN LATERAL (SELECT
      CASE WHEN made.now < $${n + 4}::int THEN (period.now + period.length)::date - 1 END AS due_by,
      CASE WHEN missed.first < period.now THEN asked.today - ((missed.first + period.length)::date - 1) ELSE 0 END
        AS overdue_days) standing`;
}

/** The parameters of `dueTables`. */
export function dueParams(today: BusinessDay, { rhythm, visitsPerPeriod }: PolicyContent['visits']): unknown[] {
  return [today, rhythm.red, rhythm.yellow, rhythm.green, visitsPerPeriod];
}

/** A paired household that waits for a visit. */
export interface DueHousehold {
  readonly householdId: string;
  readonly headName: string;
  readonly villageName: string;
  readonly dueBy: BusinessDay | null;
  readonly overdueDays: number;
}

const DUE = `FROM pairing_link l JOIN platform.household_copy h ON h.id = l.household_id AND ${helpsOn('l', dayOf(1))}
  ${dueTables(6)}
  WHERE NOT h.withdrawn AND ${householdVisible(1)} AND (standing.due_by IS NOT NULL OR standing.overdue_days > 0)`;

/** The paired households within the caller's scope that wait for a visit now, most overdue first, so many of them. */
export async function findDue(
  service: Pairing,
  caller: Caller,
  today: BusinessDay,
  policy: PolicyContent['visits'],
  limit: number,
): Promise<DueHousehold[]> {
  const { rows } = await readsOf(service, caller).query<DueHousehold>(
    `SELECT h.id::text AS "householdId", h.head_name AS "headName", h.village_name AS "villageName",
       standing.due_by AS "dueBy", standing.overdue_days AS "overdueDays"
     ${DUE} ORDER BY standing.overdue_days DESC, h.number LIMIT $11`,
    [...visibleTo(caller, today), ...dueParams(today, policy), limit],
  );
  return rows;
}

/** How many wait for a visit now, and how many of them are overdue. */
export async function countDue(
  service: Pairing,
  caller: Caller,
  today: BusinessDay,
  policy: PolicyContent['visits'],
): Promise<{ due: number; overdue: number }> {
  const { rows } = await readsOf(service, caller).query<{ due: number; overdue: number }>(
    `SELECT count(*) AS due, count(*) FILTER (WHERE standing.overdue_days > 0) AS overdue ${DUE}`,
    [...visibleTo(caller, today), ...dueParams(today, policy)],
  );
  return rows[0] ?? { due: 0, overdue: 0 };
}

/** A row of the list as SQL answers it. */
export interface PairedRow extends Omit<PairedHousehold, 'helper' | 'visits' | 'coming'> {
  readonly helperId: string | null;
  readonly helperName: string | null;
  readonly unitName: string | null;
  readonly since: string | null;
  readonly until: string | null;
  readonly visitDays: string[];
  /** The helper to come next, and the day. */
  readonly next: { readonly day: string; readonly id: string; readonly name: string; readonly unitName: string } | null;
}

export const PAIRED_COLUMNS = `h.id::text AS "householdId", h.number, h.head_name AS "headName",
  h.township_name AS "townshipName", h.village_name AS "villageName", h.village_code AS "villageCode",
  h.member_count AS "memberCount", h.status, h.main_cause AS "mainCause", l.cadre_id::text AS "helperId",
  c.name AS "helperName", u.name AS "unitName", l.valid_from::text AS since, l.valid_until::text AS until,
  ${VISIT_DAYS} AS "visitDays", CASE WHEN n.id IS NOT NULL THEN jsonb_build_object('day', n.valid_from::text,
    'id', nc.id::text, 'name', nc.name, 'unitName', nu.name) END AS next`;

/**
 * The tables of `PAIRED_COLUMNS`, for the day of `visibleTo` from $1 on: `l` is the helper's link of that day, `n` the
 * next one to come.
 */
export const PAIRED_TABLES = `platform.household_copy h
  LEFT JOIN pairing_link l ON l.household_id = h.id AND ${helpsOn('l', dayOf(1))}
  LEFT JOIN cadre c ON c.id = l.cadre_id LEFT JOIN unit u ON u.id = l.unit_id
  LEFT JOIN LATERAL (SELECT o.* FROM pairing_link o WHERE o.household_id = h.id AND ${helpsAfter('o', dayOf(1))}
    ORDER BY o.valid_from LIMIT 1) n ON true
  LEFT JOIN cadre nc ON nc.id = n.cadre_id LEFT JOIN unit nu ON nu.id = n.unit_id`;

/** The day of the next change to come; empty when none is. */
export const COMING_DAY = 'least(l.valid_until, n.valid_from)';

/** A row as the contract shows it. */
export function shownPairing(row: PairedRow, today: BusinessDay, policy: PolicyContent['visits']): PairedHousehold {
  const { helperId, helperName, unitName, since, until, visitDays, next, ...household } = row;
  const coming = shownComing(until, next);
  if (helperId === null || since === null) return { ...household, helper: null, visits: null, coming };
  const { made, required, dueBy, overdueDays } = standingOf(
    { status: household.status, since, visitDays },
    today,
    policy,
  );
  return {
    ...household,
    helper: { id: helperId, name: helperName ?? '', unitName: unitName ?? '', since },
    visits: { made, required, dueBy, overdueDays, lastVisit: visitDays.at(-1) ?? null },
    coming,
  };
}

/** What is decided for a day to come: the end of today's pairing, and who comes. */
function shownComing(until: string | null, next: PairedRow['next']): PairedHousehold['coming'] {
  if (next) {
    const { day, ...helper } = next;
    return { kind: until === day ? 'handover' : 'assignment', day, helper };
  }
  return until === null ? null : { kind: 'end', day: until, helper: null };
}
