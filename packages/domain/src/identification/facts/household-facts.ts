import { CIRCUMSTANCE_FACTS } from './circumstance-facts.ts';
import { REGISTRATION_FACTS } from './registration-facts.ts';

/** What is known of a household (national export and its later editions, registration form, inputs of the rules). */
export const HOUSEHOLD_FACTS = { ...REGISTRATION_FACTS, ...CIRCUMSTANCE_FACTS } as const;
