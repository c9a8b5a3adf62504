import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { followGrantScope, followScope, followScopes, type RegionMove } from './region-change.ts';
import { type RegionCode, regionCode, scopePrefix } from './region.ts';

const COUNTY = '211382000000' as RegionCode;
const township = (number: number) => `211382${100 + number}000` as RegionCode;
const village = (of: number, number: number) => `211382${100 + of}${200 + number}` as RegionCode;
const line = (level: RegionMove['level'], from: RegionCode, to: RegionCode | null): RegionMove => ({ level, from, to });

/** Township 1 of villages 0 and 1 is merged with township 2 of village 0, under the code of the first. */
const MERGE = [
  line('township', township(1), township(1)),
  line('township', township(2), township(1)),
  line('village', village(1, 0), village(1, 0)),
  line('village', village(1, 1), village(1, 1)),
  line('village', village(2, 0), village(1, 2)),
];

describe('given a scope and a change of divisions', () => {
  test.each<[string, RegionCode, readonly RegionMove[], readonly RegionCode[]]>([
    ['a county keeps its code', COUNTY, MERGE, [COUNTY]],
    ['a township that is not concerned keeps its code', township(3), MERGE, [township(3)]],
    ['a merged township is the list of its villages', township(1), MERGE, [village(1, 0), village(1, 1)]],
    ['so is the one whose code ends', township(2), MERGE, [village(1, 2)]],
    ['a village has its new code', village(2, 0), MERGE, [village(1, 2)]],
    [
      'a recoded township has its new code',
      township(1),
      [line('township', township(1), township(4)), line('village', village(1, 0), village(4, 0))],
      [township(4)],
    ],
    [
      'a split township is both',
      township(1),
      [
        line('township', township(1), township(1)),
        line('township', township(1), township(4)),
        line('village', village(1, 1), village(4, 1)),
      ],
      [township(1), township(4)],
    ],
    [
      'a split village is both',
      village(1, 0),
      [line('village', village(1, 0), village(1, 0)), line('village', village(1, 0), village(1, 5))],
      [village(1, 0), village(1, 5)],
    ],
    [
      'a township whose village is split keeps its code',
      township(1),
      [line('village', village(1, 0), village(1, 0)), line('village', village(1, 0), village(1, 5))],
      [township(1)],
    ],
    [
      'a village that is merged with another one is not held any more',
      village(1, 0),
      [line('village', village(1, 0), village(1, 0)), line('village', village(1, 1), village(1, 0))],
      [],
    ],
    [
      'a township that loses a village to another keeps it',
      township(1),
      [line('village', village(1, 0), village(2, 3)), line('village', village(2, 0), village(2, 0))],
      [township(1), village(2, 3)],
    ],
    [
      'and the township that gets it holds its own villages only',
      township(2),
      [line('village', village(1, 0), village(2, 3)), line('village', village(2, 0), village(2, 0))],
      [village(2, 0)],
    ],
    ['a closed village is held no more', village(1, 0), [line('village', village(1, 0), null)], []],
    ['a new name changes nothing', township(1), [line('township', township(1), township(1))], [township(1)]],
  ])('%s', (_, scope, moves, expected) => {
    expect(followScope(scope, moves)).toEqual(expected);
  });

  test('both townships of a merge together are the new one’s villages', () => {
    expect(followScopes([township(1), township(2)], MERGE)).toEqual([village(1, 0), village(1, 1), village(1, 2)]);
  });

  test('a grant goes on as one for each code, an evaluation’s as one, others as they are', () => {
    expect(followGrantScope({ kind: 'region', code: township(1) }, MERGE)).toHaveLength(2);
    const scope = { kind: 'evaluation', id: 'e', services: ['pairing'] } as const;
    expect(followGrantScope({ ...scope, regions: [township(1)] }, MERGE)).toEqual([
      { ...scope, regions: [village(1, 0), village(1, 1)] },
    ]);
    expect(followGrantScope({ kind: 'unit', id: 'u' }, MERGE)).toBeNull();
    expect(followGrantScope({ kind: 'region', code: COUNTY }, MERGE)).toBeNull();
  });

  test('whatever townships are merged, a scope holds exactly the villages it had', () => {
    const counties = fc.record({
      sizes: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 2, maxLength: 5 }),
      merged: fc.uniqueArray(fc.integer({ min: 0, max: 4 }), { minLength: 2, maxLength: 4 }),
      isNew: fc.boolean(),
    });
    fc.assert(
      fc.property(counties, ({ sizes, merged, isNew }) => {
        const joined = merged.filter((at) => at < sizes.length);
        const target = isNew ? 9 : (joined[0] ?? 0);
        let next = 0;
        const villages = sizes.flatMap((size, at) => Array.from({ length: size }, (_unused, i) => village(at, i)));
        const isJoined = (code: RegionCode) => joined.some((at) => code.startsWith(scopePrefix(township(at))));
        const moves = [
          ...joined.map((at) => line('township', township(at), township(target))),
          ...villages.filter(isJoined).map((code) => line('village', code, village(target, 50 + next++))),
        ];
        const after = new Map(villages.map((code) => [code, moves.find(({ from }) => from === code)?.to ?? code]));
        for (const scope of [COUNTY, ...sizes.map((_size, at) => township(at)), ...villages]) {
          const held = (codes: readonly RegionCode[], of: RegionCode) =>
            codes.some((c) => of.startsWith(scopePrefix(c)));
          const before = villages.filter((code) => held([scope], code));
          const now = villages.filter((code) => held(followScope(scope, moves), regionCode(after.get(code) ?? code)));
          expect(now).toEqual(before);
        }
      }),
    );
  });
});
