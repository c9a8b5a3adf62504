import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inVillages, narrow } from './scope.ts';

const digits = (length: number) => fc.array(fc.constantFrom('0', '1', '2'), { minLength: length, maxLength: length });
const code = digits(12).map((list) => list.join(''));
/** A prefix of 6, 9 or 12 digits, of few, so that they often lie in each other. */
const prefix = fc.constantFrom(6, 9, 12).chain((length) => digits(length).map((list) => list.join('')));
const isIn = (village: string, prefixes: readonly string[]) => prefixes.some((each) => village.startsWith(each));

describe('given the prefixes of a scope', () => {
  it('when a filter narrows it, then exactly the villages in both are left', () => {
    fc.assert(
      fc.property(
        fc.array(prefix, { maxLength: 4 }),
        fc.option(prefix, { nil: undefined }),
        code,
        (scope, asked, village) => {
          expect(isIn(village, narrow(scope, asked))).toBe(isIn(village, scope) && village.startsWith(asked ?? ''));
        },
      ),
    );
  });

  it('when it is a condition of SQL, then it takes exactly the villages that begin so', () => {
    fc.assert(
      fc.property(fc.array(prefix, { maxLength: 4 }), code, (scope, village) => {
        const values: string[] = [];
        const condition = inVillages('v', scope, (value) => `$${values.push(value)}`);
        const ranges = [...condition.matchAll(/v (=|BETWEEN) \$(\d+)(?: AND \$(\d+))?/g)];
        const takes = ranges.some(([, kind, from, to]) => {
          const [low = '', high = ''] = [values[Number(from) - 1], values[Number(to) - 1]];
          return kind === '=' ? village === low : village >= low && village <= high;
        });
        expect(takes).toBe(isIn(village, scope));
        expect(condition === 'false').toBe(scope.length === 0);
      }),
    );
  });
});
