import type { PairingRecord } from '@bangfu/contracts/pairing/pairings';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { businessDayOf } from '@bangfu/domain/shared/time';
import type { Caller } from '@bangfu/platform/auth/caller';
import { notFound } from '@bangfu/platform/http/refusal';
import type { z } from 'zod';
import { householdVisible } from '../../db/visible.ts';
import type { Tables } from '../../operations.ts';
import { policyOn } from '../policy/policy.repository.ts';
import { findReversals } from './reversal.repository.ts';
import { pairedHouseholds, shownPairing } from './standing.ts';

/** One household with its helper, its visits' standing and the whole chain. @throws Refusal 404 */
export async function readPairing(
  read: ReadSql<Tables>,
  caller: Caller,
  householdId: string,
  now: Date,
): Promise<z.output<typeof PairingRecord>> {
  const today = businessDayOf(now);
  const { content } = await policyOn(read, caller.countyCode, today);
  const row = await pairedHouseholds(read, today)
    .where('h.id', '=', householdId)
    .where((eb) => householdVisible(eb, caller, today))
    .select('h.members')
    .executeTakeFirst();
  if (!row) throw notFound();
  const { members, ...pairing } = row;
  const chain = await read
    .selectFrom('pairing_link as l')
    .innerJoin('cadre as c', 'c.id', 'l.cadre_id')
    .innerJoin('unit as u', 'u.id', 'l.unit_id')
    .where('l.household_id', '=', householdId)
    .where('l.withdrawn_at', 'is', null)
    .orderBy('l.valid_from')
    .orderBy('l.id')
    .select(['l.cadre_id as helperId', 'c.name as helperName', 'u.name as unitName', 'l.valid_from as from'])
    .select(['l.valid_until as until', 'l.reason', 'l.account_name as accountName'])
    .select((eb) => eb('l.plan_id', 'is not', null).$castTo<boolean>().as('byPlan'))
    .execute();
  return {
    ...shownPairing(pairing, today, content.visits),
    members: members.map(({ name, relation }) => ({ name, relation })),
    chain,
    reversals: await findReversals(read, householdId),
  };
}
