import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newReceipt, readReceipt } from './receipt.ts';
import { readPaperNumber, readSeal, typedKey } from './typed-number.ts';
import { WRITINGS } from './writings.fixture.ts';

const LETTERS = [...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'];
const paper = fc
  .tuple(fc.constantFrom('DZ', 'FH'), fc.array(fc.constantFrom(...LETTERS), { minLength: 12, maxLength: 12 }))
  .map(([kind, letters]) => [kind, ...(letters.join('').match(/.{4}/g) ?? [])].join('-'));
const receipt = fc
  .infiniteStream(fc.nat())
  .map((numbers) => newReceipt((below) => (numbers.next().value ?? 0) % below));
const seal = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 64, maxLength: 64 });

describe('given a number on a paper', () => {
  it.each<[string, fc.Arbitrary<string>, (text: string) => unknown]>([
    ['of a statement or a dividend list', paper, readPaperNumber],
    ['of an objection', receipt, readReceipt],
    ['that is a seal', seal, readSeal],
  ])('%s: however it is written off, it is the same number', (_, numbers, read) => {
    fc.assert(
      fc.property(numbers, fc.constantFrom(...WRITINGS), (number, write) => {
        expect(read(number)).not.toBeNull();
        expect(read(write(number))).toEqual(read(number));
      }),
    );
  });

  it('when a letter is read for the figure beside it, then the figure is meant', () => {
    expect(readPaperNumber('dz-7k2m-9qot-xlvi')).toBe('DZ-7K2M-9Q0T-X1V1');
  });

  it.each(['', 'DZ', 'DZ-7K2M-9Q4T-X1V', 'XX-7K2M-9Q4T-X1VB', 'DZ-7K2M-9Q4T-X1VBB', '…', "'; --"])(
    'when %j is typed, then it is no paper’s',
    (text) => {
      expect(readPaperNumber(text)).toBeNull();
    },
  );

  it('when a key is made of a key, then it is the same', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => typedKey(typedKey(text)) === typedKey(text)));
  });
});
