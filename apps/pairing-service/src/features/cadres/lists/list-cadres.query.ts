import type { QueryOf } from '@bangfu/contracts/core/operation';
import type { PolicyContent } from '@bangfu/contracts/pairing/policy';
import type { Cadre, listCadres } from '@bangfu/contracts/pairing/cadres';
import { effectiveQuota } from '@bangfu/domain/pairing/policy';
import { maskPhone } from '@bangfu/domain/shared/id-number';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { pgSql } from '@bangfu/data/sql';
import type { Caller } from '@bangfu/platform/auth/caller';
import { byId, byName, byNumber, byText, byYesNo, listOrder, nullable } from '@bangfu/data/list-order';
import { readsOf } from '@bangfu/platform/db/reads';
import { readPage } from '@bangfu/platform/http/page';
import { nameBegins, nameHolds, searchPattern } from '@bangfu/platform/search/name-search';
import type { Pairing } from '../../../db/client.ts';
import { helpsAfter, helpsOn } from '../../../db/helps.ts';
import { dayOf, householdVisible, UNIT_PARAMS, unitVisible, visibleTo } from '../../../db/visible.ts';
import { EARLIEST, holdingOn, policiesOf, rankOf } from '../../policy/policy.repository.ts';
import { CADRE_PHONE } from '../../../db/sealed.ts';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly unitId: string;
  readonly unitName: string;
  readonly rank: string;
  readonly ownQuota: number | null;
  readonly households: number;
  readonly placesFree: number | null;
  readonly phoneSealed: Buffer | null;
  readonly homeVillage: string | null;
  readonly relativeNumbers: string[];
  readonly username: string | null;
  readonly active: boolean;
  readonly version: number;
}

/** Among the parameters of the list, those of `visibleTo` stand from here on. */
const VISIBLE = 3;
const loadOn = (day: string) =>
  `(SELECT count(*) FROM pairing_link l WHERE l.cadre_id = c.id AND ${helpsOn('l', day)})`;
const LOAD = loadOn(dayOf(VISIBLE));
/** The parameters of the quotas by each policy, as JSON, and of the first day that places are asked for. */
const POLICIES = `jsonb_to_recordset($16::jsonb) AS s ("from" date, quotas jsonb, "isTodays" boolean)`;
const FROM = '$17::date';

/** How many households more he can take from the day asked on, as `placesFree` of the domain: the least of all days. */
const PLACES = `(SELECT min(least(q.quota, c.quota) - ${loadOn('p.day')}) FROM (
    SELECT ${FROM} AS day
    UNION SELECT y.valid_from FROM pairing_link y WHERE y.cadre_id = c.id AND ${helpsAfter('y', FROM)}
    UNION SELECT s."from" FROM ${POLICIES} WHERE s."from" > ${FROM}) p
  CROSS JOIN LATERAL (SELECT (s.quotas ->> c.rank)::int AS quota FROM ${POLICIES} WHERE s.quotas ? c.rank
    ORDER BY s."from" <= p.day DESC, CASE WHEN s."from" <= p.day THEN s."from" END DESC, s."from" LIMIT 1) q)`;
const NAME = byName('c.name');
const ORDER = listOrder<QueryOf<typeof listCadres>>(
  {
    name: NAME,
    unitName: byName('u.name'),
    rank: byText('c.rank'),
    // As `effectiveQuota`: a rank the policy does not know has none.
    quota: nullable(
      byNumber(`(SELECT least((s.quotas ->> c.rank)::int, c.quota) FROM ${POLICIES}
        WHERE s."isTodays" AND s.quotas ? c.rank)`),
    ),
    ownQuota: nullable(byNumber('c.quota')),
    households: byNumber(LOAD),
    placesFree: nullable(byNumber(`greatest(0, ${PLACES})`)),
    homeVillage: nullable(byName('c.home_village')),
    username: nullable(byText('c.username')),
    active: byYesNo('c.active'),
  },
  [NAME, byId('c.id')],
);

/** One page of the cadres within the scope, by name; phones masked. */
export async function findCadres(
  service: Pairing,
  caller: Caller,
  query: QueryOf<typeof listCadres>,
  now: Date,
): Promise<{ rows: Cadre[]; total: number; next: string | null }> {
  const pool = readsOf(service, caller);
  const today = businessDayOf(now);
  const policies = await policiesOf(pgSql(pool), caller.countyCode);
  const todays = holdingOn(policies, today);
  const policy = todays.content;
  const quotasOf = ({ ranks }: PolicyContent) => Object.fromEntries(ranks.map(({ rank, quota }) => [rank, quota]));
  const steps = policies.map((each) => ({
    from: each.validFrom ?? EARLIEST,
    quotas: quotasOf(each.content),
    isTodays: each === todays,
  }));
  const where = `c.county_code = $1 AND ($2::text IS NULL OR ${nameBegins('c.name', '$2')} OR ${nameHolds('u.name', '$2')})
    AND ${unitVisible(VISIBLE)} AND ($7::uuid IS NULL OR c.unit_id = $7) AND ($8::text IS NULL OR c.rank = $8)
    AND (NOT $15::boolean OR (c.active AND ${PLACES} > 0))
    AND (NOT $9::boolean OR EXISTS (SELECT 1 FROM pairing_link l JOIN platform.household_copy h ON h.id = l.household_id
      WHERE l.cadre_id = c.id AND ${helpsOn('l', dayOf(VISIBLE))} AND NOT h.withdrawn AND ${householdVisible(10)}))`;
  const params = [
    caller.countyCode,
    searchPattern(query.search),
    ...visibleTo(caller, today).slice(0, UNIT_PARAMS),
    query.unit ?? null,
    query.rank ?? null,
    query.helping === 'true',
    ...visibleTo(caller, today),
    query.free === 'true',
    JSON.stringify(steps),
    query.from ?? today,
  ];
  const page = await readPage<Row>(pgSql(pool), ORDER, query, {
    columns: `c.id::text AS id, c.name, c.unit_id::text AS "unitId", u.name AS "unitName", c.rank, c.quota AS "ownQuota",
      ${LOAD} AS households, greatest(0, ${PLACES})::int AS "placesFree", c.phone_sealed AS "phoneSealed", c.home_village AS "homeVillage",
      c.relative_numbers AS "relativeNumbers", c.username, c.active, c.version`,
    from: `FROM cadre c JOIN unit u ON u.id = c.unit_id WHERE ${where}`,
    params,
  });
  return {
    ...page,
    rows: page.rows.map(({ phoneSealed, ...row }) => {
      const rank = rankOf(policy, row.rank);
      return {
        ...row,
        rankName: rank?.name ?? row.rank,
        quota: rank ? effectiveQuota(rank.quota, row.ownQuota) : null,
        phoneMasked: phoneSealed ? maskPhone(service.cipher.open(CADRE_PHONE, row.id, phoneSealed)) : null,
      };
    }),
  };
}
