import type { PairedHousehold } from '@bangfu/contracts/pairing/pairings';
import type { PolicyContent } from '@bangfu/contracts/pairing/policy';
import { type HouseholdMark, type VisitsDue, visitPeriod, visitsDue } from '@bangfu/domain/pairing/visit';
import type { BusinessDay } from '@bangfu/domain/shared/time';
import { readsOf } from '@bangfu/service-kit/db/reads';
import type { Caller } from '@bangfu/service-kit/auth/caller';
import type { Pairing } from '../../db/client.ts';
import { householdVisible, visibleTo } from '../../db/visible.ts';

const MARKS: Readonly<Record<string, HouseholdMark>> = { registered: 'red', exited: 'green', returned: 'yellow' };

/** The days of a household's visits since its pairing began, as SQL over `h` and `l`. */
export const VISIT_DAYS = `(SELECT coalesce(array_agg(v.day::text ORDER BY v.day), '{}') FROM visit v
  WHERE v.household_id = h.id AND v.day >= l.valid_from)`;

/** What the rhythm of visits asks of a paired household on a day. Latest visits decide, so earlier misses are passed over. */
export function standingOf(
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

/** A paired household that waits for a visit. */
export interface DueHousehold {
  readonly householdId: string;
  readonly number: string;
  readonly headName: string;
  readonly villageName: string;
  readonly helperId: string;
  readonly dueBy: BusinessDay | null;
  readonly overdueDays: number;
}

/** The paired households within the caller's scope that wait for a visit now, most overdue first. */
export async function findDue(
  service: Pairing,
  caller: Caller,
  today: BusinessDay,
  policy: PolicyContent['visits'],
): Promise<DueHousehold[]> {
  const { rows } = await readsOf(service, caller).query<
    Omit<DueHousehold, 'dueBy' | 'overdueDays'> & { status: string; since: string; visitDays: string[] }
  >(
    `SELECT h.id::text AS "householdId", h.number, h.head_name AS "headName", h.village_name AS "villageName",
       l.cadre_id::text AS "helperId", h.status, l.valid_from::text AS since, ${VISIT_DAYS} AS "visitDays"
     FROM pairing_link l JOIN platform.household_copy h ON h.id = l.open_for
     WHERE NOT h.withdrawn AND ${householdVisible(1)}`,
    visibleTo(caller),
  );
  return rows
    .map(({ status, since, visitDays, ...row }) => {
      const { dueBy, overdueDays } = standingOf({ status, since, visitDays }, today, policy);
      return { ...row, dueBy, overdueDays };
    })
    .filter(({ dueBy, overdueDays }) => dueBy !== null || overdueDays > 0)
    .sort((a, b) => b.overdueDays - a.overdueDays || (a.number < b.number ? -1 : 1));
}

/** A row of the list as SQL answers it. */
export interface PairedRow extends Omit<PairedHousehold, 'helper' | 'visits'> {
  readonly helperId: string | null;
  readonly helperName: string | null;
  readonly unitName: string | null;
  readonly since: string | null;
  readonly visitDays: string[];
}

export const PAIRED_COLUMNS = `h.id::text AS "householdId", h.number, h.head_name AS "headName",
  h.township_name AS "townshipName", h.village_name AS "villageName", h.village_code AS "villageCode",
  h.member_count AS "memberCount", h.status, h.main_cause AS "mainCause", l.cadre_id::text AS "helperId",
  c.name AS "helperName", u.name AS "unitName", l.valid_from::text AS since, ${VISIT_DAYS} AS "visitDays"`;

/** The tables of `PAIRED_COLUMNS`. */
export const PAIRED_TABLES = `platform.household_copy h LEFT JOIN pairing_link l ON l.open_for = h.id
  LEFT JOIN cadre c ON c.id = l.cadre_id LEFT JOIN unit u ON u.id = l.unit_id`;

/** A row as the contract shows it. */
export function shownPairing(row: PairedRow, today: BusinessDay, policy: PolicyContent['visits']): PairedHousehold {
  const { helperId, helperName, unitName, since, visitDays, ...household } = row;
  if (helperId === null || since === null) return { ...household, helper: null, visits: null };
  const { made, required, dueBy, overdueDays } = standingOf(
    { status: household.status, since, visitDays },
    today,
    policy,
  );
  return {
    ...household,
    helper: { id: helperId, name: helperName ?? '', unitName: unitName ?? '', since },
    visits: { made, required, dueBy, overdueDays, lastVisit: visitDays.at(-1) ?? null },
  };
}
