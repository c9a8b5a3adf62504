import { demand } from '../shared/errors.ts';

/** SHA-256 of bytes, given by the caller. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

/** Gives whole numbers 0 … size − 1, each equally likely. */
export type Draw = (size: number) => number;

const MAX_SIZE = 2 ** 48;

/** Bits needed to write 0 … size − 1. */
function bitsFor(size: number): number {
  let bits = 0;
  for (let top = 1; top < size; top *= 2) bits += 1;
  return bits;
}

/**
 * The counter generator of one purpose (docs/reference/sampling.md §2): block i is SHA-256 of the ASCII text
 * "seed,label,i", i = 0, 1, 2 …; of its first 48 bits the leading ones needed for the size are read as a number, and a
 * number too large is thrown away for the next block. A size of 1 takes no block.
 * @throws DomainError SEED_INVALID unless the seed is 20-200 printable ASCII characters.
 */
export function drawer(seed: string, label: string, sha256: Sha256): Draw {
  demand(/^[\x21-\x7e](?:[\x20-\x7e]{18,198})[\x21-\x7e]$/.test(seed), 'SEED_INVALID');
  let counter = 0;
  const block = (): number => {
    const text = `${seed},${label},${counter}`;
    counter += 1;
    const digest = sha256(Uint8Array.from(text, (c) => c.charCodeAt(0)));
    let value = 0;
    for (let i = 0; i < 6; i++) value = value * 256 + (digest[i] ?? 0);
    return value;
  };
  return (size) => {
    if (!Number.isSafeInteger(size) || size < 1 || size > MAX_SIZE) throw new RangeError(`cannot draw below ${size}`);
    const bits = bitsFor(size);
    if (bits === 0) return 0;
    for (;;) {
      const value = Math.floor(block() / 2 ** (48 - bits));
      if (value < size) return value;
    }
  };
}

/** The first `count` of a random order of the items (all when there are fewer): each step swaps in one of the rest. */
export function pick<T>(items: readonly T[], count: number, draw: Draw): T[] {
  const rest = [...items];
  const taken = Math.min(count, rest.length);
  for (let i = 0; i < taken; i++) {
    const j = i + draw(rest.length - i);
    const [a, b] = [rest[i] as T, rest[j] as T];
    rest[i] = b;
    rest[j] = a;
  }
  return rest.slice(0, taken);
}
