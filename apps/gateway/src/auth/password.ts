import { randomInt } from 'node:crypto';
import { clientOfTransaction } from '@bangfu/data/pool';
import { Refusal } from '@bangfu/platform/http/refusal';
import { hash, verify } from '@node-rs/argon2';
import PQueue from 'p-queue';

/** OWASP's second choice for argon2id, the library's own default kind: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/** So many hashes at once, so that a crowd at the sign-in leaves processors and memory to everybody else. */
const AT_ONCE = 2;
/** As many as may wait, some seconds of work; what comes on top of them is sent away. */
const WAITING = 200;
const BUSY_SECONDS = 5;

const queue = new PQueue({ concurrency: AT_ONCE });

/** Whom the queue lets pass first: who comes from where he usually signs in. */
const PRIORITY = { usual: 1, other: 0 } as const;

/**
 * Does the work when its turn comes. @throws Error inside a transaction, whose connection others would wait for;
 *   Refusal 503 SIGN_IN_BUSY when too many wait already; who comes from a usual address waits all the same
 */
async function inTurn<T>(work: () => Promise<T>, priority: keyof typeof PRIORITY): Promise<T> {
  if (clientOfTransaction()) throw new Error('a password was hashed inside a transaction');
  if (priority === 'other' && queue.size >= WAITING) {
    throw new Refusal(503, 'SIGN_IN_BUSY', { retryAfterSeconds: BUSY_SECONDS });
  }
  return queue.add(work, { priority: PRIORITY[priority] });
}

/** The argon2id hash of a password, with its salt and cost inside. @throws Error inside a transaction */
export const hashPassword = (password: string): Promise<string> => inTurn(() => hash(password, COST), 'usual');

/**
 * Whether a password belongs to a hash.
 * @throws Error inside a transaction; Refusal 503 SIGN_IN_BUSY
 */
export const verifyPassword = (
  given: { readonly hash: string; readonly password: string },
  priority: keyof typeof PRIORITY = 'usual',
): Promise<boolean> => inTurn(() => verify(given.hash, given.password), priority);

/** Letters and digits that are not mistaken for one another when read out or written down. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';

/** A password to be handed over once: sixteen characters in four groups, 79 bits. */
export function oneTimePassword(): string {
  const group = () => Array.from({ length: 4 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return [group(), group(), group(), group()].join('-');
}
