const SLOTS = 8192;
const LONGEST = 96;

/**
 * Makes values of byte ranges and remembers the recent short ones, so that the words a roster repeats a million times
 * are decoded once and stay one object.
 */
export interface RangeCache<T> {
  readonly get: (bytes: Buffer, from: number, to: number) => T;
}

/** @param make decodes the range; called only on a miss. */
export function rangeCache<T>(make: (bytes: Buffer, from: number, to: number) => T): RangeCache<T> {
  const values: (T | undefined)[] = Array.from({ length: SLOTS });
  const lengths = new Int32Array(SLOTS).fill(-1);
  const keys = new Uint8Array(SLOTS * LONGEST);

  return {
    get(bytes, from, to) {
      const length = to - from;
      if (length > LONGEST) return make(bytes, from, to);
      let hash = length;
      for (let i = from; i < to; i++) hash = (Math.imul(hash, 31) + (bytes[i] ?? 0)) | 0;
      const slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
      const base = slot * LONGEST;
      if (lengths[slot] === length) {
        let i = 0;
        while (i < length && keys[base + i] === bytes[from + i]) i++;
        const known = values[slot];
        if (i === length && known !== undefined) return known;
      }
      const value = make(bytes, from, to);
      for (let i = 0; i < length; i++) keys[base + i] = bytes[from + i] ?? 0;
      lengths[slot] = length;
      values[slot] = value;
      return value;
    },
  };
}
