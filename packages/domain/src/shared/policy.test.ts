import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { refusalOf } from './errors.ts';
import { changedFields, requireApprovable, requirePolicyDay, requireWithdrawable, versionOn } from './policy.ts';
import { addDays, type BusinessDay, businessDay } from './time.ts';

const COUNTY = '211382000000';
const TODAY = businessDay('2026-12-01');
const shipped = (validFrom: string, region = '') => ({ validFrom: businessDay(validFrom), countyCode: null, region });
const own = (validFrom: string, county = COUNTY) => ({
  validFrom: businessDay(validFrom),
  countyCode: county,
  region: '',
});

describe('the version in force', () => {
  const on = (versions: ReturnType<typeof shipped | typeof own>[], day: string, isYearly = false) =>
    versionOn(versions, { county: COUNTY, day: businessDay(day), isYearly });

  it('given a later version, then it holds from its day on and not before', () => {
    const [first, second] = [own('2026-01-01'), own('2026-06-01')];
    expect(on([second, first], '2026-05-31')).toBe(first);
    expect(on([first, second], '2026-06-01')).toBe(second);
    expect(on([first], '2025-12-31')).toBeNull();
  });

  it('given versions of county, province and country, then the nearest counts, whatever the days', () => {
    const [country, province, elsewhere, county] = [
      shipped('2026-05-01'),
      shipped('2024-01-01', '21'),
      shipped('2026-01-01', '61'),
      own('2020-01-01'),
    ];
    expect(on([country, province, elsewhere], '2026-06-01')).toBe(province);
    expect(on([country, province, elsewhere, county], '2026-06-01')).toBe(county);
    expect(on([country, elsewhere, own('2020-01-01', '610000000000')], '2026-06-01')).toBe(country);
  });

  it('given a yearly policy, then no year borrows the figure of another', () => {
    const line = own('2023-01-01');
    expect(on([line], '2023-12-31', true)).toBe(line);
    expect(on([line], '2024-01-01', true)).toBeNull();
    expect(on([line], '2022-12-31', true)).toBeNull();
  });
});

describe('the day of a version', () => {
  const codeOn = (day: string, more: { isYearly?: boolean; approvedDays?: string[]; ownDays?: string[] } = {}) => {
    const { isYearly = false, approvedDays = [], ownDays = [] } = more;
    const calendar = {
      today: TODAY,
      isYearly,
      approvedDays: approvedDays.map(businessDay),
      ownDays: ownDays.map(businessDay),
    };
    return refusalOf(() => requirePolicyDay(businessDay(day), calendar))?.code ?? null;
  };

  test.each([
    ['2026-11-30', 'POLICY_DAY_PAST'],
    ['2026-12-01', null],
    ['2027-12-02', null],
    ['2027-12-03', 'DAY_TOO_LATE'],
  ])('%s is answered by %s', (day, code) => {
    expect(codeOn(day)).toBe(code);
  });

  it('given a version of the same day, then another day is asked for', () => {
    expect(codeOn('2027-01-01', { ownDays: ['2027-01-01'] })).toBe('POLICY_DAY_TAKEN');
  });

  it('given a year that has begun, then its figure is taken only while it has none', () => {
    expect(codeOn('2026-03-01', { isYearly: true })).toBe('POLICY_NOT_NEW_YEAR');
    expect(codeOn('2026-01-01', { isYearly: true, approvedDays: ['2025-01-01'] })).toBeNull();
    expect(codeOn('2024-01-01', { isYearly: true, approvedDays: ['2024-01-01'] })).toBe('POLICY_YEAR_DECIDED');
    expect(codeOn('2027-01-01', { isYearly: true, approvedDays: ['2027-01-01'] })).toBeNull();
  });
});

describe('the hands of a version', () => {
  const calendar = { today: TODAY, isYearly: false, approvedDays: [], ownDays: [] };
  const draft = { state: 'draft', validFrom: TODAY, draftedBy: 'a', approvedBy: null } as const;
  const approved = { ...draft, state: 'approved', validFrom: addDays(TODAY, 1), approvedBy: 'b' } as const;

  it('given a draft, then another person than its drafter approves it, not after its day', () => {
    expect(refusalOf(() => requireApprovable(draft, 'a', calendar))?.code).toBe('POLICY_OWN');
    expect(refusalOf(() => requireApprovable(draft, 'b', calendar))).toBeNull();
    const late = { ...calendar, today: addDays(TODAY, 1) };
    expect(refusalOf(() => requireApprovable(draft, 'b', late))?.code).toBe('POLICY_DAY_PAST');
    expect(refusalOf(() => requireApprovable(approved, 'c', calendar))?.code).toBe('POLICY_NOT_DRAFT');
  });

  it('given an approved version, then another person than its approver withdraws it, before its day', () => {
    expect(refusalOf(() => requireWithdrawable(approved, 'b', TODAY))?.code).toBe('POLICY_APPROVER_WITHDRAWS');
    expect(refusalOf(() => requireWithdrawable(approved, 'a', TODAY))).toBeNull();
    expect(refusalOf(() => requireWithdrawable(approved, 'a', addDays(TODAY, 1)))?.code).toBe('POLICY_BEGUN');
    expect(refusalOf(() => requireWithdrawable({ ...draft, state: 'withdrawn' }, 'a', TODAY))?.code).toBe(
      'POLICY_WITHDRAWN',
    );
  });
});

describe('what changed between two versions', () => {
  it('given groups and rows, then each field is named by its path, rows by their first field', () => {
    const before = { age: 16, most: { male: 60, female: 55 }, ranks: [{ rank: 'staff', quota: 1 }] };
    const after = {
      age: 16,
      most: { male: 63, female: 55 },
      ranks: [
        { rank: 'head', quota: 5 },
        { rank: 'staff', quota: 2 },
      ],
    };
    expect(changedFields(before, after)).toEqual([
      { field: 'most.male', before: 60, after: 63 },
      { field: 'ranks.head.rank', before: null, after: 'head' },
      { field: 'ranks.head.quota', before: null, after: 5 },
      { field: 'ranks.staff.quota', before: 1, after: 2 },
    ]);
    expect(changedFields(null, { age: 16 })).toEqual([{ field: 'age', before: null, after: 16 }]);
  });

  it('property: the changes applied to the fields of one version give those of the other', () => {
    const value = fc.dictionary(
      fc.constantFrom('a', 'b', 'c'),
      fc.oneof(fc.integer(), fc.dictionary(fc.constantFrom('x', 'y'), fc.integer())),
    );
    // A naive recount over JSON paths, by its own walk.
    const leaves = (each: object): [string, unknown][] =>
      Object.entries(each).flatMap(([name, part]): [string, unknown][] =>
        typeof part === 'object' && part !== null
          ? leaves(part as object).map(([path, leaf]) => [`${name}.${path}`, leaf])
          : [[name, part]],
      );
    fc.assert(
      fc.property(value, value, (before, after) => {
        const made = new Map(leaves(before));
        for (const change of changedFields(before, after)) {
          expect(made.get(change.field) ?? null).toBe(change.before);
          if (change.after === null) made.delete(change.field);
          else made.set(change.field, change.after);
        }
        expect(Object.fromEntries(made)).toEqual(Object.fromEntries(leaves(after)));
      }),
    );
  });
});

test('property: the version in force is that of a replay day by day', () => {
  const START = businessDay('2025-01-01');
  const version = fc.record({
    validFrom: fc.integer({ min: 0, max: 800 }).map((days) => addDays(START, days)),
    countyCode: fc.constantFrom(null, COUNTY, '610000000000'),
    region: fc.constantFrom('', '21', '2113', '61'),
  });
  const distinct = fc.uniqueArray(version, { selector: (each) => JSON.stringify(each), maxLength: 12 });
  const replay = (
    versions: readonly { validFrom: BusinessDay; countyCode: string | null; region: string }[],
    day: BusinessDay,
    isYearly: boolean,
  ) => {
    const layers: ((typeof versions)[number] | null)[] = [null, null, null, null];
    for (let at = START; at <= day; at = addDays(at, 1)) {
      if (isYearly && at.endsWith('-01-01')) layers.fill(null);
      for (const each of versions.filter(({ validFrom }) => validFrom === at)) {
        if (each.countyCode === COUNTY) layers[0] = each;
        if (each.countyCode === null && COUNTY.startsWith(each.region))
          layers[each.region === '2113' ? 1 : each.region === '21' ? 2 : 3] = each;
      }
    }
    return layers.find(Boolean) ?? null;
  };
  fc.assert(
    fc.property(distinct, fc.integer({ min: 0, max: 900 }), fc.boolean(), (all, days, isYearly) => {
      const versions = all.filter(({ countyCode, region }) => countyCode === null || region === '');
      const day = addDays(START, days);
      expect(versionOn(versions, { county: COUNTY, day, isYearly })).toBe(replay(versions, day, isYearly));
    }),
    { numRuns: 200 },
  );
});
