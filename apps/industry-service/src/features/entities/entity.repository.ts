import type { Entity } from '@bangfu/contracts/industry/entities';
import { countOf } from '@bangfu/data/count-of';
import { inRegions } from '@bangfu/data/scope';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { dividendPeriods, isAnybodyThere } from '@bangfu/domain/industry/dividend-period';
import type { EntityBusiness } from '@bangfu/domain/industry/entity';
import { demand } from '@bangfu/domain/shared/errors';
import { type BusinessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { type Caller, regionPrefixes } from '@bangfu/platform/auth/caller';
import { notFound } from '@bangfu/platform/http/refusal';
import { type ExpressionBuilder, sql } from 'kysely';
import { contractFrom, contractTo, memberDays, memberFrom, memberTo } from '../../db/contract-days.ts';
import { entityVisible, householdVisible } from '../../db/scope.ts';
import type { Tables } from '../../operations.ts';
import { standingNils } from '../nil-years/nil-year.repository.ts';

type Entities = ExpressionBuilder<Tables & { e: Tables['entity'] }, 'e'>;

/** The contracts of `entity e` that are in force on a day. */
const running = (eb: Entities, today: BusinessDay) =>
  eb
    .selectFrom('contract as c')
    .whereRef('c.entity_id', '=', 'e.id')
    .where('c.state', '<>', 'drafted')
    .where('c.period_from', '<=', today)
    .where((c) => c(contractTo(c), '>=', today));

/** How many contracts of `entity e` are in force. */
export const contractsOf = (eb: Entities, today: BusinessDay) => countOf(running(eb, today));

/** How many households of the caller's scope are on contracts of `entity e` that are in force. */
export const householdsOf = (eb: Entities, caller: Caller, today: BusinessDay) =>
  running(eb, today)
    .innerJoin('contract_household as m', 'm.contract_id', 'c.id')
    .where((m) => m(memberFrom(m), '<=', today))
    .where((m) => m(memberTo(m), '>=', today))
    .where((m) => householdVisible(m, caller, m.ref('m.village_code')))
    .select((m) => m.fn.count<number>('m.household_id').distinct().as('n'))
    .$asScalar()
    .$notNull();

/** The entities `e` that a caller sees, as lists show them. */
export const shownEntities = (read: ReadSql<Tables>, caller: Caller, today: BusinessDay) =>
  read
    .selectFrom('entity as e')
    .where((eb) => entityVisible(eb, caller))
    .select(['e.id', 'e.name', 'e.credit_code as creditCode', 'e.kind', 'e.representative_role as representativeRole'])
    .select(['e.seat_code as seatCode', 'e.village_codes as villageCodes', 'e.state', 'e.version'])
    .select((eb) => {
      const copyOf = (code: ReturnType<typeof sql.ref<string>>) =>
        eb.selectFrom('household_copy as h').where('h.village_code', '=', code).limit(1);
      const township = copyOf(sql.ref('e.seat_code')).select('h.township_name');
      const village = copyOf(sql.ref('v.code')).select('h.village_name');
      return [
        eb.fn.coalesce(township, eb.val('')).as('townshipName'),
        sql<string[]>`array(select coalesce(${village}, v.code)
          from unnest(${eb.ref('e.village_codes')}) with ordinality v (code, n) order by v.n)`.as('villageNames'),
        contractsOf(eb, today).as('contracts'),
        householdsOf(eb, caller, today).as('households'),
      ];
    });

/** One entity within the caller's scope. @throws Refusal 404 */
export async function getStoredEntity(
  read: ReadSql<Tables>,
  caller: Caller,
  entityId: string,
  now: Date,
): Promise<Entity> {
  const entity = await shownEntities(read, caller, businessDayOf(now)).where('e.id', '=', entityId).executeTakeFirst();
  if (!entity) throw notFound();
  return entity;
}

/**
 * Checks the villages an entity is registered for: known to the register, within the caller's region, the seat among
 * them. @throws DomainError ENTITY_VILLAGE_UNKNOWN, ENTITY_SEAT_OUTSIDE
 */
export async function demandVillages(
  read: ReadSql<Tables>,
  caller: Caller,
  place: { readonly seatCode: string; readonly villageCodes: readonly string[] },
): Promise<void> {
  demand(place.villageCodes.includes(place.seatCode), 'ENTITY_SEAT_OUTSIDE');
  const found = await read
    .selectFrom('household_copy as h')
    .where('h.withdrawn', '=', false)
    .where('h.village_code', 'in', place.villageCodes)
    .where((eb) => inRegions(eb.ref('h.village_code'), regionPrefixes(caller)))
    .select('h.village_code as code')
    .distinct()
    .execute();
  const known = new Set(found.map(({ code }) => code));
  const unknown = place.villageCodes.find((code) => !known.has(code));
  demand(unknown === undefined, 'ENTITY_VILLAGE_UNKNOWN', { village: unknown ?? '' });
}

/** What an entity still has to do with on a day: contracts, declarations, dividend years nobody declared. */
export async function findBusiness(read: ReadSql<Tables>, entityId: string, now: Date): Promise<EntityBusiness> {
  const today = businessDayOf(now);
  const contracts = await read
    .selectFrom('contract as c')
    .where('c.entity_id', '=', entityId)
    .orderBy('c.number')
    .select(['c.id', 'c.number', 'c.state', 'c.dividend_year as dividendYear'])
    .select((eb) => [contractFrom(eb).as('from'), contractTo(eb).as('to')])
    .execute();
  const declared = await read
    .selectFrom('declaration as d')
    .innerJoin('contract as c', 'c.id', 'd.contract_id')
    .where('d.entity_id', '=', entityId)
    .where('d.live', 'is', true)
    .select(['d.contract_id as contractId', 'c.number', 'd.year', 'd.period_from as from'])
    .select((eb) => eb('d.status', '<>', 'closed').$castTo<boolean>().as('open'))
    .unionAll(
      standingNils(read)
        .where('c.entity_id', '=', entityId)
        .select(['n.contract_id as contractId', 'c.number', 'n.year', 'n.period_from as from'])
        .select((eb) => eb('z.outcome', 'is', null).$castTo<boolean>().as('open')),
    )
    .orderBy('number')
    .orderBy('from')
    .execute();
  const signed = contracts.filter(({ state }) => state !== 'drafted');
  const ended = signed.filter(({ to }) => to < today);
  const days = await memberDays(read)
    .where(
      'm.contract_id',
      'in',
      ended.map(({ id }) => id),
    )
    .select('m.contract_id as contractId')
    .execute();
  const householdsOn = Map.groupBy(days, ({ contractId }) => contractId);
  const undeclared: string[] = [];
  for (const contract of ended) {
    const households = householdsOn.get(contract.id) ?? [];
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
