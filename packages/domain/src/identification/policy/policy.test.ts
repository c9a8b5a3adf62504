import { expect, test } from 'vitest';
import { reaches } from './policy.ts';

test('two thirds are reached exactly, not by binary fractions', () => {
  const share = { of: 2, outOf: 3 };
  expect(reaches(20, 30, share)).toBe(true);
  expect(reaches(20, 31, share)).toBe(false);
  expect(reaches(0, 0, share)).toBe(false);
});
