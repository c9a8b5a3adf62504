import * as contract from '@bangfu/contracts/pairing/pairings';
import { makeVisit } from '@bangfu/contracts/pairing/visits';
import { changeDay, comingChange, moveDay } from '@bangfu/domain/pairing/pairing';
import { type PairingStep, pairingRefusal } from '@bangfu/domain/pairing/pairing-steps';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { callingAs, type StepCommand, stepsWithin } from '@bangfu/platform/steps';
import { query } from '../../../operations.ts';
import { STEP_WORDS } from '../../../steps.ts';
import { holdingOn, policiesOf } from '../../policy/policy.repository.ts';
import { findOwnPairings } from '../../visits/own-pairing.ts';
import { factsByHelper, findChains, findHelpers, findHouseholds, standingOf } from '../pairing.repository.ts';
import { readPairing } from '../pairing-record.ts';
import { helpersOfChange } from '../reversal.repository.ts';

const COMMANDS: Record<PairingStep, StepCommand> = {
  assign: contract.assignHelper,
  'hand-over': contract.handOverHousehold,
  end: contract.endPairing,
  'withdraw-change': contract.withdrawPairingChange,
  'move-change': contract.movePairingChange,
  visit: makeVisit,
};

/** One household with the steps that are open to the reader now, and why the others are not. @throws Refusal 404 */
export const getPairing = query(contract.getPairing, async (call) => {
  const { read, caller, now } = call;
  const { householdId } = call.params;
  const record = await readPairing(read, caller, householdId, now);
  const today = businessDayOf(now);
  const policies = await policiesOf(read, caller.countyCode);
  const { content } = holdingOn(policies, today);
  const chain = (await findChains(read, [householdId])).get(householdId) ?? { householdId, links: [] };
  const [found] = await findHouseholds(read, [householdId], caller, today);
  const registeredOn = found?.registeredOn ?? null;
  const day = changeDay(chain, registeredOn, today);
  const own = await findOwnPairings(read, callingAs(call, makeVisit), [householdId], { day: today, today });
  const coming = comingChange(chain, today);
  const helpers = await findHelpers(read, helpersOfChange(coming));
  const facts = {
    chain,
    household: standingOf(found ?? { status: record.status, monitored: false, exitedOn: null }, content),
    registeredOn,
    ownFrom: own.get(householdId)?.from ?? null,
    accountId: caller.id,
    helpers: factsByHelper(helpers, { id: householdId, number: record.number }, policies),
  };
  // Whom one visits is who one helps; the rule of the step says so.
  const offered = await stepsWithin(call, STEP_WORDS, COMMANDS, async (as, step) =>
    step === 'visit'
      ? new Set([householdId])
      : new Set((await findHouseholds(read, [householdId], as, today)).map(({ id }) => id)),
  );
  const steps = offered(householdId, (step) => pairingRefusal(step, facts, { day, today }));
  return { ...record, earliest: coming ? moveDay(chain, registeredOn, today) : day, steps };
});
