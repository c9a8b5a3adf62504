import { demand } from '@bangfu/domain/shared/errors';
import type { Sql } from '@bangfu/events/sql';
import type { Caller } from '@bangfu/service-kit/auth/caller';
import { scopeParams } from '../../db/scope.ts';

/**
 * Checks the villages an entity is registered for: known to the register, within the caller's region, the seat among
 * them. @throws DomainError ENTITY_VILLAGE_UNKNOWN, ENTITY_SEAT_OUTSIDE
 */
export async function demandVillages(
  sql: Sql,
  caller: Caller,
  place: { readonly seatCode: string; readonly villageCodes: readonly string[] },
): Promise<void> {
  demand(place.villageCodes.includes(place.seatCode), 'ENTITY_SEAT_OUTSIDE');
  const [unknown] = await sql.query<{ code: string }>(
    `SELECT asked.code FROM unnest($1::text[]) WITH ORDINALITY asked (code, n)
     WHERE NOT (asked.code LIKE ANY ($2::text[]))
        OR NOT EXISTS (SELECT 1 FROM platform.household_copy h WHERE h.village_code = asked.code AND NOT h.withdrawn)
     ORDER BY asked.n LIMIT 1`,
    [[...place.villageCodes], scopeParams(caller)[1]],
  );
  demand(!unknown, 'ENTITY_VILLAGE_UNKNOWN', { village: unknown?.code ?? '' });
}
