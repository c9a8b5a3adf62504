import { FACTS } from '../facts/catalogue.ts';
import { ALL_RULES } from './run.ts';

type Rule = (typeof ALL_RULES)[number];

/** What rules read that is no fact by itself, with the facts that it is made of; what another service knows has none. */
const MADE_OF: Readonly<Record<string, readonly string[]>> = {
  idFacts: ['idNumber'],
  members: ['relation', 'idNumber'],
  workRecords: ['work.startsOn', 'work.endsOn'],
  measures: ['measure.measure'],
  lastYearPerCapitaIncome: ['perCapitaIncome of the year before'],
  registeredHouseholds: ['status'],
  safeWater: ['safeWater', 'safeWaterSolved'],
  hasHelper: ['helper of the pairing service'],
  lastVisitOn: ['last visit of the pairing service'],
};

/** The facts a rule needs, by their keys. */
export function needsOf({ fields }: Rule): readonly string[] {
  return [...new Set((fields as readonly string[]).flatMap((field) => MADE_OF[field] ?? [field]))];
}

/** Breaches that no way in lets pass, with the code each is refused by (formats, “The words an import speaks”). */
const REFUSED: Readonly<Record<string, string>> = { '1_01_004': 'ID_INVALID', '3_02_011': 'HEAD_MISSING' };

/** The code that every way in refuses a rule's breach by; null where such data can come in. */
export const refusedBy = ({ id }: Rule): string | null => REFUSED[id] ?? null;

/** Whether a field of a rule is a fact of the catalogue, or known to be made of such. */
export function isKnownField({ object }: Rule, field: string): boolean {
  return field in MADE_OF || field in FACTS[object];
}
