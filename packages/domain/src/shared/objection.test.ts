import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { objectionIdentity, requireReadableObjection } from './objection.ts';

const TEXT = '该户在县城有Abc商品房2套';
const PLACE = ['notice', 1];
const BY = { name: '丙三', phone: '13000000001', address: '10.0.0.1' };
const full = (text: string) =>
  text.replace(/[!-~]/g, (sign) => String.fromCodePoint((sign.codePointAt(0) ?? 0) + 0xfee0));

/** Ways to write a text differently that change nothing for its reader. */
const WRITINGS: readonly ((text: string) => string)[] = [
  full,
  (text) => text.toUpperCase(),
  (text) => text.normalize('NFD'),
  (text) => ` ${text}\n`,
  (text) => [...text].join('\u200b'),
  (text) => text.replace('有', '有，'),
  (text) => `${text}。！`,
  (text) => `\ufeff${text}\u3000\u00ad`,
];
const rewriting = fc.array(fc.constantFrom(...WRITINGS), { maxLength: 5 });
const identity = objectionIdentity(PLACE, TEXT, BY);

describe('the same objection', () => {
  it('is one in whatever writing, with whatever writing of name and telephone', () => {
    fc.assert(
      fc.property(rewriting, rewriting, fc.boolean(), (ofText, ofName, code) => {
        const written = ofText.reduce((text, way) => way(text), TEXT);
        const name = ofName.reduce((text, way) => way(text), BY.name);
        const phone = code ? '+86 130-0000-0001' : full(BY.phone);
        expect(objectionIdentity(PLACE, written, { ...BY, name, phone, address: '10.9.9.9' })).toBe(identity);
      }),
    );
  });

  it.each([
    ['of other words', objectionIdentity(PLACE, `${TEXT}和一辆车`, BY)],
    ['against another household', objectionIdentity(['notice', 2], TEXT, BY)],
    ['of another notice', objectionIdentity(['other', 1], TEXT, BY)],
    ['of somebody else', objectionIdentity(PLACE, TEXT, { ...BY, name: '丁四' })],
    ['from another telephone', objectionIdentity(PLACE, TEXT, { ...BY, phone: '13000000002' })],
    ['without a name', objectionIdentity(PLACE, TEXT, { address: BY.address })],
  ])('%s is another one', (_what, other) => {
    expect(other).not.toBe(identity);
  });

  it('without a name is one from the same address only', () => {
    const from = (address: string) => objectionIdentity(PLACE, TEXT, { address });
    expect(from('10.0.0.1')).toBe(from('10.0.0.1'));
    expect(from('10.0.0.1')).not.toBe(from('10.0.0.2'));
  });
});

describe('an objection nobody could read', () => {
  const invisible = fc.constantFrom(
    '\u200b',
    '\u2060',
    '\u00ad',
    '\u3164',
    '\u2800',
    '\u3000',
    '\ufe0f',
    '\u0301',
    '\t',
  );

  it('is refused, of however many invisible signs it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: invisible, maxLength: 1000 }), fc.string({ maxLength: 4 }), (unseen, seen) => {
        expect(() => requireReadableObjection(seen + unseen)).toThrow('OBJECTION_UNREADABLE');
      }),
    );
  });

  it('is not one with five signs of any script', () => {
    for (const text of ['金额算错了', '𠅤某的地多', '\ue863某的地多', 'wrong'])
      expect(() => requireReadableObjection(text)).not.toThrow();
  });
});
