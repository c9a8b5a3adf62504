import { describe, expect, it } from 'vitest';
import { headerKey } from '../../shared/normalise.ts';
import { ALL_FACTS } from './catalogue.ts';
import { columnWritings, type Fact } from './fact.ts';

type Layout = keyof Fact['headings'];
const LAYOUTS: readonly Layout[] = ['national', 'later', 'form', 'village'];

/** Everything a layout calls a fact, as headers are compared. */
function writingsIn(layout: Layout, fact: Fact): string[] {
  const heading = fact.headings[layout];
  if (!heading) return [];
  const written = 'writings' in heading ? columnWritings(heading).flat() : heading;
  return written.map(headerKey);
}

describe('given the catalogue of facts', () => {
  it.each(LAYOUTS)('then no two facts are written alike in the layout %s', (layout) => {
    const byWriting = new Map<string, string[]>();
    for (const { subject, key, fact } of ALL_FACTS) {
      // A village is named alike on the sheets of households and of villages.
      if (layout === 'village' ? subject !== 'village' : subject === 'village') continue;
      for (const writing of writingsIn(layout, fact)) byWriting.set(writing, [...(byWriting.get(writing) ?? []), key]);
    }
    const alike = [...byWriting].filter(([, keys]) => new Set(keys).size > 1);
    expect(alike).toEqual([]);
  });

  it('then no two columns of the export have the same place', () => {
    const places = ALL_FACTS.flatMap(({ key, fact: { headings } }) => {
      const column = headings.national ?? headings.later;
      return column ? columnWritings(column).map((_, index) => ({ at: column.at + index, key })) : [];
    });
    const count = new Set(places.map(({ at }) => at)).size;
    expect(count).toBe(places.length);
    expect(Math.max(...places.map(({ at }) => at))).toBe(count);
  });

  it('then no two facts of a subject have the same column of the database or the same label', () => {
    const repeated = (of: (fact: (typeof ALL_FACTS)[number]) => string) => {
      const all = ALL_FACTS.map((each) => `${each.subject} ${of(each)}`);
      return all.filter((each, index) => all.indexOf(each) !== index);
    };
    expect(repeated(({ key, fact }) => fact.column ?? key)).toEqual([]);
    expect(repeated(({ fact }) => fact.zh)).toEqual([]);
    expect(repeated(({ fact }) => fact.en)).toEqual([]);
  });

  it('then what says something of a person’s number, telephone, account or health is sensitive', () => {
    const bare = ALL_FACTS.filter(
      ({ key, fact }) =>
        !fact.sensitive && (/^(idNumber|phone|account|name)$/.test(fact.kind.name) || key === 'health'),
    );
    expect(bare.map(({ key }) => key)).toEqual([]);
  });
});
