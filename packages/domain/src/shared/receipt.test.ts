import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newReceipt, readReceipt } from './receipt.ts';

/** Receipts of every sign in every place. */
const receipts = fc.array(fc.nat({ max: 30 }), { minLength: 11, maxLength: 11 }).map((picks) => {
  const rest = [...picks];
  return newReceipt(() => rest.pop() ?? 0);
});

describe('the receipt number of an objection', () => {
  it('is read back however it is typed', () => {
    fc.assert(
      fc.property(receipts, (receipt) => {
        expect(receipt).toMatch(/^[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}$/);
        expect(readReceipt(receipt.toLowerCase().replaceAll('-', ' '))).toBe(receipt);
      }),
    );
  });

  it('with one sign wrong or two neighbours swapped is not taken', () => {
    fc.assert(
      fc.property(receipts, fc.nat({ max: 10 }), (receipt, at) => {
        const signs = receipt.replaceAll('-', '');
        const wrong = signs[at] === 'A' ? 'B' : 'A';
        expect(readReceipt(signs.slice(0, at) + wrong + signs.slice(at + 1))).toBeNull();
        const swapped = signs.slice(0, at) + (signs[at + 1] ?? '') + (signs[at] ?? '') + signs.slice(at + 2);
        if (swapped !== signs) expect(readReceipt(swapped)).toBeNull();
      }),
    );
  });

  it('of other length or signs is not taken', () => {
    for (const text of ['', 'ABCD', '0000-0000-0000', '<script>', 'A'.repeat(13)]) expect(readReceipt(text)).toBeNull();
  });
});
