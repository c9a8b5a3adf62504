import type { Cause, HouseholdCategory } from '@bangfu/domain/identification/roster/dictionaries';
import type { HouseholdFilter } from '@bangfu/contracts/identification/households';
import { narrow, villagesIn } from '@bangfu/data/scope';
import { demand } from '@bangfu/domain/shared/errors';
import { nameKey, normaliseNumber } from '@bangfu/domain/shared/normalise';
import { type RegionCode, scopePrefix } from '@bangfu/domain/shared/region';
import { type Caller, regionPrefixes } from '@bangfu/platform/auth/caller';
import { beginsName, nameKeyOf, searchPattern } from '@bangfu/platform/search/name-search';
import type { Cipher } from '@bangfu/platform/secrets/cipher';
import { type Expression, type ExpressionBuilder, sql, type SqlBool } from 'kysely';
import type { z } from 'zod';
import type { Tables } from '../../operations.ts';
import { isPast, type TwoTimes } from '../../register/as-of.ts';

type Of = ExpressionBuilder<Tables & { h: Tables['household'] }, 'h'>;

const LETTERS = /^[a-z]+$/i;

/** Households with any problem at all. */
const ANY_RULE = 'any';

/**
 * Of `household h`: what the caller may see, narrowed to what is filtered for. Search: number prefix, a member's name
 * in any writing or by its initials, the village, or last four of an ID number.
 * Every part names columns that an index begins with, the county's first.
 * @throws DomainError PAST_NOT_KEPT for what is not kept of another day
 */
export function isAskedFor(
  eb: Of,
  filter: z.output<typeof HouseholdFilter> & TwoTimes,
  caller: Caller,
  cipher: Cipher,
): Expression<SqlBool> {
  const { countyCode } = caller;
  demand(!isPast(filter) || !(filter.rule || filter.openCase), 'PAST_NOT_KEPT');
  const prefixes = narrow(regionPrefixes(caller), filter.region && scopePrefix(filter.region as RegionCode));
  const parts: Expression<SqlBool>[] = [
    eb('h.county_code', '=', countyCode),
    villagesIn(eb.ref('h.village_code'), prefixes),
  ];
  if (filter.status === 'poor') parts.push(eb('h.status', 'in', ['registered', 'returned']));
  else if (filter.status) parts.push(eb('h.status', '=', filter.status));
  if (filter.category) parts.push(eb('h.category', '=', filter.category as HouseholdCategory));
  if (filter.cause) parts.push(eb('h.main_cause', '=', filter.cause as Cause));
  if (filter.rule) {
    const broken = eb.selectFrom('quality_breach as b').where('b.county_code', '=', countyCode);
    const one = filter.rule === ANY_RULE ? broken : broken.where('b.rule_id', '=', filter.rule);
    parts.push(eb('h.id', 'in', one.select('b.household_id')));
  }
  if (filter.openCase) {
    const hasOpen = eb.exists(
      eb.selectFrom('case_file as c').whereRef('c.open_household_id', '=', 'h.id').select('c.id'),
    );
    parts.push(filter.openCase === 'true' ? hasOpen : eb.not(hasOpen));
  }
  const text = filter.search?.trim();
  if (text && nameKey(text) !== '') parts.push(isSearched(eb, text, countyCode, cipher));
  return eb.and(parts);
}

function isSearched(eb: Of, text: string, countyCode: string, cipher: Cipher): Expression<SqlBool> {
  const number = normaliseNumber(text);
  if (/^\d{3}[\dX]$/.test(number)) {
    const ofPerson = eb
      .selectFrom('person as p')
      .where('p.id_last_four_index', '=', cipher.index('id-last-four', number))
      .select('p.household_id');
    return eb('h.id', 'in', ofPerson);
  }
  if (/^\d+$/.test(number)) return eb('h.number', 'like', `${number}%`);
  const asked = searchPattern(text) ?? '';
  const beginning = `${nameKey(text).replace(/[\\%_]/g, '\\$&')}%`;
  const ofMember = eb
    .selectFrom('person as p')
    .where('p.county_code', '=', countyCode)
    // A plain beginning is found through the index; initials are not a beginning.
    .where(({ ref }) =>
      LETTERS.test(text)
        ? beginsName(ref('p.name'), asked)
        : sql<SqlBool>`${nameKeyOf(ref('p.name'))} like ${beginning}`,
    )
    .select('p.household_id as id');
  const ofVillage = eb
    .selectFrom('region as v')
    .crossJoinLateral((from) =>
      from.selectFrom('household as y').whereRef('y.village_code', '=', 'v.code').select('y.id').offset(0).as('x'),
    )
    .where('v.county_code', '=', countyCode)
    .where('v.level', '=', 'village')
    .where(({ ref }) => beginsName(ref('v.name'), asked))
    .select('x.id');
  // As lists: how many households a text names is not to be guessed, and each is found through an index.
  return sql<SqlBool>`${eb.ref('h.id')} = any (array${ofMember.union(ofVillage)})`;
}
