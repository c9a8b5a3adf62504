import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noticeClock } from './notice-clock.ts';

const at = (text: string) => new Date(`${text}+08:00`);

describe('the clock of a public notice', () => {
  it('given a notice opened on the 1st, when seven days are required, then it may be closed from the 9th at midnight', () => {
    const clock = noticeClock({ openedAt: at('2026-03-01T15:30:00'), requiredDays: 7, pauses: [] });
    expect(clock.closableFrom).toEqual(at('2026-03-09T00:00:00'));
    expect(clock.remaining(at('2026-03-01T23:59:00'))).toBe(7);
    expect(clock.remaining(at('2026-03-02T23:59:00'))).toBe(7);
    expect(clock.remaining(at('2026-03-03T00:00:00'))).toBe(6);
    expect(clock.remaining(at('2026-03-08T23:59:59'))).toBe(1);
    expect(clock.remaining(at('2026-03-09T00:00:00'))).toBe(0);
  });

  it('given an opening at 00:30 in Shanghai (the day before in UTC), then the Shanghai day is the opening day', () => {
    const clock = noticeClock({ openedAt: at('2026-03-02T00:30:00'), requiredDays: 1, pauses: [] });
    expect(clock.closableFrom).toEqual(at('2026-03-04T00:00:00'));
  });

  it('given an objection on the third day answered two days later, then three days do not count and the clock goes on', () => {
    const clock = noticeClock({
      openedAt: at('2026-03-01T09:00:00'),
      requiredDays: 7,
      pauses: [{ from: at('2026-03-04T10:00:00'), to: at('2026-03-06T11:00:00') }],
    });
    expect(clock.remaining(at('2026-03-06T12:00:00'))).toBe(5);
    expect(clock.closableFrom).toEqual(at('2026-03-12T00:00:00'));
  });

  it('given an objection raised and answered the same day, then that day was not a full one', () => {
    const pause = { from: at('2026-03-03T10:00:00'), to: at('2026-03-03T10:01:00') };
    expect(noticeClock({ openedAt: at('2026-03-01T09:00:00'), requiredDays: 2, pauses: [pause] }).closableFrom).toEqual(
      at('2026-03-05T00:00:00'),
    );
  });

  it('given an unanswered objection, then the notice cannot be closed and the clock stands', () => {
    const clock = noticeClock({
      openedAt: at('2026-03-01T09:00:00'),
      requiredDays: 7,
      pauses: [{ from: at('2026-03-05T10:00:00') }],
    });
    expect(clock.closableFrom).toBeNull();
    expect(clock.remaining(at('2026-06-01T00:00:00'))).toBe(4);
  });

  it('given an objection after the days have run but before the closing, then it holds the notice until answered', () => {
    const late = { from: at('2026-03-10T10:00:00') };
    const notice = { openedAt: at('2026-03-01T09:00:00'), requiredDays: 7 };
    expect(noticeClock({ ...notice, pauses: [late] }).closableFrom).toBeNull();
    const answered = { ...late, to: at('2026-03-12T16:00:00') };
    expect(noticeClock({ ...notice, pauses: [answered] }).closableFrom).toEqual(at('2026-03-12T16:00:00'));
  });

  it('refuses a number of days that is none and a stop that ends before it begins', () => {
    expect(() => noticeClock({ openedAt: at('2026-03-01T09:00:00'), requiredDays: 0, pauses: [] })).toThrow(RangeError);
    const pause = { from: at('2026-03-03T10:00:00'), to: at('2026-03-02T10:00:00') };
    expect(() => noticeClock({ openedAt: at('2026-03-01T09:00:00'), requiredDays: 7, pauses: [pause] })).toThrow(
      RangeError,
    );
  });

  it('closes exactly when nothing remains, never within the required days, for any set of answered objections', () => {
    const hour = 3_600_000;
    const opened = at('2026-03-01T09:00:00');
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 30 }),
        fc.array(fc.tuple(fc.integer({ min: 0, max: 600 }), fc.integer({ min: 0, max: 200 })), { maxLength: 5 }),
        (requiredDays, spans) => {
          const pauses = spans.map(([from, length]) => ({
            from: new Date(opened.getTime() + from * hour),
            to: new Date(opened.getTime() + (from + length) * hour),
          }));
          const clock = noticeClock({ openedAt: opened, requiredDays, pauses });
          const closable = clock.closableFrom as Date;
          expect(closable.getTime()).toBeGreaterThanOrEqual(opened.getTime() + requiredDays * 24 * hour);
          expect(clock.remaining(closable)).toBe(0);
          const plain = noticeClock({ openedAt: opened, requiredDays, pauses: [] }).closableFrom as Date;
          expect(closable.getTime()).toBeGreaterThanOrEqual(plain.getTime());
        },
      ),
    );
  });
});
