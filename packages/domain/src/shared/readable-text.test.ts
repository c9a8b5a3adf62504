import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readableText, visibleText } from './readable-text.ts';

/** Every sign of Unicode that leaves no mark, found by its properties and not from a list. */
const INVISIBLE = Array.from({ length: 0x110000 }, (_, code) => code)
  .filter((code) => code < 0xd800 || code > 0xdfff)
  .map((code) => String.fromCodePoint(code))
  .filter((sign) => /[\p{Cc}\p{Cf}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/u.test(sign));

describe('given a text that somebody typed', () => {
  it('when it is made of signs that nobody sees, then nothing is left of it', () => {
    expect(INVISIBLE.length).toBeGreaterThan(4000);
    expect(INVISIBLE.filter((sign) => readableText(sign.repeat(6)) !== '')).toEqual([]);
  });

  it('when they stand within words, then the words are the same without them', () => {
    const unseen = INVISIBLE.filter((sign) => !/[\p{Z}\s\u0085]/u.test(sign));
    expect(unseen.filter((sign) => readableText(`张${sign}三`) !== '张三')).toEqual([]);
  });

  it.each(['。。。', '、', '---', '\u0301\u0301', '“”', '……'])(
    'when it is only %j, then there is nothing to read',
    (text) => {
      expect(readableText(text)).toBe('');
    },
  );

  it.each(['无', '3', '√', '第一行\n第二行', '（北票）合作社', 'ئۇيغۇر', '👍'])(
    'when it is %j, then it stays as written',
    (text) => {
      expect(readableText(` ${text}\u200b`)).toBe(text);
    },
  );

  it('when it is cleaned twice, then it is as after the first time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => readableText(readableText(text)) === readableText(text)),
    );
    expect(visibleText('甲\u202e乙\r\n丙')).toBe('甲乙\n丙');
  });
});
