import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { businessDay } from '../shared/time.ts';
import {
  type Attendance,
  attended,
  certificateNumber,
  checkAttendance,
  demandCertificate,
  readCertificateNumber,
  type Session,
} from './certificate.ts';
import { skillCoverage, totalCoverage } from './coverage.ts';
import { demandWithdrawal, enrol, ineligible, type Learner, type TrainingClass } from './enrolment.ts';
import { policy } from './policy.fixture.ts';
import { demandRating, demandSlips, satisfactionOf } from './satisfaction.ts';

const day = businessDay;
const learner = (more: Partial<Learner> = {}): Learner => ({
  personId: 'p1',
  birthDate: day('1990-05-01'),
  sex: 'male',
  householdStatus: 'exited',
  labour: 'ordinary',
  ...more,
});
const group: TrainingClass = {
  courseId: 'c',
  begins: day('2026-05-01'),
  ends: day('2026-05-20'),
  capacity: 1,
  enrolled: [],
};
const given = { on: day('2026-04-20'), policy, others: [] };

describe('eligibility and enrolment', () => {
  const codes = (more: Partial<Learner>) => ineligible(learner(more), day('2026-05-01'), policy).map((i) => i.code);

  it('takes members of registered, returned, exited and monitored households of working age with ability to labour', () => {
    for (const householdStatus of ['registered-poor', 'returned', 'exited', 'monitored'] as const) {
      expect(codes({ householdStatus })).toEqual([]);
    }
    expect(codes({ householdStatus: 'general', labour: 'none' })).toEqual(['LEARNER_NOT_TARGET', 'LEARNER_NO_LABOUR']);
    expect(codes({ birthDate: day('2010-05-01') })).toEqual([]);
    expect(codes({ birthDate: day('2010-05-02') })).toEqual(['LEARNER_TOO_YOUNG']);
    expect(codes({ birthDate: day('1965-05-02') })).toEqual([]);
    expect(codes({ birthDate: day('1965-05-01') })).toEqual(['LEARNER_TOO_OLD']);
    expect(codes({ birthDate: day('1970-05-01'), sex: 'female' })).toEqual(['LEARNER_TOO_OLD']);
  });

  it('fills a class to its capacity; a withdrawn place is free again', () => {
    const full = enrol(group, learner(), given);
    expect(full.enrolled).toHaveLength(1);
    expect(() => enrol(full, learner(), given)).toThrow('ENROLMENT_TWICE');
    expect(() => enrol(full, learner({ personId: 'p2' }), given)).toThrow('CLASS_FULL');
    const freed = { ...full, enrolled: full.enrolled.map((each) => ({ ...each, withdrawnOn: day('2026-04-25') })) };
    expect(enrol(freed, learner({ personId: 'p2' }), given).enrolled).toHaveLength(2);
    expect(() => demandWithdrawal({ withdrawn: true, marks: 0 })).toThrow('ENROLMENT_MISSING');
    expect(() => demandWithdrawal({ withdrawn: false, marks: 1 })).toThrow('ENROLMENT_HAS_ATTENDANCE');
  });

  it('refuses after the beginning, an overlapping class, and the same course again', () => {
    expect(() => enrol(group, learner({ labour: 'none' }), given)).toThrow('LEARNER_NO_LABOUR');
    expect(() => enrol(group, learner(), { ...given, on: day('2026-05-02') })).toThrow('CLASS_BEGUN');
    const none = { held: 0, attended: 0, hasCertificate: false };
    const other = { courseId: 'd', begins: day('2026-05-20'), ends: day('2026-06-01'), ...none };
    expect(() => enrol(group, learner(), { ...given, others: [other] })).toThrow('CLASS_OVERLAPS');
    const before = { courseId: 'c', begins: day('2025-05-01'), ends: day('2025-06-01') };
    const certified = { ...before, ...none, hasCertificate: true };
    expect(() => enrol(group, learner(), { ...given, others: [certified] })).toThrow('COURSE_TAKEN');
  });

  it('given any earlier class of the course, then it is taken again unless it was passed, certified, or still runs', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10 }),
        fc.integer({ min: 0, max: 10 }),
        fc.option(fc.integer({ min: 0, max: 100 }), { nil: undefined }),
        fc.boolean(),
        fc.boolean(),
        fc.boolean(),
        (held, came, mark, hasCertificate, isOver, sameCourse) => {
          const attended = Math.min(held, came);
          const other = {
            courseId: sameCourse ? 'c' : 'd',
            begins: day('2026-04-01'),
            ends: day(isOver ? '2026-04-19' : '2026-04-20'),
            held,
            attended,
            hasCertificate,
            ...(mark === undefined ? {} : { mark }),
          };
          // In words: four of five sessions and sixty points pass.
          const passed = held > 0 && attended / held >= 0.8 && (mark ?? 0) >= 60;
          const takes = () => enrol(group, learner(), { ...given, others: [other] });
          if (sameCourse && (hasCertificate || passed || !isOver)) expect(takes).toThrow('COURSE_TAKEN');
          else expect(takes().enrolled).toHaveLength(1);
        },
      ),
    );
  });
});

describe('attendance and certificate', () => {
  const sessions: Session[] = [1, 2, 3, 4, 5, 6].map((n) => ({
    id: `s${n}`,
    day: day(`2026-05-0${n}`),
    cancelled: n === 6,
  }));
  const sheet = (ids: number[]): Attendance[] =>
    ids.map((n) => ({ sessionId: `s${n}`, personId: 'p1', mark: 'present' }));
  const now = new Date('2026-05-05T20:00:00+08:00');

  it('counts each held session once', () => {
    const marks: Attendance[] = [...sheet([1, 2, 2, 6]), { sessionId: 's3', personId: 'p1', mark: 'excused' }];
    expect(attended('p1', sessions, marks)).toEqual({ held: 5, attended: 2 });
  });

  it('refuses a sheet with strangers, repeats, cancelled or coming sessions', () => {
    const check =
      (list: Attendance[], at = now) =>
      () =>
        checkAttendance(list, sessions, new Set(['p1']), at);
    expect(check(sheet([1, 2]))).not.toThrow();
    expect(check(sheet([1, 1]))).toThrow('ATTENDANCE_TWICE');
    expect(check(sheet([6]))).toThrow('SESSION_CANCELLED');
    expect(check(sheet([9]))).toThrow('SESSION_UNKNOWN');
    expect(check(sheet([5]), new Date('2026-05-04T23:59:00+08:00'))).toThrow('SESSION_IN_FUTURE');
    expect(check([{ sessionId: 's1', personId: 'p9', mark: 'present' }])).toThrow('ATTENDANCE_NOT_ENROLLED');
  });

  it('given 80 % attendance and a pass, then the certificate is granted, else it says why not', () => {
    const right = { held: 5, attended: 4, mark: 60, hasCertificate: false, courseCertificate: null as string | null };
    const ask =
      (more: Partial<typeof right>, at = now) =>
      () =>
        demandCertificate({ ...right, ...more }, day('2026-05-05'), at, policy);
    expect(ask({})).not.toThrow();
    expect(ask({ attended: 3 })).toThrow('CERTIFICATE_ATTENDANCE');
    expect(ask({ held: 0, attended: 0 })).toThrow('CERTIFICATE_ATTENDANCE');
    expect(ask({ mark: 59 })).toThrow('CERTIFICATE_NOT_PASSED');
    expect(ask({ hasCertificate: true })).toThrow('CERTIFICATE_EXISTS');
    expect(ask({ courseCertificate: '211382-2026-000001-X' })).toThrow('CERTIFICATE_OF_COURSE');
    expect(ask({}, new Date('2026-05-04T20:00:00+08:00'))).toThrow('CLASS_NOT_OVER');
    const { mark: _mark, ...unmarked } = right;
    expect(() => demandCertificate(unmarked, day('2026-05-05'), now, policy)).toThrow('CERTIFICATE_NOT_ASSESSED');
  });

  it('numbers certificates so that every single slip and every exchange of neighbours is found', () => {
    expect(certificateNumber('211382', 2026, 123)).toMatch(/^211382-2026-000123-[\dX]$/);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 999_999 }),
        fc.nat(15),
        fc.integer({ min: 1, max: 9 }),
        (serial, at, shift) => {
          const text = certificateNumber('211382', 2026, serial);
          expect(readCertificateNumber(text)).toEqual({ county: '211382', year: 2026, serial });
          const plain = text.replaceAll('-', '');
          expect(readCertificateNumber(plain.toLowerCase())).not.toBeNull();
          const slip = plain.slice(0, at) + ((Number(plain[at]) + shift) % 10) + plain.slice(at + 1);
          expect(readCertificateNumber(slip)).toBeNull();
          const exchanged = plain.slice(0, at) + plain[at + 1] + plain[at] + plain.slice(at + 2);
          if (exchanged !== plain) expect(readCertificateNumber(exchanged)).toBeNull();
        },
      ),
    );
    expect(() => certificateNumber('211382', 2026, 1_000_000)).toThrow(RangeError);
    expect(() => certificateNumber('2113', 2026, 1)).toThrow(RangeError);
  });
});

describe('satisfaction', () => {
  const last = day('2026-05-05');
  const said = { withdrawn: false, attended: 1, rated: false };

  it('given a participant, then they say it once, from the last session on, having come', () => {
    expect(() => demandRating(said, last, last)).not.toThrow();
    expect(() => demandRating(said, last, day('2026-05-04'))).toThrow('CLASS_NOT_OVER');
    expect(() => demandRating({ ...said, rated: true }, last, last)).toThrow('RATING_GIVEN');
    expect(() => demandRating({ ...said, attended: 0 }, last, last)).toThrow('RATING_NOT_ATTENDED');
    expect(() => demandRating({ ...said, withdrawn: true }, last, last)).toThrow('ENROLMENT_MISSING');
  });

  it('given whoever keeps the class, then they never hold the codes', () => {
    const printer = { keepsClass: false, ownLearners: 2 };
    expect(() => demandSlips(group, printer, day('2026-05-01'))).not.toThrow();
    expect(() => demandSlips(group, { ...printer, keepsClass: true }, day('2026-05-01'))).toThrow('SLIP_OF_KEEPER');
    expect(() => demandSlips(group, { ...printer, ownLearners: 0 }, day('2026-05-01'))).toThrow('SLIP_NO_LEARNERS');
    expect(() => demandSlips(group, printer, day('2026-04-30'))).toThrow('CLASS_NOT_BEGUN');
  });

  it('given answers, then their mean is told from three on', () => {
    expect(satisfactionOf({ answers: 0, sum: 0 })).toEqual({ answers: 0, meanHundredths: null });
    expect(satisfactionOf({ answers: 2, sum: 9 })).toEqual({ answers: 2, meanHundredths: null });
    expect(satisfactionOf({ answers: 3, sum: 13 })).toEqual({ answers: 3, meanHundredths: 433 });
  });
});

describe('one skill per household', () => {
  it('counts households with able labour only, by village and in total', () => {
    const coverage = skillCoverage([
      { village: 'b', labour: 2, skilled: 0 },
      { village: 'a', labour: 1, skilled: 3 },
      { village: 'a', labour: 1, skilled: 0 },
      { village: 'a', labour: 1, skilled: 1 },
      { village: 'c', labour: 0, skilled: 1 },
    ]);
    expect([...coverage]).toEqual([
      ['a', { households: 3, skilled: 2, coverageBp: 6666 }],
      ['b', { households: 1, skilled: 0, coverageBp: 0 }],
      ['c', { households: 0, skilled: 0, coverageBp: null }],
    ]);
    expect(totalCoverage(coverage.values())).toEqual({ households: 4, skilled: 2, coverageBp: 5000 });
  });
});
