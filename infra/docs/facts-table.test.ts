import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { FACTS_PAGE, factsPage } from './facts-table.ts';

it('given the catalogue of facts, then its page is up to date', () => {
  expect(readFileSync(FACTS_PAGE, 'utf8')).toBe(factsPage());
});
