import type { EventDefinition } from './define.ts';
import { frameFrozen } from './evaluation.ts';
import { contractListed, contractUnlisted } from './industry.ts';
import { householdPaired, householdReleased, visitMade } from './pairing.ts';
import { certificateIssued, certificateWithdrawn, enrolmentMade, enrolmentWithdrawn } from './training.ts';

/** The fact that something begins or ends to rest on a household, and the record it is about. */
interface UseEvent {
  readonly type: string;
  readonly sourceOf: (data: Readonly<Record<string, unknown>>) => string;
}

/** One kind of record that another service builds on a household. */
export interface HouseholdUse {
  readonly service: string;
  readonly begins: UseEvent;
  /** Absent where it never ends. */
  readonly ends?: UseEvent;
}

function event<Data extends Record<string, unknown>>(
  definition: EventDefinition<Data>,
  sourceOf: (data: Data) => string,
): UseEvent {
  return { type: definition.type, sourceOf: (data) => sourceOf(data as Data) };
}

/**
 * What other services build on a household of the register, by the events that say so: an import is not undone under
 * it. A new record that names a household is declared here with its events (infra's test of the tables asks for it).
 */
export const HOUSEHOLD_USES = {
  pairing: {
    service: 'pairing',
    begins: event(householdPaired, ({ householdId }) => householdId),
    ends: event(householdReleased, ({ householdId }) => householdId),
  },
  visit: { service: 'pairing', begins: event(visitMade, ({ visitId }) => visitId) },
  contract: {
    service: 'industry',
    begins: event(contractListed, ({ contractId, householdId }) => `${contractId} ${householdId}`),
    ends: event(contractUnlisted, ({ contractId, householdId }) => `${contractId} ${householdId}`),
  },
  enrolment: {
    service: 'training',
    begins: event(enrolmentMade, ({ enrolmentId }) => enrolmentId),
    ends: event(enrolmentWithdrawn, ({ enrolmentId }) => enrolmentId),
  },
  certificate: {
    service: 'training',
    begins: event(certificateIssued, ({ certificateId }) => certificateId),
    ends: event(certificateWithdrawn, ({ certificateId }) => certificateId),
  },
} as const satisfies Readonly<Record<string, HouseholdUse>>;
export type HouseholdUseName = keyof typeof HOUSEHOLD_USES;

/** A use of every household of the divisions it names: the frame of an evaluation. */
export const FRAME_USE = { name: 'frame', service: 'evaluation', begins: frameFrozen } as const;
