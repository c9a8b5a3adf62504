import type { QueryOf } from '@bangfu/contracts/core/operation';
import * as contract from '@bangfu/contracts/pairing/cadres';
import type { PolicyContent } from '@bangfu/contracts/pairing/policies';
import { countOf } from '@bangfu/data/count-of';
import { amongIds } from '@bangfu/data/scope';
import { orderOf } from '@bangfu/data/typed-order';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { type CadreStep, cadreRefusal } from '@bangfu/domain/pairing/cadre-steps';
import { effectiveQuota } from '@bangfu/domain/pairing/policy';
import { maskPhone } from '@bangfu/domain/shared/id-number';
import { type BusinessDay, businessDayOf } from '@bangfu/domain/shared/time';
import type { Caller } from '@bangfu/platform/auth/caller';
import { pageOfList } from '@bangfu/platform/http/typed-page';
import { beginsName, holdsName, searchPattern } from '@bangfu/platform/search/name-search';
import { type StepCommand, stepsWithin } from '@bangfu/platform/steps';
import { type Expression, type ExpressionBuilder, sql } from 'kysely';
import { helpsAfter, helpsOn } from '../../../db/helps.ts';
import { CADRE_PHONE } from '../../../db/sealed.ts';
import { householdVisible, unitVisible } from '../../../db/visible.ts';
import { query, type Tables } from '../../../operations.ts';
import { STEP_WORDS } from '../../../steps.ts';
import { EARLIEST, holdingOn, policiesOf, type PolicyInForce, rankOf } from '../../policy/policy.repository.ts';
import { keepsUnit } from '../unit.repository.ts';

type Asked = QueryOf<typeof contract.listCadres>;
type OfCadre = ExpressionBuilder<Tables & { c: Tables['cadre'] }, 'c'>;

/** The days and the policies by which a list of cadres is read. */
interface Days {
  readonly today: BusinessDay;
  /** The first day that places are asked for. */
  readonly from: string;
  /** The quotas by each policy, as JSON. */
  readonly policies: string;
}

function daysOf(policies: readonly PolicyInForce[], asked: Asked, today: BusinessDay): Days {
  const todays = holdingOn(policies, today);
  const quotasOf = ({ ranks }: PolicyContent) => Object.fromEntries(ranks.map(({ rank, quota }) => [rank, quota]));
  const steps = policies.map((each) => ({
    from: each.validFrom ?? EARLIEST,
    quotas: quotasOf(each.content),
    isTodays: each === todays,
  }));
  return { today, from: asked.from ?? today, policies: JSON.stringify(steps) };
}

const policiesBySql = ({ policies }: Days) =>
  sql`jsonb_to_recordset(${policies}::jsonb) as s ("from" date, quotas jsonb, "isTodays" boolean)`;

/** How many households a cadre helps on a day. */
const loadOn = (eb: OfCadre, day: string | Expression<unknown>) =>
  countOf(
    eb
      .selectFrom('pairing_link as l')
      .whereRef('l.cadre_id', '=', 'c.id')
      .where((l) => helpsOn(l, 'l', day)),
  );

/** How many households more he can take from the day asked on, as `placesFree` of the domain: the least of all days. */
function places(eb: OfCadre, days: Days) {
  const begins = eb
    .selectFrom('pairing_link as y')
    .whereRef('y.cadre_id', '=', 'c.id')
    .where((y) => helpsAfter(y, 'y', days.from))
    .select('y.valid_from');
  const rank = eb.ref('c.rank');
  return sql<number | null>`(select min(least(q.quota, ${eb.ref('c.quota')}) - ${loadOn(eb, sql`p.day`)}) from (
      select ${days.from}::date as day
      union ${begins}
      union select s."from" from ${policiesBySql(days)} where s."from" > ${days.from}::date) p
    cross join lateral (select (s.quotas ->> ${rank})::int as quota from ${policiesBySql(days)} where s.quotas ? ${rank}
      order by s."from" <= p.day desc, case when s."from" <= p.day then s."from" end desc, s."from" limit 1) q)`;
}

/** None is shown as none; who has too many has none left. */
const placesLeft = (eb: OfCadre, days: Days) => sql<number>`greatest(0, ${places(eb, days)})::int`;

/** As `effectiveQuota`: a rank the policy does not know has none. */
const quotaToday = (eb: OfCadre, days: Days) =>
  sql<number | null>`(select least((s.quotas ->> ${eb.ref('c.rank')})::int, ${eb.ref('c.quota')})
    from ${policiesBySql(days)} where s."isTodays" and s.quotas ? ${eb.ref('c.rank')})`;

const cadres = (days: Days) => (read: ReadSql<Tables>) =>
  read
    .selectFrom('cadre as c')
    .innerJoin('unit as u', 'u.id', 'c.unit_id')
    .select(['c.id', 'c.name', 'c.unit_id as unitId', 'u.name as unitName', 'c.rank', 'c.quota as ownQuota'])
    .select(['c.phone_sealed as phoneSealed', 'c.home_village as homeVillage'])
    .select(['c.relative_numbers as relativeNumbers', 'c.username', 'c.active', 'c.version'])
    .select((eb) => [loadOn(eb, days.today).as('households'), placesLeft(eb, days).as('placesFree')]);

const orderOn = (days: Days) =>
  orderOf<Asked>()(cadres(days), ({ name, text, number, yesNo, id }) => ({
    columns: {
      name: name('c.name'),
      unitName: name('u.name'),
      rank: text('c.rank'),
      quota: { ...number((eb) => quotaToday(eb, days)), nullable: true },
      ownQuota: { ...number('c.quota'), nullable: true },
      households: number((eb) => loadOn(eb, days.today)),
      placesFree: { ...number((eb) => placesLeft(eb, days)), nullable: true },
      homeVillage: { ...name('c.home_village'), nullable: true },
      username: { ...text('c.username'), nullable: true },
      active: yesNo('c.active'),
    },
    own: [name('c.name'), id('c.id')],
  }));

/** The cadres a caller sees that are asked for. */
function foundCadres(read: ReadSql<Tables>, caller: Caller, asked: Asked, days: Days) {
  const { unit, rank, free, helping } = asked;
  const { today } = days;
  const pattern = searchPattern(asked.search);
  let found = cadres(days)(read)
    .where('c.county_code', '=', caller.countyCode)
    .where((eb) => unitVisible(eb, caller, today));
  if (pattern !== null) {
    found = found.where((eb) => eb.or([beginsName(eb.ref('c.name'), pattern), holdsName(eb.ref('u.name'), pattern)]));
  }
  if (unit !== undefined) found = found.where('c.unit_id', '=', unit);
  if (rank !== undefined) found = found.where('c.rank', '=', rank);
  if (free === 'true') found = found.where('c.active', '=', true).where((eb) => eb(places(eb, days), '>', 0));
  if (helping !== 'true') return found;
  return found.where((eb) =>
    eb.exists(
      eb
        .selectFrom('pairing_link as l')
        .innerJoin('household_copy as h', 'h.id', 'l.household_id')
        .whereRef('l.cadre_id', '=', 'c.id')
        .where((l) => helpsOn(l, 'l', today))
        .where('h.withdrawn', '=', false)
        .where((l) => householdVisible(l, caller, today))
        .select('l.id'),
    ),
  );
}

/** One page of the cadres within the scope by name, their telephones sealed; and the policy of the day. */
export async function findCadres(read: ReadSql<Tables>, caller: Caller, asked: Asked, now: Date) {
  const today = businessDayOf(now);
  const policies = await policiesOf(read, caller.countyCode);
  const days = daysOf(policies, asked, today);
  const page = await pageOfList(foundCadres(read, caller, asked, days), orderOn(days), asked);
  return { ...page, policy: holdingOn(policies, today).content };
}

const COMMANDS: Record<CadreStep, StepCommand> = { change: contract.changeCadre, reveal: contract.revealCadrePhone };

/** The cadres within the scope by name, phones masked, each with what the reader may do with them now. */
export const listCadres = query(contract.listCadres, async (call) => {
  const { read, caller, now, kit } = call;
  const { policy, ...page } = await findCadres(read, caller, call.query, now);
  const units = [...new Set(page.rows.map(({ unitId }) => unitId))];
  const offered = await stepsWithin(call, STEP_WORDS, COMMANDS, async (as, step) => {
    const found = read
      .selectFrom('unit as u')
      .where((eb) => amongIds(eb.ref('u.id'), units))
      .select(['u.id', 'u.seat_code as seatCode']);
    const seen =
      step === 'reveal'
        ? await found.where((eb) => unitVisible(eb, as, businessDayOf(now))).execute()
        : await found.execute();
    return new Set(seen.filter((unit) => step === 'reveal' || keepsUnit(as, unit)).map(({ id }) => id));
  });
  const rows = page.rows.map(({ phoneSealed, ...row }) => {
    const rank = rankOf(policy, row.rank);
    return {
      ...row,
      rankName: rank?.name ?? row.rank,
      quota: rank ? effectiveQuota(rank.quota, row.ownQuota) : null,
      phoneMasked: phoneSealed ? maskPhone(kit.cipher.open(CADRE_PHONE, row.id, phoneSealed)) : null,
      steps: offered(row.unitId, (step) => cadreRefusal(step, { hasPhone: phoneSealed !== null })),
    };
  });
  return { ...page, rows };
});
