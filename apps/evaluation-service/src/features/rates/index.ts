import { computeRates } from './compute-rates/compute-rates.ts';
import { getRates } from './get-rates/get-rates.ts';

/** The three rates and one degree: computed and read. */
export default [computeRates, getRates];
