import type { z } from 'zod';
import {
  householdRecorded,
  householdRegistered,
  householdWithdrawn,
  regionChanged,
  regionEstablished,
} from './identification.ts';
import { frameFrozen, ratesComputed, sampleDrawn } from './evaluation.ts';
import {
  contractListed,
  contractUnlisted,
  dividendConfirmed,
  dividendCorrected,
  dividendReturned,
} from './industry.ts';
import { certificateIssued, certificateWithdrawn, enrolmentMade, enrolmentWithdrawn } from './training.ts';
import { changeWithdrawn, householdHandedOver, householdPaired, householdReleased, visitMade } from './pairing.ts';

/** What the catalogue as a whole needs of a definition, whatever its data are. */
export interface CatalogueEntry {
  type: string;
  topic: string;
  summary: { zh: string; en: string };
  data: z.ZodType;
}

/** Every event that any service publishes. A definition that is not listed here does not travel. */
export const catalogue: readonly CatalogueEntry[] = [
  regionEstablished,
  regionChanged,
  householdRecorded,
  householdWithdrawn,
  householdRegistered,
  householdPaired,
  householdHandedOver,
  householdReleased,
  changeWithdrawn,
  visitMade,
  dividendConfirmed,
  dividendCorrected,
  dividendReturned,
  contractListed,
  contractUnlisted,
  frameFrozen,
  sampleDrawn,
  ratesComputed,
  certificateIssued,
  certificateWithdrawn,
  enrolmentMade,
  enrolmentWithdrawn,
];

/** The topics of the catalogue, each once, in order. */
export const catalogueTopics: readonly string[] = [...new Set(catalogue.map((entry) => entry.topic))].sort();
