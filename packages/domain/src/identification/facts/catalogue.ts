import type { Fact, Facts, Subject, ValueOfFact } from './fact.ts';
import { HOUSEHOLD_FACTS } from './household-facts.ts';
import type { KindName } from './kind.ts';
import { PERSON_FACTS } from './person-facts.ts';
import { MEASURE_FACTS, WORK_FACTS } from './record-facts.ts';
import { VILLAGE_FACTS } from './village-facts.ts';

/** All facts that the register knows, by what they are facts of (architecture, “fact catalogue”). */
export const FACTS = {
  household: HOUSEHOLD_FACTS,
  person: PERSON_FACTS,
  village: VILLAGE_FACTS,
  work: WORK_FACTS,
  measure: MEASURE_FACTS,
} as const satisfies Readonly<Record<Subject, Facts>>;

export type HouseholdFactKey = keyof typeof HOUSEHOLD_FACTS;
export type PersonFactKey = keyof typeof PERSON_FACTS;
export type VillageFactKey = keyof typeof VILLAGE_FACTS;

/** What code has of the facts of a subject; null is empty. */
export type FactValues<S extends Subject> = {
  readonly [Key in keyof (typeof FACTS)[S]]: ValueOfFact<(typeof FACTS)[S][Key]> | null;
};

/** A fact with its key and its subject. */
export interface CataloguedFact {
  readonly key: string;
  readonly subject: Subject;
  readonly fact: Fact;
}

/** Every fact, in the order of the catalogue. */
export const ALL_FACTS: readonly CataloguedFact[] = Object.entries(FACTS).flatMap(([subject, facts]) =>
  Object.entries(facts).map(([key, fact]) => ({ key, subject: subject as Subject, fact })),
);

/** The name of a fact's column in the database. */
export const columnName = (key: string, { column }: Fact): string =>
  column ?? key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** How PostgreSQL types the column of each kind of fact; several words are an array, and what is sealed are bytes. */
export const SQL_TYPES = {
  text: 'text',
  name: 'text',
  number: 'text',
  idNumber: 'bytea',
  phone: 'bytea',
  account: 'bytea',
  region: 'text',
  code: 'text',
  codes: 'text[]',
  yesNo: 'boolean',
  day: 'date',
  year: 'integer',
  fen: 'bigint',
  count: 'double precision',
  area: 'double precision',
  distance: 'double precision',
} as const satisfies Readonly<Record<KindName, string>>;
