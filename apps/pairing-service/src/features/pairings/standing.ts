import type { PairedHousehold } from '@bangfu/contracts/pairing/pairings';
import type { PolicyContent } from '@bangfu/contracts/pairing/policies';
import { type HouseholdMark, type VisitsDue, visitPeriod, visitsDue } from '@bangfu/domain/pairing/visit';
import type { BusinessDay } from '@bangfu/domain/shared/time';
import type { ReadSql } from '@bangfu/data/typed-sql';
import type { Caller } from '@bangfu/platform/auth/caller';
import { type Expression, type ExpressionBuilder, type Nullable, sql } from 'kysely';
import { helpsAfter, helpsOn } from '../../db/helps.ts';
import { householdVisible } from '../../db/visible.ts';
import type { Tables } from '../../operations.ts';

const MARKS: Readonly<Record<string, HouseholdMark>> = { registered: 'red', exited: 'green', returned: 'yellow' };

/** An expression over a household `h` and its helper's link `l`, where it has one. */
type OfPair = ExpressionBuilder<
  Tables & { h: Tables['household_copy']; l: Nullable<Tables['pairing_link']> },
  'h' | 'l'
>;

/** The visits of a household since its pairing began. */
const visitsSince = (eb: OfPair) =>
  eb.selectFrom('visit as v').whereRef('v.household_id', '=', 'h.id').whereRef('v.day', '>=', 'l.valid_from');

/** The day of the latest of them. */
export const lastVisit = (eb: OfPair) =>
  visitsSince(eb)
    .select((v) => v.fn.max('v.day').as('day'))
    .$asScalar();

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
 * What `standingOf` says as SQL, for whole lists. The first period missed is the one of the latest visit when that had
 * too few, else the one after it; without a visit it is the first whole one since the pairing began.
 */
export function standingBySql(
  eb: OfPair,
  today: BusinessDay,
  { rhythm: { red, yellow, green }, visitsPerPeriod }: PolicyContent['visits'],
) {
  const seen = visitsSince(eb)
    .where('v.day', '<=', today)
    .select((v) => [
      v.fn.max('v.day').as('latest'),
      sql<string>`case ${v.ref('h.status')} when 'registered' then ${red}::text when 'returned' then ${yellow}::text
        else ${green}::text end`.as('unit'),
    ]);
  const period = eb.selectFrom(seen.as('seen')).select((s) => {
    const begin = (day: Expression<unknown>) => sql<string>`date_trunc(${s.ref('seen.unit')}, ${day}::timestamp)::date`;
    return [
      sql<string>`('1 ' || ${s.ref('seen.unit')})::interval`.as('length'),
      begin(sql`${today}::date`).as('now'),
      begin(s.fn.coalesce('seen.latest', 'l.valid_from')).as('last'),
    ];
  });
  const missed = eb
    .selectFrom(period.as('period'))
    .innerJoinLateral(
      (p) =>
        p
          .selectFrom('visit as v')
          .whereRef('v.household_id', '=', 'h.id')
          .where('v.day', '<=', today)
          .where((v) => v('v.day', '>=', sql<string>`greatest(${v.ref('period.last')}, ${v.ref('l.valid_from')})`))
          .select((v) => [
            v.fn.countAll<number>().filterWhereRef('v.day', '>=', 'period.now').as('now'),
            v.fn.countAll<number>().as('last'),
          ])
          .as('made'),
      (join) => join.onTrue(),
    )
    .select((m) => [
      'period.now',
      'period.length',
      'made.now as made',
      sql<string>`case when ${m.ref('period.last')} >= ${m.ref('l.valid_from')} and ${m.ref('made.last')} < ${visitsPerPeriod}::int
        then ${m.ref('period.last')} else (${m.ref('period.last')} + ${m.ref('period.length')})::date end`.as('first'),
    ]);
  return eb.selectFrom(missed.as('missed')).select((m) => {
    const lastDay = (begin: 'missed.now' | 'missed.first') =>
      sql`((${m.ref(begin)} + ${m.ref('missed.length')})::date - 1)`;
    return [
      sql<BusinessDay | null>`case when ${m.ref('missed.made')} < ${visitsPerPeriod}::int then ${lastDay('missed.now')} end`.as(
        'dueBy',
      ),
      sql<number>`case when ${m.ref('missed.first')} < ${m.ref('missed.now')} then ${today}::date - ${lastDay('missed.first')}
        else 0 end`.as('overdueDays'),
    ];
  });
}

/** A paired household that waits for a visit. */
export interface DueHousehold {
  readonly householdId: string;
  readonly headName: string;
  readonly villageName: string;
  readonly dueBy: BusinessDay | null;
  readonly overdueDays: number;
}

/** The paired households within the caller's scope that wait for a visit now. */
const dueHouseholds = (read: ReadSql<Tables>, caller: Caller, today: BusinessDay, policy: PolicyContent['visits']) =>
  read
    .selectFrom('pairing_link as l')
    .innerJoin('household_copy as h', (join) =>
      join.onRef('h.id', '=', 'l.household_id').on((eb) => helpsOn(eb, 'l', today)),
    )
    .innerJoinLateral(
      (eb) => standingBySql(eb, today, policy).as('standing'),
      (join) => join.onTrue(),
    )
    .where('h.withdrawn', '=', false)
    .where((eb) => householdVisible(eb, caller, today))
    .where((eb) => eb.or([eb('standing.dueBy', 'is not', null), eb('standing.overdueDays', '>', 0)]));

/** So many of them, most overdue first. */
export const findDue = (
  read: ReadSql<Tables>,
  caller: Caller,
  today: BusinessDay,
  policy: PolicyContent['visits'],
  limit: number,
): Promise<DueHousehold[]> =>
  dueHouseholds(read, caller, today, policy)
    .orderBy('standing.overdueDays', 'desc')
    .orderBy('h.number')
    .limit(limit)
    .select(['h.id as householdId', 'h.head_name as headName', 'h.village_name as villageName'])
    .select(['standing.dueBy', 'standing.overdueDays'])
    .execute();

/** How many wait for a visit now, and how many of them are overdue. */
export const countDue = (
  read: ReadSql<Tables>,
  caller: Caller,
  today: BusinessDay,
  policy: PolicyContent['visits'],
): Promise<{ due: number; overdue: number }> =>
  dueHouseholds(read, caller, today, policy)
    .select(({ fn }) => [
      fn.countAll<number>().as('due'),
      fn.countAll<number>().filterWhere('standing.overdueDays', '>', 0).as('overdue'),
    ])
    .executeTakeFirstOrThrow();

/** Households with the helper's link `l` of a day, the next link to come `n`, and all that is shown of them. */
export const pairedHouseholds = (read: ReadSql<Tables>, today: BusinessDay) =>
  read
    .selectFrom('household_copy as h')
    .leftJoin('pairing_link as l', (join) =>
      join.onRef('l.household_id', '=', 'h.id').on((eb) => helpsOn(eb, 'l', today)),
    )
    .leftJoin('cadre as c', 'c.id', 'l.cadre_id')
    .leftJoin('unit as u', 'u.id', 'l.unit_id')
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('pairing_link as o')
          .whereRef('o.household_id', '=', 'h.id')
          .where((o) => helpsAfter(o, 'o', today))
          .orderBy('o.valid_from')
          .limit(1)
          .select(['o.cadre_id', 'o.unit_id', 'o.valid_from'])
          .as('n'),
      (join) => join.onTrue(),
    )
    .leftJoin('cadre as nc', 'nc.id', 'n.cadre_id')
    .leftJoin('unit as nu', 'nu.id', 'n.unit_id')
    .where('h.withdrawn', '=', false)
    .select(['h.id as householdId', 'h.number', 'h.head_name as headName', 'h.township_name as townshipName'])
    .select(['h.village_name as villageName', 'h.village_code as villageCode', 'h.member_count as memberCount'])
    .select(['h.status', 'h.main_cause as mainCause', 'l.cadre_id as helperId', 'c.name as helperName'])
    .select(['u.name as unitName', 'l.valid_from as since', 'l.valid_until as until'])
    .select(['n.valid_from as nextDay', 'nc.id as nextId', 'nc.name as nextName', 'nu.name as nextUnitName'])
    .select((eb) =>
      visitsSince(eb)
        .select((v) =>
          sql<string[]>`coalesce(array_agg(${v.ref('v.day')}::text order by ${v.ref('v.day')}), '{}')`.as('days'),
        )
        .$asScalar()
        .$notNull()
        .as('visitDays'),
    );
export type PairedRow = Awaited<ReturnType<ReturnType<typeof pairedHouseholds>['execute']>>[number];

/** The day of the next change to come of such a household; empty when none is. */
export const comingDay = (
  eb: ExpressionBuilder<
    { l: Nullable<Tables['pairing_link']>; n: Nullable<Pick<Tables['pairing_link'], 'valid_from'>> },
    'l' | 'n'
  >,
) => sql<string | null>`least(${eb.ref('l.valid_until')}, ${eb.ref('n.valid_from')})`;

/** A row as the contract shows it. */
export function shownPairing(row: PairedRow, today: BusinessDay, policy: PolicyContent['visits']): PairedHousehold {
  const { helperId, helperName, unitName, since, until, visitDays, ...rest } = row;
  const { nextDay, nextId, nextName, nextUnitName, ...household } = rest;
  const helper = nextId === null ? null : { id: nextId, name: nextName ?? '', unitName: nextUnitName ?? '' };
  const coming = shownComing(until, nextDay, helper);
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

type Coming = NonNullable<PairedHousehold['coming']>;

/** What is decided for a day to come: the end of today's pairing, and who comes. */
function shownComing(until: string | null, day: string | null, helper: Coming['helper']): Coming | null {
  if (day !== null) return { kind: until === day ? 'handover' : 'assignment', day, helper };
  return until === null ? null : { kind: 'end', day: until, helper: null };
}
