import type { QueryOf } from '@bangfu/contracts/core/operation';
import * as contract from '@bangfu/contracts/identification/cases';
import { inRegions, narrow } from '@bangfu/data/scope';
import { orderOf } from '@bangfu/data/typed-order';
import { PROCEDURES } from '@bangfu/domain/identification/case/steps';
import { CASE_KINDS } from '@bangfu/domain/identification/policy/policy';
import { type RegionCode, scopePrefix } from '@bangfu/domain/shared/region';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { readsMasked, regionPrefixes } from '@bangfu/platform/auth/caller';
import { pageOfList } from '@bangfu/platform/http/typed-page';
import { beginsName, beginsNumber, searchPattern } from '@bangfu/platform/search/name-search';
import { sql } from 'kysely';
import { query } from '../../../operations.ts';
import { casePolicies } from '../case-policy.ts';
import { placedCases, shownCase } from '../case-row.ts';
import { waitsFor } from '../waiting-cases/waiting-steps.ts';

const STEPS = [...new Set(Object.values(PROCEDURES).flatMap((steps) => steps.map(({ id }) => id)))];

const ORDER = orderOf<QueryOf<typeof contract.listCases>>()(
  placedCases,
  ({ text, person, stage, day, instant, number, id }) => ({
    columns: {
      householdNumber: text('h.number'),
      headName: person('h.head_name'),
      villageName: text('c.village_code'),
      kind: stage('c.kind', CASE_KINDS),
      status: stage('c.status', contract.CASE_STATUSES),
      step: { ...stage('c.step', STEPS), nullable: true },
      openedOn: day('c.opened_on'),
      deadline: { ...day('c.due'), nullable: true },
      closableFrom: { ...instant('c.notice_closable_from'), nullable: true },
      openObjections: number(
        ({ ref }) => sql<number>`coalesce(jsonb_array_length(${ref('c.state')}->'notice'->'openObjections'), 0)`,
      ),
    },
    // Ids are ordered by time.
    own: [{ ...id('c.id'), down: true }],
  }),
);

/** One page of cases, the newest first, with the exact total of the filter. */
export const listCases = query(contract.listCases, async ({ read, caller, query: asked, now }) => {
  const { kind, status, step, householdId } = asked;
  const prefixes = narrow(regionPrefixes(caller), asked.region && scopePrefix(asked.region as RegionCode));
  const pattern = searchPattern(asked.search);
  let found = placedCases(read).where((eb) => inRegions(eb.ref('c.village_code'), prefixes));
  if (kind) found = found.where('c.kind', '=', kind);
  if (status) found = found.where('c.status', '=', status);
  if (step) found = found.where('c.step', '=', step);
  if (householdId) found = found.where('c.household_id', '=', householdId);
  if (asked.overdue === 'true') found = found.where('c.status', '=', 'open').where('c.due', '<', businessDayOf(now));
  if (pattern) {
    found = found.where((eb) =>
      eb.or([beginsNumber(eb.ref('h.number'), pattern), beginsName(eb.ref('h.head_name'), pattern)]),
    );
  }
  if (asked.waiting === 'true') found = found.where((eb) => waitsFor(eb, caller, now));
  const page = await pageOfList(found, ORDER, asked, readsMasked(caller));
  const policyOn = await casePolicies(read, caller.countyCode);
  return { ...page, rows: page.rows.map((row) => shownCase(row, now, policyOn)) };
});
