import { describe, expect, it } from 'vitest';
import { passwordFault } from './rules.ts';

const known = { username: 'wang.fang', current: 'Old-password-1' };

describe('faults of a new password', () => {
  it.each([
    ['123456789', 'password.short'],
    ['xxWang.Fang2026', 'password.holdsName'],
    ['aabbaabbaabb', 'password.simple'],
    ['Old-password-1', 'password.same'],
    ['Brand-new-2026', null],
  ])('given %s, then %s', (next, fault) => {
    expect(passwordFault(next, known)).toBe(fault);
  });
});
