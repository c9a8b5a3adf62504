import fc from 'fast-check';
import { expect, test } from 'vitest';
import { businessDayOf, daysBetween, startOfDay } from '../../shared/time.ts';
import { closableFrom, pauseClock, remaining, resumeClock, startClock } from './clock.ts';

const at = (shanghai: string) => new Date(`${shanghai}+08:00`);

test.each(['2024-03-01T00:00:00', '2024-03-01T09:30:00', '2024-03-01T23:59:59.999'])(
  'given a notice of 7 full days opened %s, then it may be closed from the start of 9 March',
  (opened) => {
    expect(closableFrom(startClock(at(opened), 7))).toEqual(at('2024-03-09T00:00:00'));
  },
);

test('the leap day and the turn of the year are counted as days', () => {
  expect(closableFrom(startClock(at('2024-02-27T12:00:00'), 5))).toEqual(at('2024-03-04T00:00:00'));
  expect(closableFrom(startClock(at('2023-12-28T12:00:00'), 5))).toEqual(at('2024-01-03T00:00:00'));
});

test('an instant late in the UTC evening lies on the next Shanghai day', () => {
  expect(closableFrom(startClock(new Date('2024-03-01T20:00:00Z'), 5))).toEqual(at('2024-03-08T00:00:00'));
});

test('given an objection, when it is dismissed, then the clock resumes where it stood', () => {
  const open = startClock(at('2024-03-01T09:00:00'), 7);
  const stopped = pauseClock(open, at('2024-03-04T06:00:00'));
  expect(closableFrom(stopped)).toBeNull();
  expect(remaining(stopped, at('2024-03-05T06:00:00'))).toEqual({ days: 4, hours: 18 });
  expect(remaining(stopped, at('2024-03-30T06:00:00'))).toEqual({ days: 4, hours: 18 });
  const running = resumeClock(stopped, at('2024-03-06T06:00:00'));
  expect(remaining(running, at('2024-03-06T06:00:00'))).toEqual({ days: 4, hours: 18 });
  expect(closableFrom(running)).toEqual(at('2024-03-11T00:00:00'));
});

test('a part of a day lost moves the closing to the next midnight', () => {
  const open = startClock(at('2024-03-01T09:00:00'), 7);
  const running = resumeClock(pauseClock(open, at('2024-03-04T10:00:00')), at('2024-03-04T12:00:00'));
  expect(closableFrom(running)).toEqual(at('2024-03-10T00:00:00'));
});

test('an objection answered on the opening day costs nothing; a second pause keeps the first instant', () => {
  const open = startClock(at('2024-03-01T09:00:00'), 7);
  const running = resumeClock(pauseClock(open, at('2024-03-01T10:00:00')), at('2024-03-01T20:00:00'));
  expect(closableFrom(running)).toEqual(at('2024-03-09T00:00:00'));
  const stopped = pauseClock(open, at('2024-03-03T10:00:00'));
  expect(pauseClock(stopped, at('2024-03-05T10:00:00'))).toBe(stopped);
  expect(resumeClock(open, at('2024-03-05T10:00:00'))).toBe(open);
});

test('whatever the pauses, closing comes at a midnight, after at least the full days of running time', () => {
  const pauses = fc.array(fc.tuple(fc.integer({ min: 0, max: 90 }), fc.integer({ min: 0, max: 90 })), { maxLength: 5 });
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 40_000_000 }),
      fc.integer({ min: 1, max: 15 }),
      pauses,
      (minute, days, gaps) => {
        const opened = new Date(Date.UTC(2000, 0, 1) + minute * 60_000);
        let clock = startClock(opened, days);
        let time = opened.getTime();
        let lost = 0;
        for (const [run, stand] of gaps) {
          time += run * 3_600_000;
          clock = pauseClock(clock, new Date(time));
          time += stand * 3_600_000;
          lost += stand * 3_600_000;
          clock = resumeClock(clock, new Date(time));
        }
        const closes = closableFrom(clock);
        if (!closes) throw new Error('the clock runs');
        expect(closes).toEqual(startOfDay(businessDayOf(closes)));
        expect(daysBetween(businessDayOf(opened), businessDayOf(closes))).toBeGreaterThan(days);
        expect(closes.getTime() - opened.getTime()).toBeLessThanOrEqual((days + 2) * 86_400_000 + lost);
        expect(remaining(clock, closes)).toEqual({ days: 0, hours: 0 });
      },
    ),
  );
});
