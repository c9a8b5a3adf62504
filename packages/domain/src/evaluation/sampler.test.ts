import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { regionCode } from '../shared/region.ts';
import { businessDay } from '../shared/time.ts';
import {
  canonicalFrame,
  type Frame,
  type FrameRow,
  HOUSEHOLD_STATUSES,
  makeFrame,
  rateGroupOf,
  STRATA,
  stratumTotals,
} from './frame.ts';
import { drawer, pick } from './random.ts';
import { drawSample, drawVillages, nextReplacement, type SampleDesign } from './sampler.ts';
import { sha256 } from './sha256.fixture.ts';
import vectors from '../../../../docs/reference/sampling-vectors.json' with { type: 'json' };

const SEED = '20261122-31415926535897932384';
const hex = (bytes: Uint8Array) => Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
const ascii = (text: string) => Uint8Array.from(text, (c) => c.charCodeAt(0));
const VILLAGES = ['211382100200', '211382100201', '211382101200', '211382101201', '211382102200'].map(regionCode);
const PATTERN = ['general', 'exited', 'general', 'registered-poor', 'monitored'] as const;

const villageRows = (v: number, size: number): FrameRow[] =>
  Array.from({ length: size }, (_, i) => ({
    householdNumber: `${VILLAGES[v]?.slice(6)}${String(i + 1).padStart(4, '0')}`,
    village: VILLAGES[v] as FrameRow['village'],
    stratum: PATTERN[i % 5] ?? 'general',
    persons: 1 + (i % 4),
  }));
const rows = [12, 5, 40, 8, 15].flatMap((size, v) => villageRows(v, size));
const frame = makeFrame(businessDay('2026-06-30'), rows);
const design: SampleDesign = {
  villages: 3,
  take: { 'registered-poor': 1, exited: 2, monitored: 1, general: 2 },
  replacements: 1,
};

/** The sample that outsiders draw from the published vectors; packages/verifier draws the same. */
describe('the published vectors', () => {
  it.each(vectors.map((vector, at) => [at, vector] as const))('%d give frame and sample', (_, vector) => {
    const given = JSON.parse(vector.frame) as Frame;
    const made = makeFrame(given.date, given.rows.toReversed());
    expect(canonicalFrame(made)).toBe(vector.frame);
    const drawn = drawSample(made, vector.design, vector.seed, sha256);
    expect(drawn.map(({ village, households, chance }) => ({ village, households, ...chance }))).toEqual(
      vector.villages,
    );
    const households = drawn.flatMap(({ village, sample, replacements }) => [
      ...sample.map((row) => `${village} ${row.stratum} sample ${row.householdNumber} ${row.weight}`),
      ...STRATA.flatMap((stratum) =>
        replacements[stratum].map((number) => `${village} ${stratum} replacement ${number}`),
      ),
    ]);
    const published = vector.rows.map(({ village, stratum, role, householdNumber, weight }) =>
      [village, stratum, role, householdNumber, ...(role === 'sample' ? [weight] : [])].join(' '),
    );
    expect(households.sort()).toEqual(published.sort());
  });
});

describe('the frame', () => {
  it('has the hash of the published example, in whatever order the rows come', () => {
    const hash = '4d354fd6bf118076205ef14d5489b7ac05cb850d6e6df5eb9bc13580e114948e';
    expect(hex(sha256(ascii(canonicalFrame(frame))))).toBe(hash);
    expect(canonicalFrame(makeFrame(frame.date, rows.toReversed()))).toBe(canonicalFrame(frame));
  });

  it('holds the status in its second format, each household in the group of the rate that covers it', () => {
    const statuses = { general: 'none', exited: 'exited', 'registered-poor': 'registered', monitored: 'none' } as const;
    const second = makeFrame(
      frame.date,
      rows.map((row) => ({ ...row, status: statuses[row.stratum] })),
    );
    expect(canonicalFrame(second)).toMatch(/^\{"date":"2026-06-30","format":"bangfu.evaluation-frame.v2","rows":\[\{/);
    expect(hex(sha256(ascii(canonicalFrame(second))))).toBe(
      'be0988e9055315bbf5c87a9e277e6e18ece87f35a8300e2e64782483dd627bec',
    );
    const groups = HOUSEHOLD_STATUSES.map((status) => rateGroupOf({ status, stratum: 'monitored' }));
    expect(groups).toEqual(['not-registered', 'registered-poor', 'exited', 'registered-poor']);
    expect(STRATA.map((stratum) => rateGroupOf({ stratum }))).toEqual([
      'registered-poor',
      'exited',
      null,
      'not-registered',
    ]);
    const mixed = second.rows.map((row, i) => (i === 3 ? { ...row, status: null } : row));
    expect(() => makeFrame(frame.date, mixed)).toThrow('FRAME_ROW_INVALID');
  });

  it('refuses doubled and broken rows and counts its strata', () => {
    const one = rows[0] as FrameRow;
    expect(() => makeFrame(frame.date, [])).toThrow('FRAME_EMPTY');
    expect(() => makeFrame(frame.date, [one, one])).toThrow('FRAME_HOUSEHOLD_TWICE');
    expect(() => makeFrame(frame.date, [{ ...one, persons: 0 }])).toThrow('FRAME_ROW_INVALID');
    expect(stratumTotals(frame).exited.households).toBe(rows.filter((r) => r.stratum === 'exited').length);
  });
});

describe('the counter generator', () => {
  it('gives the published test vectors', () => {
    expect(hex(sha256(ascii('abc')))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    const draw = drawer(SEED, 'test', sha256);
    const sizes = [10, 10, 10, 10, 10, 1, 1000, 1000, 65536, 65537];
    expect(sizes.map((n) => draw(n))).toEqual([3, 3, 0, 1, 9, 0, 301, 471, 13307, 62352]);
    expect(pick([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 10, drawer(SEED, 'order', sha256))).toEqual([
      1, 6, 2, 0, 8, 5, 7, 3, 4, 9,
    ]);
  });

  it('is even: 6 000 draws below 6 pass a chi-square test', () => {
    const draw = drawer(SEED, 'even', sha256);
    const counts = [0, 0, 0, 0, 0, 0];
    for (let i = 0; i < 6000; i++) {
      const n = draw(6);
      counts[n] = (counts[n] ?? 0) + 1;
    }
    const chi = counts.reduce((sum, c) => sum + (c - 1000) ** 2 / 1000, 0);
    expect(chi).toBeLessThan(20.5);
  });

  it('refuses a short seed, one with outer blanks, and one that is not ASCII', () => {
    for (const seed of ['short', ` ${SEED}`, `${SEED} `, '二〇二六年十一月二十二日第三方评估随机种子公布']) {
      expect(() => drawer(seed, 'x', sha256)).toThrow('SEED_INVALID');
    }
    expect(() => drawer(SEED, 'x', sha256)(0)).toThrow(RangeError);
  });
});

describe('the sample', () => {
  it('is the one of the published worked example', () => {
    const drawn = drawSample(frame, design, SEED, sha256);
    expect(drawn.map((v) => [v.village, v.chance.of / v.chance.in])).toEqual([
      ['211382101200', 1],
      ['211382101201', 0.4],
      ['211382102200', 0.75],
    ]);
    expect(drawn[1]?.sample.map((h) => [h.householdNumber, h.weight])).toEqual([
      ['1012010004', 2.5],
      ['1012010002', 2.5],
      ['1012010007', 2.5],
      ['1012010005', 2.5],
      ['1012010006', 5],
      ['1012010001', 5],
    ]);
    expect(drawn[1]?.replacements).toEqual({
      'registered-poor': [],
      exited: [],
      monitored: [],
      general: ['1012010003'],
    });
    expect(drawn[0]?.sample.map((h) => h.householdNumber)).toEqual([
      '1012000039',
      '1012000022',
      '1012000007',
      '1012000035',
      '1012000033',
      '1012000036',
    ]);
  });

  it('does not depend on the order of the frame and differs with the seed', () => {
    const again = drawSample(makeFrame(frame.date, rows.toReversed()), design, SEED, sha256);
    expect(again).toEqual(drawSample(frame, design, SEED, sha256));
    expect(drawSample(frame, design, `${SEED}0`, sha256)).not.toEqual(again);
  });

  it('draws the wanted number of villages, each once, with chances that add up to it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 40 }),
        fc.nat(39),
        fc.nat(1_000_000),
        (sizes, wanted, salt) => {
          const count = 1 + (wanted % sizes.length);
          const list = sizes.map((size, i) => ({ village: regionCode(String(211382100000 + i)), size }));
          const drawn = drawVillages(list, count, `${SEED}-${salt}`, sha256);
          expect(new Set(drawn.map((v) => v.village)).size).toBe(count);
          for (const v of drawn) expect(v.chance.of).toBeLessThanOrEqual(v.chance.in);
        },
      ),
    );
  });

  it('draws villages in proportion to their size over many seeds', () => {
    const list = [10, 20, 30, 40].map((size, i) => ({ village: VILLAGES[i] as FrameRow['village'], size }));
    const hits = new Map<string, number>();
    for (let i = 0; i < 2000; i++) {
      for (const v of drawVillages(list, 1, `${SEED}-${i}`, sha256))
        hits.set(v.village, (hits.get(v.village) ?? 0) + 1);
    }
    list.forEach((v) => {
      expect(Math.abs((hits.get(v.village) ?? 0) / 2000 - v.size / 100)).toBeLessThan(0.04);
    });
  });

  it('never lists a household twice and takes each stratum as the design says', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.nat(6), fc.nat(3), (salt, take, replacements) => {
        fc.pre(take + replacements > 0);
        const takes = { 'registered-poor': take, exited: take, monitored: take, general: take };
        for (const v of drawSample(frame, { villages: 2, take: takes, replacements }, `${SEED}-${salt}`, sha256)) {
          const listed = [...v.sample.map((h) => h.householdNumber), ...STRATA.flatMap((s) => v.replacements[s])];
          expect(new Set(listed).size).toBe(listed.length);
          for (const s of STRATA) {
            const all = rows.filter((r) => r.village === v.village && r.stratum === s).length;
            expect(v.sample.filter((h) => h.stratum === s).length).toBe(Math.min(take, all));
          }
        }
      }),
    );
  });

  it('uses replacements in their order, also for a replacement, until there is none', () => {
    const [large] = drawSample(frame, { ...design, replacements: 2 }, SEED, sha256);
    if (!large) throw new Error('no village drawn');
    const [first = '', second = ''] = large.replacements.exited;
    expect(nextReplacement(large, '1012000022', new Set())).toEqual({
      householdNumber: first,
      stratum: 'exited',
      weight: 4,
    });
    expect(nextReplacement(large, first, new Set([first])).householdNumber).toBe(second);
    expect(() => nextReplacement(large, second, new Set([first, second]))).toThrow('REPLACEMENTS_USED_UP');
    expect(() => nextReplacement(large, first, new Set())).toThrow('REPLACEMENT_VILLAGE');
  });

  it('refuses a design that cannot be drawn', () => {
    expect(() => drawSample(frame, { ...design, villages: 6 }, SEED, sha256)).toThrow('SAMPLE_VILLAGES_INVALID');
    expect(() => drawSample(frame, { ...design, replacements: -1 }, SEED, sha256)).toThrow('SAMPLE_TAKE_INVALID');
  });
});
