import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeOf, rangeOf } from './address-range.ts';

const half = fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 4, maxLength: 4 });
/** An address in one of its writings: the longest, or the shortest. */
const written = (words: readonly number[], isShort: boolean) => {
  const text = words.map((word) => word.toString(16)).join(':');
  return isShort ? new URL(`http://[${text}]/`).hostname.slice(1, -1) : text;
};

describe('given the addresses of one subscriber', () => {
  it('when limits count them, then all of a /64 of IPv6 are one, and another /64 is another', () => {
    fc.assert(
      fc.property(half, half, half, half, fc.boolean(), (network, other, one, two, isShort) => {
        fc.pre(network.some(Boolean) && other.some(Boolean) && network.join() !== other.join());
        const [a, b] = [written([...network, ...one], isShort), written([...network, ...two], !isShort)];
        expect(placeOf(a)).toBe(placeOf(b));
        expect(rangeOf(a)).toBe(rangeOf(b));
        expect(placeOf(a)).not.toBe(placeOf(written([...other, ...one], isShort)));
      }),
    );
  });

  it('when they are of IPv4, then a place is one address and a network is 256 of them, written as IPv6 or not', () => {
    expect(placeOf('203.0.113.7')).toBe('203.0.113.7');
    expect(placeOf('::ffff:203.0.113.7')).toBe('203.0.113.7');
    expect(rangeOf('203.0.113.7')).toBe(rangeOf('::ffff:203.0.113.250'));
    expect(rangeOf('203.0.113.7')).not.toBe(rangeOf('203.0.114.7'));
    expect(placeOf('')).toBe('');
  });
});
