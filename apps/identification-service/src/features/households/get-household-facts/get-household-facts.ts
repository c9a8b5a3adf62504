import * as contract from '@bangfu/contracts/identification/households';
import { inRegions } from '@bangfu/data/scope';
import { FACTS } from '@bangfu/domain/identification/facts/catalogue';
import type { Facts } from '@bangfu/domain/identification/facts/fact';
import { isCorrectable } from '@bangfu/domain/identification/facts/fact-input';
import { regionPrefixes } from '@bangfu/platform/auth/caller';
import { notFound } from '@bangfu/platform/http/refusal';
import { query } from '../../../operations.ts';
import { HOUSEHOLD_FACT_COLUMNS, PERSON_FACT_COLUMNS } from '../../../register/fact-columns.ts';

/** The columns of facts that may be corrected; none of them is sealed. */
const correctable = <Column extends { readonly key: string }>(columns: readonly Column[], facts: Facts): Column[] =>
  columns.filter(({ key }) => facts[key] && isCorrectable(facts[key]));
const OF_HOUSEHOLD = correctable(HOUSEHOLD_FACT_COLUMNS, FACTS.household);
const OF_PERSON = correctable(PERSON_FACT_COLUMNS, FACTS.person);

type Sent = string | number | boolean | string[] | null;

/** A stored value as it is sent; undefined for what is not sent, of which the columns above have none. */
function sent(value: unknown): Sent | undefined {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  return Array.isArray(value) ? value.map(String) : undefined;
}

function factsOf(columns: readonly { readonly key: string; readonly column: string }[], row: object) {
  const stored = new Map<string, unknown>(Object.entries(row));
  const facts: Record<string, Sent> = {};
  for (const { key, column } of columns) {
    const value = sent(stored.get(column));
    if (value !== undefined) facts[key] = value;
  }
  return facts;
}

/** What is kept of a household and its members and can be corrected. @throws Refusal 404 */
export const getHouseholdFacts = query(contract.getHouseholdFacts, async ({ read, caller, params }) => {
  const { householdId } = params;
  const household = await read
    .selectFrom('household as h')
    .where('h.id', '=', householdId)
    .where((eb) => inRegions(eb.ref('h.village_code'), regionPrefixes(caller)))
    .select(['h.number', 'h.version', 'h.valid_from as validFrom'])
    .select(OF_HOUSEHOLD.map(({ column }) => `h.${column}` as const))
    .executeTakeFirst();
  if (!household) throw notFound();
  const members = await read
    .selectFrom('person as p')
    .where('p.household_id', '=', householdId)
    .orderBy((eb) => eb('p.relation', '=', 'head'), 'desc')
    .orderBy('p.row_order')
    .orderBy('p.id')
    .select(['p.id', 'p.name', 'p.relation'])
    .select(OF_PERSON.map(({ column }) => `p.${column}` as const))
    .execute();
  const { number, version, validFrom } = household;
  return {
    number,
    version,
    validFrom,
    facts: factsOf(OF_HOUSEHOLD, household),
    members: members.map((member) => ({
      personId: member.id,
      name: member.name,
      relation: member.relation,
      facts: factsOf(OF_PERSON, member),
    })),
  };
});
