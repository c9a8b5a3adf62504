import { type Refusal, refusalOf } from '../shared/errors.ts';
import type { BusinessDay } from '../shared/time.ts';
import {
  assignHelper,
  demandNeeded,
  demandRegistered,
  endPairing,
  type HelperFacts,
  handOver,
  type HouseholdStanding,
  type PairingChain,
} from './pairing.ts';
import { demandVisitBegun } from './visit.ts';

/** What can be done with a household's pairing. */
export const PAIRING_STEPS = ['assign', 'hand-over', 'end', 'visit'] as const;
export type PairingStep = (typeof PAIRING_STEPS)[number];

/** What the steps of a household's pairing look at. */
export interface PairingFacts {
  readonly chain: PairingChain;
  readonly household: HouseholdStanding;
  readonly registeredOn: string | null;
  /** The day on which the caller's own pairing with it began; null without one. */
  readonly ownFrom: BusinessDay | null;
}

/** A helper whom no rule bars from the household: which one is chosen is not yet known when a step is offered. */
const ANYONE: HelperFacts = { id: '', quota: 1, load: 0, isRelative: false };
const REASON = '-';

/**
 * Why a step would be refused, whoever is chosen and whatever reason is typed; null when it would succeed. It tries the
 * step's own rule.
 * @param day the day the change is tried for, `changeDay` of today; a visit is tried for today
 */
export function pairingRefusal(
  step: PairingStep,
  { chain, household, registeredOn, ownFrom }: PairingFacts,
  { day, today }: { readonly day: BusinessDay; readonly today: BusinessDay },
): Refusal | null {
  const rules: Record<PairingStep, () => unknown> = {
    assign: () => {
      demandNeeded(household);
      demandRegistered(registeredOn, day);
      assignHelper(chain, ANYONE, day);
    },
    'hand-over': () => handOver(chain, ANYONE, { on: day, reason: REASON }),
    end: () => endPairing(chain, household, { on: day, reason: REASON }),
    visit: () => demandVisitBegun(ownFrom, today),
  };
  return refusalOf(rules[step]);
}
