import { listFacts } from './list-facts/list-facts.ts';

/** The catalogue of facts. */
export default [listFacts];
