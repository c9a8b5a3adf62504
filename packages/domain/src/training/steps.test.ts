import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, type BusinessDay, businessDay } from '../shared/time.ts';
import { policy } from './policy.fixture.ts';
import { checkChange, checkOpening, type Period } from './schedule.ts';
import {
  CLASS_STEPS,
  type ClassFacts,
  classRefusal,
  LEARNER_STEPS,
  learnerRefusal,
  rollRefusal,
  SESSION_STEPS,
  sessionRefusal,
} from './steps.ts';

const TODAY = businessDay('2026-06-15');
const near = (most: number) => fc.integer({ min: -most, max: most }).map((days) => addDays(TODAY, days));
const count = fc.integer({ min: 0, max: 3 });

/** A class with any days around today, any learners and certificates. */
const CLASS: fc.Arbitrary<ClassFacts> = fc
  .record({
    begins: near(6),
    lasts: fc.nat(6),
    lastAt: fc.nat(6),
    capacity: count,
    learners: count,
    uncertified: count,
    certificates: count,
  })
  .map(({ begins, lasts, lastAt, ...rest }) => {
    const lastSession = addDays(begins, Math.min(lasts, lastAt));
    return { ...rest, begins, ends: addDays(begins, lasts), lastSession };
  });
const codeOf = (refusal: { readonly code: string } | null) => refusal?.code ?? null;

describe('the steps of a class, over any class and day', () => {
  it.each(CLASS_STEPS)('given the step %s, then it is open exactly when the regulation says so', (step) => {
    fc.assert(
      fc.property(CLASS, fc.boolean(), count, (group, keepsClass, ownLearners) => {
        const expected = {
          enrol: group.begins >= TODAY && group.learners < group.capacity,
          'add-session': TODAY <= group.ends && group.certificates === 0,
          results: TODAY >= group.lastSession && group.learners > 0,
          slips: !keepsClass && ownLearners > 0 && TODAY >= group.begins,
        }[step];
        expect(classRefusal(step, group, { keepsClass, ownLearners }, TODAY) === null).toBe(expected);
      }),
      { numRuns: 400 },
    );
  });
});

describe('the steps of a session, over any session, class and day', () => {
  it.each(SESSION_STEPS)('given the step %s, then it is open exactly when the regulation says so', (step) => {
    fc.assert(
      fc.property(CLASS, near(3), fc.boolean(), (group, day, cancelled) => {
        const expected = {
          attendance: !cancelled && day <= TODAY && group.learners > 0 && group.uncertified > 0,
          cancel: !cancelled && group.certificates === 0,
        }[step];
        expect(sessionRefusal(step, { day, cancelled }, group, TODAY) === null).toBe(expected);
      }),
      { numRuns: 400 },
    );
  });

  it('given a learner on a sheet, then a mark is entered of a session held, of who has no certificate', () => {
    fc.assert(
      fc.property(near(3), fc.boolean(), fc.boolean(), (day, cancelled, hasCertificate) => {
        const refusal = rollRefusal({ day, cancelled }, { name: '学员', hasCertificate }, TODAY);
        expect(refusal === null).toBe(!cancelled && day <= TODAY && !hasCertificate);
      }),
    );
  });
});

describe('the steps of a learner, over any learner, class and day', () => {
  const LEARNER = fc.record({
    name: fc.constant('学员'),
    withdrawn: fc.boolean(),
    held: fc.integer({ min: 0, max: 10 }),
    attended: fc.integer({ min: 0, max: 10 }),
    marks: count,
    mark: fc.option(fc.integer({ min: 0, max: 100 }), { nil: undefined }),
    markedBy: fc.constantFrom(null, 'me', 'other'),
    hasCertificate: fc.boolean(),
    courseCertificate: fc.constantFrom(null, '211382-2026-000001-X'),
  });
  it.each(LEARNER_STEPS)('given the step %s, then it is open exactly when the regulation says so', (step) => {
    fc.assert(
      fc.property(CLASS, LEARNER, (group, { mark, ...rest }) => {
        const learner = {
          ...rest,
          attended: Math.min(rest.held, rest.attended),
          ...(mark === undefined ? {} : { mark }),
        };
        const expected = {
          withdraw: !learner.withdrawn && learner.marks === 0,
          mark: !learner.withdrawn && !learner.hasCertificate && TODAY >= group.lastSession && group.learners > 0,
          certificate:
            !learner.withdrawn &&
            !learner.hasCertificate &&
            learner.courseCertificate === null &&
            TODAY >= group.lastSession &&
            learner.held > 0 &&
            learner.attended / learner.held >= 0.8 &&
            mark !== undefined &&
            mark >= 60 &&
            learner.markedBy !== 'me',
        }[step];
        const given = { accountId: 'me', policy, now: new Date('2026-06-15T04:00:00Z') };
        expect(learnerRefusal(step, learner, group, given) === null).toBe(expected);
      }),
      { numRuns: 600 },
    );
  });
});

describe('the days of a class', () => {
  const far = fc.constantFrom(
    ...[
      '1900-01-01',
      '2024-06-14',
      '2026-06-14',
      '2026-06-15',
      '2026-06-16',
      '2026-12-31',
      '2028-06-15',
      '2028-06-16',
      '2062-06-15',
      '2100-12-31',
    ].map(businessDay),
  );
  const yearsApart = (from: BusinessDay, to: BusinessDay) =>
    to > businessDay(`${Number(from.slice(0, 4)) + 2}${from.slice(4)}`);
  const outcome = (check: () => void) => {
    try {
      check();
      return null;
    } catch (error) {
      return codeOf(error as { code: string });
    }
  };

  it('given any days typed, then a class begins from today on, within two years, and lasts two at most', () => {
    fc.assert(
      fc.property(far, far, (begins, ends) => {
        const refused = outcome(() => checkOpening({ begins, ends }, TODAY));
        const isRight = begins >= TODAY && !yearsApart(TODAY, begins) && begins <= ends && !yearsApart(begins, ends);
        expect(refused === null).toBe(isRight);
        if (refused !== null) expect(['DAY_TOO_EARLY', 'DAY_TOO_LATE', 'CLASS_PERIOD']).toContain(refused);
      }),
      { numRuns: 300 },
    );
    expect(
      outcome(() => checkOpening({ begins: businessDay('2062-06-15'), ends: businessDay('2062-06-20') }, TODAY)),
    ).toBe('DAY_TOO_LATE');
  });

  it('given any change, then a class that is over stands, one that has begun keeps its first day, and none ends before today', () => {
    const PERIOD = fc
      .tuple(near(8), fc.nat(8))
      .map(([begins, lasts]): Period => ({ begins, ends: addDays(begins, lasts) }));
    fc.assert(
      fc.property(PERIOD, PERIOD, (before, after) => {
        const moves = after.begins !== before.begins;
        const isRight =
          before.ends >= TODAY &&
          (!moves || (before.begins > TODAY && after.begins >= TODAY)) &&
          (after.ends === before.ends || after.ends >= TODAY);
        expect(outcome(() => checkChange(before, after, TODAY)) === null).toBe(isRight);
      }),
      { numRuns: 600 },
    );
  });
});
