import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { headerKey, normaliseNumber, normaliseText } from './normalise.ts';

describe('normaliseText', () => {
  it.each([
    ['１２３Ａｂ（月）', '123Ab(月)'],
    ['\t 王 芳\u3000\n', '王 芳'],
    ['\u200b张\u200d三\ufeff', '张三'],
    ['\u00a0 \u3000', ''],
    ['√', '√'],
    ['×', '×'],
    ['北店村', '北店村'],
  ])('given %j then %j', (text, expected) => expect(normaliseText(text)).toBe(expected));

  it('given any text when normalised twice then nothing changes the second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const once = normaliseText(text);
        expect(normaliseText(once)).toBe(once);
      }),
    );
  });
});

describe('normaliseNumber', () => {
  it.each([
    ['\t21138219570120453x', '21138219570120453X'],
    ['２１１３８２ 1957 0120 453Ｘ', '21138219570120453X'],
    ['2113 8221', '21138221'],
  ])('given %j then %j', (text, expected) => expect(normaliseNumber(text)).toBe(expected));
});

describe('headerKey', () => {
  it('given brackets, widths, blanks and line breaks then the meaning is the same', () => {
    expect(headerKey(' 务工时间（月） ')).toBe(headerKey('务工时间(月)'));
    expect(headerKey('与户主\n关系')).toBe(headerKey('与户主关系'));
    expect(headerKey('县（市、区、旗）')).toBe(headerKey('县(市,区,旗)'));
  });
});
