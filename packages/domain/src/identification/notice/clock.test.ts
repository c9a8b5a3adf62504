import { describe, expect, it } from 'vitest';
import { closableFrom, pauseClock, remaining, resumeClock, startClock } from './clock.ts';

const at = (shanghai: string) => new Date(`${shanghai}+08:00`);
const opened = () => startClock(at('2024-03-01T09:00:00'), 7);

// How days are counted is tested where it is decided, in shared/notice-clock.
describe('the clock that a case keeps of its notice', () => {
  it('given a notice of 5 full days at the turn of a month in a leap year, then it may be closed from the 4th', () => {
    expect(closableFrom(startClock(at('2024-02-27T12:00:00'), 5))).toEqual(at('2024-03-04T00:00:00'));
  });

  it('given a running clock, then what remains is the time until the closing', () => {
    expect(remaining(opened(), at('2024-03-03T06:00:00'))).toEqual({ days: 5, hours: 18 });
    expect(remaining(opened(), at('2024-03-09T00:00:00'))).toEqual({ days: 0, hours: 0 });
  });

  it('given an objection, then the clock stands until it is answered and the days it touched do not count', () => {
    const stopped = pauseClock(opened(), at('2024-03-04T06:00:00'));
    expect(closableFrom(stopped)).toBeNull();
    expect(remaining(stopped, at('2024-03-05T06:00:00'))).toEqual({ days: 5, hours: 0 });
    expect(remaining(stopped, at('2024-03-30T06:00:00'))).toEqual({ days: 5, hours: 0 });
    const running = resumeClock(stopped, at('2024-03-06T06:00:00'));
    expect(closableFrom(running)).toEqual(at('2024-03-12T00:00:00'));
  });

  it('given a second objection while the clock stands, or an answer while it runs, then nothing changes', () => {
    const stopped = pauseClock(opened(), at('2024-03-03T10:00:00'));
    expect(pauseClock(stopped, at('2024-03-05T10:00:00'))).toBe(stopped);
    const running = opened();
    expect(resumeClock(running, at('2024-03-05T10:00:00'))).toBe(running);
  });

  it('given it stood twice, then both times are kept', () => {
    const first = resumeClock(pauseClock(opened(), at('2024-03-02T10:00:00')), at('2024-03-02T12:00:00'));
    const second = resumeClock(pauseClock(first, at('2024-03-05T10:00:00')), at('2024-03-06T12:00:00'));
    expect(second.stops).toHaveLength(2);
    expect(closableFrom(second)).toEqual(at('2024-03-12T00:00:00'));
  });
});
