import type { AnswerInputOf, QueryOf } from '@bangfu/contracts/core/operation';
import * as contract from '@bangfu/contracts/pairing/pairings';
import { makeVisit } from '@bangfu/contracts/pairing/visits';
import { changeDay, comingChange, moveDay } from '@bangfu/domain/pairing/pairing';
import { type PairingStep, pairingRefusal } from '@bangfu/domain/pairing/pairing-steps';
import { demandVisitBegun } from '@bangfu/domain/pairing/visit';
import { refusalOf } from '@bangfu/domain/shared/errors';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { pgSql } from '@bangfu/data/sql';
import { readsOf } from '@bangfu/platform/db/reads';
import { callingAs, type Reader, type StepCommand, stepsWithin } from '@bangfu/platform/steps';
import type { Pairing } from '../../db/client.ts';
import { STEP_WORDS } from '../../steps.ts';
import { holdingOn, policiesOf } from '../policy/policy.repository.ts';
import { findOwnPairings } from '../visits/own-pairing.ts';
import { getPairing } from './get-pairing/get-pairing.query.ts';
import { findPairings } from './list-pairings/list-pairings.query.ts';
import { factsByHelper, findChains, findHelpers, findHouseholds, standingOf } from './pairing.repository.ts';
import { helpersOfChange } from './reversal.repository.ts';

const COMMANDS: Record<PairingStep, StepCommand> = {
  assign: contract.assignHelper,
  'hand-over': contract.handOverHousehold,
  end: contract.endPairing,
  'withdraw-change': contract.withdrawPairingChange,
  'move-change': contract.movePairingChange,
  visit: makeVisit,
};

/** One household with the steps that are open to the reader now, and why the others are not. @throws Refusal 404 */
export async function getOpenPairing(
  service: Pairing,
  reader: Reader,
  householdId: string,
): Promise<AnswerInputOf<typeof contract.getPairing>> {
  const { caller, now } = reader;
  const record = await getPairing(service, caller, householdId, now);
  const sql = pgSql(readsOf(service, caller));
  const today = businessDayOf(now);
  const policies = await policiesOf(sql, caller.countyCode);
  const { content } = holdingOn(policies, today);
  const chain = (await findChains(sql, [householdId])).get(householdId) ?? { householdId, links: [] };
  const [found] = await findHouseholds(sql, [householdId], caller, today);
  const registeredOn = found?.registeredOn ?? null;
  const day = changeDay(chain, registeredOn, today);
  const own = await findOwnPairings(sql, callingAs(reader, makeVisit), [householdId], { day: today, today });
  const coming = comingChange(chain, today);
  const helpers = await findHelpers(sql, helpersOfChange(coming));
  const facts = {
    chain,
    household: standingOf(found ?? { status: record.status, monitored: false, exitedOn: null }, content),
    registeredOn,
    ownFrom: own.get(householdId)?.from ?? null,
    accountId: caller.id,
    helpers: factsByHelper(helpers, { id: householdId, number: record.number }, policies),
  };
  // Whom one visits is who one helps; the rule of the step says so.
  const offered = await stepsWithin(reader, STEP_WORDS, COMMANDS, async (as, step) =>
    step === 'visit'
      ? new Set([householdId])
      : new Set((await findHouseholds(sql, [householdId], as, today)).map(({ id }) => id)),
  );
  const steps = offered(householdId, (step) => pairingRefusal(step, facts, { day, today }));
  return { ...record, earliest: coming ? moveDay(chain, registeredOn, today) : day, steps };
}

/** One page of households, each with whether the reader may record a visit there now. */
export async function listOpenPairings(
  service: Pairing,
  reader: Reader,
  query: QueryOf<typeof contract.listPairings>,
): Promise<AnswerInputOf<typeof contract.listPairings>> {
  const { caller, now } = reader;
  const page = await findPairings(service, caller, query, now);
  const ids = page.rows.map(({ householdId }) => householdId);
  const today = businessDayOf(now);
  let own: Awaited<ReturnType<typeof findOwnPairings>> = new Map();
  const offered = await stepsWithin(reader, STEP_WORDS, { visit: makeVisit }, async (as) => {
    own = await findOwnPairings(pgSql(readsOf(service, caller)), as, ids, { day: today, today });
    return new Set(ids);
  });
  const refusal = (id: string) => refusalOf(() => demandVisitBegun(own.get(id)?.from ?? null, today));
  return {
    ...page,
    rows: page.rows.map((row) => ({ ...row, steps: offered(row.householdId, () => refusal(row.householdId)) })),
  };
}
