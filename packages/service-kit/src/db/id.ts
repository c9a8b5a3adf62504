import { randomBytes } from 'node:crypto';
import { uuidV7 } from '@bangfu/domain/shared/id';

/** A new time-ordered id. */
export function newId(now: Date): string {
  return uuidV7(now.getTime(), randomBytes(10));
}
