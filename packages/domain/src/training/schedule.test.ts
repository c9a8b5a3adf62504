import { describe, expect, it } from 'vitest';
import { businessDay } from '../shared/time.ts';
import { checkPeriod, checkSession, classState } from './schedule.ts';

const period = { begins: businessDay('2026-05-01'), ends: businessDay('2026-05-20') };
const session = (day: string, startsAt: string, endsAt: string) => ({ day: businessDay(day), startsAt, endsAt });

describe('a class’s calendar', () => {
  it('given a class of 1 to 20 May, then both days belong to it', () => {
    const states = ['2026-04-30', '2026-05-01', '2026-05-20', '2026-05-21'].map((d) =>
      classState(period, businessDay(d)),
    );
    expect(states).toEqual(['planned', 'running', 'running', 'ended']);
  });

  it('refuses a class that ends before it begins', () => {
    expect(() => checkPeriod({ begins: period.ends, ends: period.begins })).toThrow('CLASS_PERIOD');
    expect(() => checkPeriod({ begins: period.ends, ends: period.ends })).not.toThrow();
  });

  it('given a morning session, then one that touches it fits and one that overlaps is refused', () => {
    const morning = [session('2026-05-02', '09:00', '11:30')];
    expect(() => checkSession(session('2026-05-02', '11:30', '12:30'), period, morning)).not.toThrow();
    expect(() => checkSession(session('2026-05-03', '09:00', '11:30'), period, morning)).not.toThrow();
    expect(() => checkSession(session('2026-05-02', '11:29', '12:30'), period, morning)).toThrow('SESSION_OVERLAPS');
    expect(() => checkSession(session('2026-05-02', '08:00', '12:30'), period, morning)).toThrow('SESSION_OVERLAPS');
  });

  it('refuses a session outside the class, and one that ends before it starts', () => {
    expect(() => checkSession(session('2026-05-21', '09:00', '10:00'), period, [])).toThrow('SESSION_OUTSIDE_CLASS');
    expect(() => checkSession(session('2026-05-20', '10:00', '10:00'), period, [])).toThrow('SESSION_TIMES');
  });
});
