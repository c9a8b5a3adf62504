import { type ContractDays, type Days, dividendPeriods, isAnybodyThere } from '@bangfu/domain/industry/dividend-period';
import type { EntityBusiness } from '@bangfu/domain/industry/entity';
import { demand } from '@bangfu/domain/shared/errors';
import { businessDayOf } from '@bangfu/domain/shared/time';
import type { Sql } from '@bangfu/data/sql';
import type { Caller } from '@bangfu/platform/auth/caller';
import { CONTRACT_TO, MEMBER_FROM, MEMBER_TO } from '../../db/contract-days.ts';
import { scopeParams } from '../../db/scope.ts';
import { FROM_NIL, NIL_HOLDS, NIL_WAITS } from '../nil-years/nil-year.repository.ts';

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

type ContractRow = ContractDays & { readonly id: string; readonly number: string; readonly state: string };

/** What an entity still has to do with on a day: contracts, declarations, dividend years nobody declared. */
export async function findBusiness(sql: Sql, entityId: string, now: Date): Promise<EntityBusiness> {
  const today = businessDayOf(now);
  const contracts = await sql.query<ContractRow>(
    `SELECT c.id::text AS id, c.number, c.state, c.period_from::text AS "from", ${CONTRACT_TO}::text AS "to",
       c.dividend_year AS "dividendYear" FROM contract c WHERE c.entity_id = $1::uuid ORDER BY c.number`,
    [entityId],
  );
  const declared = await sql.query<{ contractId: string; number: string; year: number; from: string; open: boolean }>(
    `SELECT d.contract_id::text AS "contractId", c.number, d.year, d.period_from::text AS "from", d.status <> 'closed' AS open
     FROM declaration d JOIN contract c ON c.id = d.contract_id WHERE d.entity_id = $1::uuid AND d.live
     UNION ALL SELECT n.contract_id::text, c.number, n.year, n.period_from::text, ${NIL_WAITS} ${FROM_NIL}
     WHERE c.entity_id = $1::uuid AND ${NIL_HOLDS} ORDER BY number, "from"`,
    [entityId],
  );
  const signed = contracts.filter(({ state }) => state !== 'drafted');
  const ended = signed.filter(({ to }) => to < today);
  const days = await sql.query<Days & { contractId: string }>(
    `SELECT DISTINCT m.contract_id::text AS "contractId", ${MEMBER_FROM}::text AS "from", ${MEMBER_TO}::text AS "to"
     FROM contract_household m JOIN contract c ON c.id = m.contract_id WHERE m.contract_id = ANY ($1::text[]::uuid[])`,
    [ended.map(({ id }) => id)],
  );
  const daysOf = Map.groupBy(days, ({ contractId }) => contractId);
  const undeclared: string[] = [];
  for (const contract of ended) {
    const households = daysOf.get(contract.id) ?? [];
    for (const period of dividendPeriods(contract)) {
      const isKnown = declared.some((each) => each.contractId === contract.id && each.from === period.from);
      if (!isKnown && isAnybodyThere(households, period)) undeclared.push(`${contract.number} ${period.year}`);
    }
  }
  return {
    drafts: contracts.filter(({ state }) => state === 'drafted').map(({ number }) => number),
    running: signed.filter(({ to }) => to >= today).map(({ number }) => number),
    declarations: declared.filter(({ open }) => open).map(({ number, year }) => `${number} ${year}`),
    undeclared,
  };
}
