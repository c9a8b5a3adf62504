import { describe, expect, it } from 'vitest';
import { refusalOf } from '../../shared/errors.ts';
import { businessDay } from '../../shared/time.ts';
import { FACTS } from './catalogue.ts';
import type { Fact } from './fact.ts';
import { type FactInput, isCorrectable, readFacts } from './fact-input.ts';

const TODAY = businessDay('2026-12-01');
const codeOf = (subject: 'household' | 'person', given: Record<string, FactInput>) =>
  refusalOf(() => readFacts(subject, given, TODAY))?.code ?? null;

/** For each kind a value of it, and such as are none. */
const SAMPLES: Readonly<Record<string, readonly [good: FactInput, ...bad: FactInput[]]>> = {
  text: ['甲　乙', '', ' ', 'x'.repeat(201), 3],
  name: ['王某', '', 'x'.repeat(61), true],
  code: ['', 'no such word', 1],
  codes: [[], ['no such word'], 'illness'],
  yesNo: [false, 'true', 1],
  day: ['2026-12-01', '2026-12-02', '2026-02-30', '1899-12-31', 20_261_201],
  year: [2026, 2027, 1899, '2026'],
  fen: [-1, 1.5, 1e15, '3'],
  count: [0, -1, 0.5, 10_001],
  area: [1.5, -0.1, Number.NaN, 1_000_001],
  distance: [0, -1, '1'],
};

describe.each(['household', 'person'] as const)('given the facts of a %s', (subject) => {
  const facts = Object.entries<Fact>(FACTS[subject]);

  it('then each that may be corrected takes what is of its kind and refuses what is none of it', () => {
    const wrong = facts.flatMap(([key, fact]) => {
      if (!isCorrectable(fact)) return [];
      const [sample, ...bad] = SAMPLES[fact.kind.name] ?? ['no sample'];
      const word = fact.kind.dictionary?.codes[0] ?? '';
      const good = fact.kind.name === 'code' ? word : fact.kind.name === 'codes' ? [word] : sample;
      const taken = codeOf(subject, { [key]: good });
      const refused = [...bad, ...(fact.kind.name === 'codes' ? [[word, word]] : [])].filter(
        (value) => codeOf(subject, { [key]: value }) !== 'FACT_WRONG',
      );
      const emptied = codeOf(subject, { [key]: null });
      return taken !== null || refused.length > 0 || emptied !== (fact.required ? 'FACT_REQUIRED' : null)
        ? [{ key, taken, refused, emptied }]
        : [];
    });
    expect(wrong).toEqual([]);
  });

  it('then none of the others is taken, nor a key that is none', () => {
    const others = facts.filter(([, fact]) => !isCorrectable(fact));
    expect(others.length).toBeGreaterThan(2);
    for (const [key] of others) expect([key, codeOf(subject, { [key]: 'x' })]).toEqual([key, 'FACT_BY_ITSELF']);
    for (const key of ['noSuchFact', 'constructor', '__proto__'])
      expect(codeOf(subject, JSON.parse(`{"${key}": "x"}`))).toBe('FACT_UNKNOWN');
  });
});
