import type { Clock } from '@bangfu/domain/shared/time';
import { LRUCache } from 'lru-cache';

/** How long an answer to the public may be given again: long enough to break a flood, too short to be noticed. */
const FRESH_MS = 2000;
const MOST_ANSWERS = 1000;
const MOST_SIGNS = 16 * 2 ** 20;

/** Answers that anyone may ask for, each made once for all who ask for it at the same time. */
export interface PublicAnswers {
  /** The text kept under `key` if it is fresh, else what `make` makes. A failure is not kept. */
  of(key: string, make: () => Promise<string>): Promise<string>;
  /** Drops everything, after a change. */
  clear(): void;
}

interface Kept {
  readonly text: string;
  /** Milliseconds of the machine's clock, which only goes forward, and of the business clock, by which answers count. */
  readonly madeAt: number;
  readonly saidAt: number;
}

/** Opens the answers of one process. `clock` is the business clock: an answer made at another time is not given again. */
export function openPublicAnswers(clock: Clock): PublicAnswers {
  const kept = new LRUCache<string, Kept>({
    max: MOST_ANSWERS,
    maxSize: MOST_SIGNS,
    sizeCalculation: ({ text }) => Math.max(1, text.length),
  });
  const making = new Map<string, Promise<string>>();
  let changes = 0;

  const isFresh = ({ madeAt, saidAt }: Kept) =>
    performance.now() - madeAt < FRESH_MS && Math.abs(clock().getTime() - saidAt) < FRESH_MS;

  async function makeAndKeep(key: string, make: () => Promise<string>): Promise<string> {
    const before = changes;
    const madeAt = performance.now();
    const saidAt = clock().getTime();
    const text = await make();
    // What was read before a change may lack it.
    if (before === changes) kept.set(key, { text, madeAt, saidAt });
    return text;
  }

  return {
    async of(key, make) {
      const known = kept.get(key);
      if (known && isFresh(known)) return known.text;
      const running = making.get(key);
      if (running) return running;
      const made = makeAndKeep(key, make);
      making.set(key, made);
      try {
        return await made;
      } finally {
        if (making.get(key) === made) making.delete(key);
      }
    },
    clear() {
      changes += 1;
      kept.clear();
      making.clear();
    },
  };
}
