import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { POLICIES_PAGE, policiesPage } from './policies-table.ts';

it('the page of the policies is that of their declarations', () => {
  expect(readFileSync(POLICIES_PAGE, 'utf8')).toBe(policiesPage());
});
