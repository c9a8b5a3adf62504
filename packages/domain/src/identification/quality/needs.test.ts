import { describe, expect, it } from 'vitest';
import { isKnownField, needsOf, refusedBy } from './needs.ts';
import { ALL_RULES } from './run.ts';

describe('given every rule of data quality', () => {
  it('then each field that it names is a fact of the catalogue, or said to be made of some', () => {
    const unknown = ALL_RULES.flatMap((rule) =>
      (rule.fields as readonly string[])
        .filter((field) => !isKnownField(rule, field))
        .map((field) => `${rule.id} ${field}`),
    );
    expect(unknown).toEqual([]);
  });

  it('then each needs something, and names it once', () => {
    for (const rule of ALL_RULES) {
      const needs = needsOf(rule);
      expect([rule.id, needs.length > 0]).toEqual([rule.id, true]);
      expect(new Set(needs).size).toBe(needs.length);
    }
  });

  it('then only what the readers of files refuse is said to be refused', () => {
    expect(ALL_RULES.filter((rule) => refusedBy(rule) !== null).map(({ id }) => id)).toEqual(['1_01_004', '3_02_011']);
  });
});
