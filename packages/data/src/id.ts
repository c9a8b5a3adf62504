import { randomBytes } from 'node:crypto';
import { uuidV7 } from '@bangfu/domain/shared/id';

const RANDOM = 10;
const DRAWN = 1024;
let drawn: Uint8Array = new Uint8Array();
let at = 0;

/** A new time-ordered id. Random bytes are drawn many at a time: a draw costs more than the rest. */
export function newId(now: Date): string {
  if (at === drawn.length) {
    drawn = randomBytes(RANDOM * DRAWN);
    at = 0;
  }
  return uuidV7(now.getTime(), drawn.subarray(at, (at += RANDOM)));
}
