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
  moveChange,
  moveDay,
  type PairingChain,
  withdrawChange,
} from './pairing.ts';
import { demandVisitBegun } from './visit.ts';

/** What can be done with a household's pairing. */
export const PAIRING_STEPS = ['assign', 'hand-over', 'end', 'withdraw-change', 'move-change', 'visit'] as const;
export type PairingStep = (typeof PAIRING_STEPS)[number];

/** What the steps of a household's pairing look at. */
export interface PairingFacts {
  readonly chain: PairingChain;
  readonly household: HouseholdStanding;
  readonly registeredOn: string | null;
  /** The day on which the caller's own pairing with it began; null without one. */
  readonly ownFrom: BusinessDay | null;
  readonly accountId: string;
  /** The helpers of a change to come, by id. */
  readonly helpers: ReadonlyMap<string, HelperFacts>;
}

/** A helper whom no rule bars from the household: which one is chosen is not yet known when a step is offered. */
const ANYONE: HelperFacts = {
  id: '',
  quotas: [{ from: '0001-01-01' as BusinessDay, quota: 1 }],
  busy: [],
  isRelative: false,
};
const REASON = '-';

/**
 * Why a step would be refused, whoever is chosen and whatever reason is typed; null when it would succeed. It tries the
 * step's own rule.
 * @param day the day the change is tried for, `changeDay` of today; a visit is tried for today
 */
export function pairingRefusal(
  step: PairingStep,
  facts: PairingFacts,
  { day, today }: { readonly day: BusinessDay; readonly today: BusinessDay },
): Refusal | null {
  const { chain, household, registeredOn, ownFrom } = facts;
  const rules: Record<PairingStep, () => unknown> = {
    assign: () => {
      demandNeeded(household);
      demandRegistered(registeredOn, day);
      assignHelper(chain, ANYONE, { on: day, today });
    },
    'hand-over': () => handOver(chain, ANYONE, { on: day, today, reason: REASON }),
    end: () => endPairing(chain, household, { on: day, today, reason: REASON }),
    'withdraw-change': () => withdrawChange(chain, { ...facts, today }),
    'move-change': () => moveChange(chain, moveDay(chain, registeredOn, today), { ...facts, today }),
    visit: () => demandVisitBegun(ownFrom, today),
  };
  return refusalOf(rules[step]);
}
