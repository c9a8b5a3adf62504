import type { Visit } from '@bangfu/contracts/pairing/visits';
import { instantOf } from '@bangfu/data/instant';
import type { ReadSql } from '@bangfu/data/typed-sql';
import type { BusinessDay } from '@bangfu/domain/shared/time';
import type { Caller } from '@bangfu/platform/auth/caller';
import type { Cipher } from '@bangfu/platform/secrets/cipher';
import { type ExpressionBuilder, sql } from 'kysely';
import { VISIT_POSITION } from '../../db/sealed.ts';
import { householdVisible, ownIds } from '../../db/visible.ts';
import type { Tables } from '../../operations.ts';

type OfVisit = ExpressionBuilder<Tables & { v: Tables['visit']; h: Tables['household_copy'] }, 'v' | 'h'>;

/** Visits with the household, the helper and his unit. */
export const visits = (read: ReadSql<Tables>) =>
  read
    .selectFrom('visit as v')
    .innerJoin('household_copy as h', 'h.id', 'v.household_id')
    .innerJoin('cadre as c', 'c.id', 'v.cadre_id')
    .innerJoin('unit as u', 'u.id', 'c.unit_id');

/** Visits as they are read to be shown. */
export const keptVisits = (read: ReadSql<Tables>) =>
  visits(read)
    .select(['v.id', 'h.id as householdId', 'h.number', 'h.head_name as headName', 'h.township_name as townshipName'])
    .select(['h.village_name as villageName', 'c.name as helperName', 'u.name as unitName'])
    .select(['v.people_met as peopleMet', 'v.seen', 'v.needs', 'v.position_sealed as positionSealed'])
    .select(['v.no_position_reason as noPositionReason', 'v.acknowledged_how as acknowledgedHow'])
    .select('v.acknowledged_by as acknowledgedBy')
    .select((eb) => [
      instantOf(eb.ref('v.at')).as('at'),
      instantOf(eb.ref('v.received_at')).as('receivedAt'),
      eb
        .selectFrom('visit_photo as p')
        .whereRef('p.visit_id', '=', 'v.id')
        .select((p) =>
          sql<string[]>`coalesce(array_agg(${p.ref('p.sha256')} order by ${p.ref('p.position')}), '{}')`.as('photos'),
        )
        .$asScalar()
        .$notNull()
        .as('photos'),
    ]);
export type KeptVisit = Awaited<ReturnType<ReturnType<typeof keptVisits>['execute']>>[number];

/** Visits to households within the scope, and a helper's own whoever helps there that day. */
export const visitVisible = (eb: OfVisit, caller: Caller, today: BusinessDay) =>
  eb.or([householdVisible(eb, caller, today), eb('v.cadre_id', 'in', ownIds(caller, 'helper'))]);

/** A visit as the contract shows it. */
export function shownVisit(
  { positionSealed, acknowledgedHow, acknowledgedBy, ...row }: KeptVisit,
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
