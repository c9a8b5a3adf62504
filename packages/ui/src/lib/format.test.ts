import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatDay,
  formatMoment,
  formatMoney,
  formatNumber,
  formatShare,
  formatWan,
  splitDuration,
} from './format.ts';

describe('figures in Chinese convention', () => {
  it('separates thousands and keeps the sign', () => {
    expect(formatNumber(0)).toBe('0');
    expect(formatNumber(3134)).toBe('3,134');
    expect(formatNumber(-1_234_567)).toBe('-1,234,567');
    expect(formatNumber(1234.5, 2)).toBe('1,234.50');
  });

  it('writes fen as yuan with two decimals, 万元 with the same figure', () => {
    expect(formatMoney(374_652)).toBe('3,746.52');
    expect(formatMoney(5)).toBe('0.05');
    expect(formatWan(1_234_567_890)).toBe('1,234.57');
  });

  it('writes shares with one decimal and sizes in known units', () => {
    expect(formatShare(0.2345)).toBe('23.5%');
    expect(formatShare(0.02995)).toBe('3.0%');
    expect(formatShare(1e-7)).toBe('0.0%');
    expect(formatNumber(-0.04, 1)).toBe('0.0');
    expect(formatBytes(0)).toBe('0 B');
    expect(formatBytes(1536)).toBe('1.5 KB');
    expect(formatBytes(100 * 1024 * 1024)).toBe('100.0 MB');
  });
});

describe('dates in Shanghai', () => {
  it('gives the day after when it is past 16:00 UTC', () => {
    expect(formatDay('2026-11-22T15:59:59Z')).toBe('2026-11-22');
    expect(formatDay('2026-11-22T16:00:00Z')).toBe('2026-11-23');
    expect(formatDay(new Date('2026-12-31T16:00:00Z'))).toBe('2027-01-01');
    expect(formatMoment('2026-11-22T16:05:59Z')).toBe('2026-11-23 00:05');
  });

  it('leaves a business day as it is', () => {
    expect(formatDay('2026-11-22')).toBe('2026-11-22');
  });
});

describe('the clock of a case', () => {
  const hour = 3_600_000;
  it('counts days and hours, then hours and minutes, then less', () => {
    expect(splitDuration(31 * hour)).toMatchObject({ key: 'duration.daysHours', days: 1, hours: 7 });
    expect(splitDuration(2.5 * hour)).toMatchObject({ key: 'duration.hoursMinutes', hours: 2, minutes: 30 });
    expect(splitDuration(95_000)).toMatchObject({ key: 'duration.minutesSeconds', minutes: 1, seconds: 35 });
    expect(splitDuration(999)).toMatchObject({ key: 'duration.seconds', seconds: 0 });
  });

  it('counts an overrun as its size', () => {
    expect(splitDuration(-31 * hour)).toEqual(splitDuration(31 * hour));
  });
});
