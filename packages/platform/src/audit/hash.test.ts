import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalHash, canonicalHashOfList } from './hash.ts';

describe('given a record with a long list', () => {
  it('when it is hashed part by part, then the hash is that of the record at once', async () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('"lines":[]', 'lines', '村'));
    const head = fc.dictionary(
      text.filter((key) => key !== 'lines' && key.isWellFormed()),
      fc.integer(),
      { maxKeys: 4 },
    );
    const entry = fc.record({ line: fc.nat(), name: text.filter((each) => each.isWellFormed()) });
    await fc.assert(
      fc.asyncProperty(head, fc.array(entry, { maxLength: 5 }), async (of, lines) => {
        expect(await canonicalHashOfList(of, 'lines', lines)).toEqual(canonicalHash({ ...of, lines }));
      }),
      { numRuns: 40 },
    );
    const many = Array.from({ length: 4500 }, (_, line) => ({ line, name: `户${line}` }));
    expect(await canonicalHashOfList({ z: 1, a: 2 }, 'lines', many)).toEqual(
      canonicalHash({ z: 1, a: 2, lines: many }),
    );
  });

  it('when it is long, then other work gets its turn in between', async () => {
    const many = Array.from({ length: 20_000 }, (_, line) => ({ line }));
    let turns = 0;
    const turning = setInterval(() => (turns += 1), 0);
    await canonicalHashOfList({}, 'lines', many);
    clearInterval(turning);
    expect(turns).toBeGreaterThan(2);
  });
});
