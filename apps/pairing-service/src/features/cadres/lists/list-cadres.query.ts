import type { QueryOf } from '@bangfu/contracts/core/operation';
import type { Cadre, listCadres } from '@bangfu/contracts/pairing/cadres';
import { effectiveQuota } from '@bangfu/domain/pairing/policy';
import { maskPhone } from '@bangfu/domain/shared/id-number';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { pgSql } from '@bangfu/events/sql';
import type { Caller } from '@bangfu/service-kit/auth/caller';
import { byId, byName, byNumber, byText, byYesNo, listOrder, nullable } from '@bangfu/service-kit/db/list-order';
import { readsOf } from '@bangfu/service-kit/db/reads';
import { readPage } from '@bangfu/service-kit/http/page';
import { nameBegins, nameHolds, searchPattern } from '@bangfu/service-kit/search/name-search';
import type { Pairing } from '../../../db/client.ts';
import { householdVisible, unitVisible, visibleTo } from '../../../db/visible.ts';
import { policyOn, rankOf } from '../../policy/policy.repository.ts';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly unitId: string;
  readonly unitName: string;
  readonly rank: string;
  readonly ownQuota: number | null;
  readonly households: number;
  readonly phoneSealed: Buffer | null;
  readonly homeVillage: string | null;
  readonly relativeNumbers: string[];
  readonly username: string | null;
  readonly active: boolean;
  readonly version: number;
}

const LOAD = '(SELECT count(*) FROM pairing_link l WHERE l.cadre_id = c.id AND l.open_for IS NOT NULL)';
/** The parameter of the ranks' quotas by the policy of the day, as JSON. */
const QUOTAS = '$8';
const NAME = byName('c.name');
const ORDER = listOrder<QueryOf<typeof listCadres>>(
  {
    name: NAME,
    unitName: byName('u.name'),
    rank: byText('c.rank'),
    // As `effectiveQuota`: a rank the policy does not know has none.
    quota: nullable(
      byNumber(`CASE WHEN ${QUOTAS}::jsonb ? c.rank THEN least((${QUOTAS}::jsonb ->> c.rank)::int, c.quota) END`),
    ),
    ownQuota: nullable(byNumber('c.quota')),
    households: byNumber(LOAD),
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
  const { content: policy } = await policyOn(pgSql(pool), caller.countyCode, businessDayOf(now));
  const quotas = JSON.stringify(Object.fromEntries(policy.ranks.map(({ rank, quota }) => [rank, quota])));
  const where = `c.county_code = $1 AND ($2::text IS NULL OR ${nameBegins('c.name', '$2')} OR ${nameHolds('u.name', '$2')})
    AND ${unitVisible(3)} AND ($6::uuid IS NULL OR c.unit_id = $6) AND ($7::text IS NULL OR c.rank = $7)
    AND (NOT $14::boolean OR (c.active AND ${LOAD} < least(c.quota, coalesce((${QUOTAS}::jsonb ->> c.rank)::int, 0))))
    AND (NOT $9::boolean OR EXISTS (SELECT 1 FROM pairing_link l JOIN platform.household_copy h ON h.id = l.open_for
      WHERE l.cadre_id = c.id AND NOT h.withdrawn AND ${householdVisible(10)}))`;
  const params = [
    caller.countyCode,
    searchPattern(query.search),
    ...visibleTo(caller).slice(0, 3),
    query.unit ?? null,
    query.rank ?? null,
    quotas,
    query.helping === 'true',
    ...visibleTo(caller),
    query.free === 'true',
  ];
  const page = await readPage<Row>(pgSql(pool), ORDER, query, {
    columns: `c.id::text AS id, c.name, c.unit_id::text AS "unitId", u.name AS "unitName", c.rank, c.quota AS "ownQuota",
      ${LOAD} AS households, c.phone_sealed AS "phoneSealed", c.home_village AS "homeVillage",
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
        phoneMasked: phoneSealed ? maskPhone(service.cipher.open(phoneSealed)) : null,
      };
    }),
  };
}
