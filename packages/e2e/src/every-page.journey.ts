import { expect, test } from '@playwright/test';
import { claimsIn } from './claims.ts';
import { PAGES, PUBLIC } from './pages.ts';

// Runs when everybody has walked: a page that no list, menu or link leads anybody to is named here.
test('每一页都有人打开过', () => {
  const { wasClaimed } = claimsIn(`${test.info().project.outputDir}/walked`);
  const nobody = [...PAGES, ...PUBLIC].filter(({ pattern }) => !wasClaimed(`page ${pattern}`));
  expect(nobody.map(({ pattern }) => pattern)).toEqual([]);
});
