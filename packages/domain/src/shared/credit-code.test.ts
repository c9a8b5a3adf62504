import { describe, expect, it } from 'vitest';
import { creditCodeCheckSign, readCreditCode } from './credit-code.ts';

describe('a unified social credit code', () => {
  it('given the example of GB 32100 then its check sign fits, and no other does', () => {
    expect(readCreditCode('91350100M000100Y43')).toBe('91350100M000100Y43');
    for (const sign of '0123456789ABCDEFGHJKLMNPQRTUWXY') {
      const isRight = sign === '3';
      expect(readCreditCode(`91350100M000100Y4${sign}`) !== null).toBe(isRight);
    }
  });
  it('given full-width, lower-case and spaced writing then it is the same code', () => {
    expect(readCreditCode(' 9135 0100 m000 100y43\u200b')).toBe('91350100M000100Y43');
    expect(readCreditCode('９１３５０１００Ｍ０００１００Ｙ４３')).toBe('91350100M000100Y43');
    expect(creditCodeCheckSign('91350100M000100Y4')).toBe('3');
  });
});
