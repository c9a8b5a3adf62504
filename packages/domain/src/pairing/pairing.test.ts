import { describe, expect, it } from 'vitest';
import { addDays, businessDay } from '../shared/time.ts';
import {
  assignHelper,
  comingChange,
  demandPlace,
  demandRegistered,
  endPairing,
  endWithRecord,
  type HelperFacts,
  handOver,
  helperOn,
  keepHelper,
  moveChange,
  type PairingChain,
  placesFree,
  withdrawChange,
} from './pairing.ts';
import { effectiveQuota } from './policy.ts';
import { type Visit, visitIssues, visitPeriod, visitsDue } from './visit.ts';
import { VISIT_POLICY } from './policy.fixture.ts';

const day = businessDay;
const helper = (id: string, more: Partial<HelperFacts> = {}): HelperFacts => ({
  id,
  quotas: [{ from: day('2020-01-01'), quota: 2 }],
  busy: [],
  isRelative: false,
  ...more,
});
const empty: PairingChain = { householdId: 'h', links: [] };
const today = day('2026-02-10');
const assignOn = (on: string, decided = on) => ({ on: day(on), today: day(decided) });
const paired = assignHelper(empty, helper('a'), assignOn('2026-01-10'));
const why = { on: day('2026-03-01'), today: day('2026-03-01'), reason: '调动' };
const two = [{ from: day('2026-01-01') }, { from: day('2026-02-01') }];

describe('a pairing', () => {
  it('given a handover, then the chain is kept and every day has exactly one helper', () => {
    const chain = handOver(paired, helper('b'), why);
    expect(chain.links).toEqual([
      { helperId: 'a', from: '2026-01-10', until: '2026-03-01', reason: '调动' },
      { helperId: 'b', from: '2026-03-01' },
    ]);
    expect(helperOn(chain, day('2026-01-09'))).toBeNull();
    for (let d = day('2026-01-10'); d < '2026-04-01'; d = addDays(d, 1)) {
      expect(helperOn(chain, d)).toBe(d < '2026-03-01' ? 'a' : 'b');
    }
  });

  it('refuses a second helper, a relative, and one whose quota is full', () => {
    expect(() => assignHelper(paired, helper('b'), assignOn('2026-02-01'))).toThrow('PAIRING_EXISTS');
    expect(() => assignHelper(empty, helper('b', { isRelative: true }), assignOn('2026-02-01'))).toThrow(
      'HELPER_IS_RELATIVE',
    );
    expect(() => handOver(paired, helper('b', { busy: two }), why)).toThrow('HELPER_QUOTA_FULL');
    expect(() => handOver(paired, helper('a'), why)).toThrow('HANDOVER_TO_SAME');
    expect(() => handOver(empty, helper('a'), why)).toThrow('PAIRING_MISSING');
    expect(() => handOver(paired, helper('b'), { ...why, reason: ' ' })).toThrow('HANDOVER_REASON_MISSING');
    expect(() => handOver(paired, helper('b'), { ...why, on: day('2026-01-10') })).toThrow('HANDOVER_TOO_EARLY');
  });

  it('given a household that is poor, monitored or newly exited, then its pairing cannot end', () => {
    expect(() => endPairing(paired, { status: 'registered-poor' }, why)).toThrow('PAIRING_POOR');
    expect(() => endPairing(paired, { status: 'returned' }, why)).toThrow('PAIRING_POOR');
    expect(() => endPairing(paired, { status: 'monitored' }, why)).toThrow('PAIRING_MONITORED');
    expect(() => endPairing(paired, { status: 'exited', careUntil: day('2026-03-01') }, why)).toThrow(
      'PAIRING_IN_CARE',
    );
    expect(() => endPairing(paired, { status: 'exited', careUntil: null }, why)).toThrow('EXIT_DAY_UNKNOWN');
  });

  it('given a household whose record is withdrawn, then its pairing ends whatever it is, and one to come never holds', () => {
    const gone = { on: day('2026-02-01'), reason: '撤回' };
    expect(endWithRecord(paired, gone).links).toEqual([
      { helperId: 'a', from: '2026-01-10', until: '2026-02-01', reason: '撤回' },
    ]);
    const never = endWithRecord(paired, { ...gone, on: day('2026-01-05') });
    expect(never.links).toEqual([]);
    const coming = handOver(paired, helper('b'), { ...why, today });
    expect(endWithRecord(coming, gone).links).toEqual([
      { helperId: 'a', from: '2026-01-10', until: '2026-02-01', reason: '撤回' },
    ]);
    expect(() => endWithRecord(never, gone)).toThrow('PAIRING_MISSING');
  });

  it('begins on the day of registration at the earliest', () => {
    expect(() => demandRegistered('2026-01-10', day('2026-01-09'))).toThrow('PAIRING_BEFORE_REGISTRATION');
    expect(() => demandRegistered('2026-01-10', day('2026-01-10'))).not.toThrow();
    expect(() => demandRegistered(null, day('2000-01-01'))).not.toThrow();
  });

  it('keeps the quota of the rank, or a lower one of the cadre’s own', () => {
    expect([effectiveQuota(2, null), effectiveQuota(2, 1), effectiveQuota(2, 100), effectiveQuota(2, 0)]).toEqual([
      2, 1, 2, 0,
    ]);
  });

  it('given the period after the exit is over, when ended and paired again, then the chain has a gap and no overlap', () => {
    const ended = endPairing(paired, { status: 'exited', careUntil: day('2026-02-28') }, why);
    expect(helperOn(ended, day('2026-03-01'))).toBeNull();
    expect(() => assignHelper(ended, helper('b'), assignOn('2026-02-01', '2026-06-01'))).toThrow('PAIRING_BEFORE_LAST');
    expect(helperOn(assignHelper(ended, helper('b'), assignOn('2026-06-01')), day('2026-06-01'))).toBe('b');
  });
});

describe('a change for a day to come', () => {
  const coming = handOver(paired, helper('b'), { ...why, today });
  const helpers = (more: Partial<HelperFacts> = {}) =>
    new Map([
      ['a', helper('a', more)],
      ['b', helper('b')],
    ]);

  it('given a handover ahead, then the old helper helps until its day, and no other change is taken before', () => {
    expect([helperOn(coming, today), helperOn(coming, day('2026-02-28')), helperOn(coming, why.on)]).toEqual([
      'a',
      'a',
      'b',
    ]);
    expect(comingChange(coming, today)).toMatchObject({
      kind: 'handover',
      day: why.on,
      helperId: 'b',
      previousId: 'a',
    });
    expect(comingChange(coming, why.on)).toBeNull();
    const later = { ...why, on: day('2026-04-01'), today };
    expect(() => handOver(coming, helper('c'), later)).toThrow('PAIRING_CHANGE_COMING');
    expect(() => endPairing(coming, { status: 'gone' }, later)).toThrow('PAIRING_CHANGE_COMING');
    expect(() => assignHelper(coming, helper('c'), { on: later.on, today })).toThrow('PAIRING_EXISTS');
  });

  it('takes it back or moves it by another person alone, and leaves the chain as it was', () => {
    const made = {
      ...coming,
      links: coming.links.map((link) => ({ ...link, startedBy: 'anna' })),
    };
    const given = { today, accountId: 'anna', helpers: helpers() };
    expect(() => withdrawChange(made, given)).toThrow('CHANGE_OWN');
    const bert = { ...given, accountId: 'bert' };
    expect(withdrawChange(coming, bert).links).toEqual(paired.links);
    const moved = moveChange(coming, day('2026-02-20'), {
      ...bert,
      household: { status: 'registered-poor' },
      registeredOn: null,
    });
    expect(moved.links.map(({ helperId, from, until }) => [helperId, from, until])).toEqual([
      ['a', '2026-01-10', '2026-02-20'],
      ['b', '2026-02-20', undefined],
    ]);
    expect(() => withdrawChange(coming, { ...bert, today: why.on })).toThrow('CHANGE_NONE_COMING');
    // The old helper was given two others for the days after the handover.
    const full = helpers({ busy: [{ from: why.on }, { from: day('2026-03-05') }] });
    expect(() => withdrawChange(coming, { ...bert, helpers: full })).toThrow('HELPER_QUOTA_FULL');
    const ended = endPairing(paired, { status: 'gone' }, { ...why, today });
    expect(withdrawChange(ended, bert).links).toEqual(paired.links);
    expect(keepHelper(ended, today).links).toEqual(paired.links);
    expect(keepHelper(coming, today)).toBe(coming);
  });

  it('keeps the quota on every day of the helper’s, by the policy of the day', () => {
    // One household leaves on 1 April, one comes on 1 May; the quota falls to 1 in June.
    const busy = [{ from: day('2026-01-01'), until: day('2026-04-01') }, { from: day('2026-05-01') }];
    const quotas = [
      { from: day('2020-01-01'), quota: 2 },
      { from: day('2026-06-01'), quota: 1 },
    ];
    const stint = (from: string, until?: string) => ({ from: day(from), ...(until ? { until: day(until) } : {}) });
    const least = (from: string, until?: string) => placesFree({ busy, quotas }, stint(from, until));
    expect(least('2026-03-01', '2026-05-01')).toEqual({ places: 1, day: '2026-03-01' });
    expect(least('2026-04-01', '2026-05-01').places).toBe(2);
    expect(least('2026-04-01')).toEqual({ places: 0, day: '2026-06-01' });
    expect(() => demandPlace(helper('a', { busy, quotas }), stint('2026-04-01'))).toThrow('HELPER_QUOTA_FULL');
    expect(() => demandPlace(helper('a', { busy, quotas }), stint('2026-04-01', '2026-06-01'))).not.toThrow();
  });
});

describe('a visit', () => {
  const visit: Visit = {
    at: new Date('2026-03-10T10:00:00+08:00'),
    position: { latitude: 41.2, longitude: 119.4 },
    peopleMet: ['户主'],
    seen: '房屋安全',
    needs: [],
    photos: ['p1'],
    acknowledgement: { kind: 'signature', by: '户主' },
  };
  const given = {
    now: new Date('2026-03-10T11:00:00+08:00'),
    pairedFrom: day('2026-01-10'),
    policy: VISIT_POLICY,
  };
  const codes = (v: Visit) => visitIssues(v, given).map((i) => i.code);

  it('is recorded when everything is there; a reason stands in for a position', () => {
    expect(codes(visit)).toEqual([]);
    const { position: _position, ...without } = visit;
    expect(codes({ ...without, noPositionReason: '山区无信号' })).toEqual([]);
    expect(codes(without)).toEqual(['VISIT_POSITION_MISSING']);
  });

  it('names everything that is missing at once', () => {
    const { acknowledgement: _acknowledgement, ...unsigned } = visit;
    expect(codes({ ...unsigned, peopleMet: [' '], seen: '', photos: [] })).toEqual([
      'VISIT_NOBODY_MET',
      'VISIT_NOTHING_SEEN',
      'VISIT_PHOTOS_MISSING',
      'VISIT_NOT_ACKNOWLEDGED',
    ]);
    expect(codes({ ...visit, photos: ['p', 'p'], position: { latitude: 91, longitude: 0 } })).toEqual([
      'VISIT_POSITION_INVALID',
      'VISIT_PHOTO_TWICE',
    ]);
  });

  it('may not lie in the future beyond the clock’s tolerance, nor before the pairing', () => {
    expect(codes({ ...visit, at: new Date('2026-03-10T11:10:00+08:00') })).toEqual([]);
    expect(codes({ ...visit, at: new Date('2026-03-10T11:10:01+08:00') })).toEqual(['VISIT_IN_FUTURE']);
    expect(codes({ ...visit, at: new Date('2026-01-09T23:59:00+08:00') })).toEqual(['VISIT_BEFORE_PAIRING']);
  });
});

describe('visits due', () => {
  it('counts months and weeks of the calendar', () => {
    expect(visitPeriod(day('2028-02-29'), 'month')).toEqual({ first: '2028-02-01', last: '2028-02-29' });
    expect(visitPeriod(day('2026-12-31'), 'month')).toEqual({ first: '2026-12-01', last: '2026-12-31' });
    expect(visitPeriod(day('2026-11-22'), 'week')).toEqual({ first: '2026-11-16', last: '2026-11-22' });
    expect(visitPeriod(day('2026-11-23'), 'week')).toEqual({ first: '2026-11-23', last: '2026-11-29' });
  });

  it('given a green household paired in mid-January, then February is the first month that can be missed', () => {
    const household = { mark: 'green', since: day('2026-01-10'), visits: [] } as const;
    expect(visitsDue(household, day('2026-01-20'), VISIT_POLICY)).toMatchObject({
      dueBy: '2026-01-31',
      missed: [],
    });
    const march = visitsDue(household, day('2026-03-05'), VISIT_POLICY);
    expect(march.missed).toEqual([{ first: '2026-02-01', last: '2026-02-28' }]);
    expect(march.overdueDays).toBe(5);
  });

  it('given a late visit, then the month stays missed but nothing is overdue any more', () => {
    const household = {
      mark: 'green',
      since: day('2026-01-01'),
      visits: [day('2026-01-31'), day('2026-03-02')],
    } as const;
    const due = visitsDue(household, day('2026-03-05'), VISIT_POLICY);
    expect(due).toMatchObject({ made: 1, dueBy: null, overdueDays: 0 });
    expect(due.missed).toHaveLength(1);
  });

  it('asks a red household’s helper every week', () => {
    const household = { mark: 'red', since: day('2026-03-02'), visits: [day('2026-03-08')] } as const;
    expect(visitsDue(household, day('2026-03-17'), VISIT_POLICY)).toMatchObject({
      dueBy: '2026-03-22',
      missed: [{ first: '2026-03-09', last: '2026-03-15' }],
      overdueDays: 2,
    });
  });
});
