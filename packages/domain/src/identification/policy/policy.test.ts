import { expect, test } from 'vitest';
import { businessDay } from '../../shared/time.ts';
import { DEFAULT_LINES, lastPovertyLine, monitoringLine, povertyLine } from './lines.ts';
import { DEFAULT_POLICY, policyOn, reaches } from './policy.ts';

test.each([
  ['530100', 2010, 230_000],
  ['530100', 2014, 280_000],
  ['530100', 2016, 295_200],
  ['211382', 2015, 285_500],
  ['211382', 2016, 308_000],
  ['611001', 2016, 307_000],
])('the poverty line of %s in %i is %i fen', (county, year, amount) => {
  expect(povertyLine(DEFAULT_LINES, county, year)?.amountFen).toBe(amount);
});

test('no line before the first year; a monitoring line is not a poverty line', () => {
  expect(povertyLine(DEFAULT_LINES, '530100', 2009)).toBeNull();
  expect(monitoringLine(DEFAULT_LINES, '211382', 2022)).toBeNull();
  expect(monitoringLine(DEFAULT_LINES, '211382', 2023)?.amountFen).toBe(730_000);
});

test('a year without a line of its own has none; the last one is found by who names its year', () => {
  expect(povertyLine(DEFAULT_LINES, '530100', 2020)).toBeNull();
  expect(monitoringLine(DEFAULT_LINES, '211382', 2024)).toBeNull();
  expect(lastPovertyLine(DEFAULT_LINES, '530100', 2020)).toMatchObject({ year: 2016, amountFen: 295_200 });
  expect(lastPovertyLine(DEFAULT_LINES, '211382', 2026)).toMatchObject({ year: 2016, amountFen: 308_000 });
  expect(lastPovertyLine(DEFAULT_LINES, '211382', 2009)).toBeNull();
});

test('given a later version, then it holds from its day on and not before', () => {
  const next = { ...DEFAULT_POLICY, effectiveFrom: businessDay('2024-03-01'), document: '县办〔2024〕1号' };
  const versions = [next, DEFAULT_POLICY];
  expect(policyOn(versions, businessDay('2024-02-29'))).toBe(DEFAULT_POLICY);
  expect(policyOn(versions, businessDay('2024-03-01'))).toBe(next);
  expect(() => policyOn([next], businessDay('2024-02-29'))).toThrow('POLICY_NONE');
});

test('two thirds are reached exactly, not by binary fractions', () => {
  const share = { of: 2, outOf: 3 };
  expect(reaches(20, 30, share)).toBe(true);
  expect(reaches(20, 31, share)).toBe(false);
  expect(reaches(0, 0, share)).toBe(false);
});
