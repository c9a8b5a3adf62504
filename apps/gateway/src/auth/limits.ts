import type { Pool } from '@bangfu/data/pool';
import { placeOf } from '@bangfu/platform/http/address-range';
import { Refusal } from '@bangfu/platform/http/refusal';
import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterPostgres,
  RateLimiterRes,
} from 'rate-limiter-flexible';
import { forgetAttempts, giveBackAttempt, type Slowing, takeAttempt } from './pace.ts';
import { isUsualAddress, nameKeysOf, type Pair } from './usual-addresses.ts';

const WINDOW_SECONDS = 15 * 60;
/**
 * Wrong passwords from one address, behind which a whole office may sit. Beyond them names that have signed in from there
 * are slowed down, and all others refused.
 */
const FAILURES_FROM_ADDRESS = 100;
/** What the public may submit from one address, in a quarter of an hour. */
const PUBLIC_ACTS = 60;
/** Numbers of papers that may be tried from one address in a quarter of an hour: a counter's day, but no walk through all. */
const TYPED_NUMBERS = 200;
/** What may be looked at without an account from one address in a minute: a village hall's visitors, but no flood. */
const PUBLIC_LOOKS = 600;
/** Wrong passwords for one name before it is slowed down. */
const FAILURES_OF_NAME = 10;
/**
 * From where a name has not signed in lately all addresses are slowed together: thousands of them find no more than one.
 * Where it has, only what was tried there counts, and one never waits long: nobody elsewhere can shut its owner out.
 */
const ELSEWHERE: Slowing = { free: FAILURES_OF_NAME, windowSeconds: WINDOW_SECONDS, longestSeconds: 60 };
const USUALLY: Slowing = { ...ELSEWHERE, longestSeconds: 5 };

/** An attempt that may be made; it counts as failed until it is given back. */
export interface Attempt {
  /** Whether the name has signed in from there lately. */
  readonly isUsual: boolean;
  /** Name and address, as they are kept when it succeeds. */
  readonly pair: Pair;
  /** Gives the attempt back: the password was right, or none was tried. */
  giveBack(): Promise<void>;
}

/** Limits on sign-ins and on what the public submits, kept in the database for all instances. */
export interface Limits {
  /** Takes one attempt at a name's password. @throws Refusal 429 while name or address must wait */
  attempt(name: string, address: string): Promise<Attempt>;
  /** Forgets the failed attempts at an account's names, wherever they came from. */
  forget(account: { readonly id: string; readonly username: string }): Promise<void>;
  /** @throws Refusal 429 beyond the limit */
  publicAct(address: string): Promise<void>;
  /** Takes one try at a paper's number. @throws Refusal 429 beyond the limit */
  typedNumber(address: string): Promise<void>;
  /** Counted in this process alone, since it comes with every public page. @throws Refusal 429 beyond the limit */
  publicLook(address: string): Promise<void>;
}

function tooMany(waitSeconds: number): Refusal {
  const seconds = Math.max(1, Math.ceil(waitSeconds));
  const isShort = seconds < 60;
  return new Refusal(429, isShort ? 'TOO_FAST' : 'TOO_MANY_ATTEMPTS', {
    params: isShort ? { seconds } : { minutes: Math.ceil(seconds / 60) },
    retryAfterSeconds: seconds,
  });
}

/**
 * Opens the limits on the gateway's database. `conceal` makes keyed digests: what was typed as a name may be a password
 * and is not kept; what a proxy says of an address may be of any length.
 */
export function openLimits(pool: Pool, countyCode: string, conceal: (text: string) => string): Limits {
  const limiter = (keyPrefix: string, points: number) =>
    new RateLimiterPostgres({
      storeClient: pool,
      storeType: 'pool',
      schemaName: 'public',
      tableName: 'rate_limit',
      tableCreated: true,
      keyPrefix,
      points,
      duration: WINDOW_SECONDS,
    });
  const addresses = limiter('address', FAILURES_FROM_ADDRESS);
  const acts = limiter('act', PUBLIC_ACTS);
  const numbers = limiter('number', TYPED_NUMBERS);
  const looks = new RateLimiterMemory({ points: PUBLIC_LOOKS, duration: 60 });
  /** @returns seconds until the key has a share again, 0 where it had one left */
  const consume = async (of: RateLimiterAbstract, key: string): Promise<number> => {
    try {
      await of.consume(key);
      return 0;
    } catch (error) {
      if (error instanceof RateLimiterRes) return Math.max(1, error.msBeforeNext / 1000);
      throw error;
    }
  };
  const nameKeyOf = (name: string) => conceal(`name\0${name}`);
  const addressKeyOf = (address: string) => conceal(`address\0${placeOf(address)}`);
  return {
    async attempt(name, address) {
      const from = addressKeyOf(address);
      const pair = { nameKey: nameKeyOf(name), addressKey: from };
      const locked = await consume(addresses, from);
      const isUsual = await isUsualAddress(pool, pair);
      if (locked > 0 && !isUsual) throw tooMany(locked);
      const key = isUsual ? `${pair.nameKey} ${pair.addressKey}` : pair.nameKey;
      const slowing = isUsual ? { ...USUALLY, free: locked > 0 ? 1 : USUALLY.free } : ELSEWHERE;
      const wait = await takeAttempt(pool, key, countyCode, slowing);
      if (wait > 0) {
        await addresses.reward(from);
        throw tooMany(wait);
      }
      return {
        isUsual,
        pair,
        async giveBack() {
          await Promise.all([giveBackAttempt(pool, key), addresses.reward(from)]);
        },
      };
    },
    async forget({ id, username }) {
      const others = await nameKeysOf(pool, id);
      await forgetAttempts(pool, [nameKeyOf(username), ...others]);
    },
    async publicAct(address) {
      const wait = await consume(acts, addressKeyOf(address));
      if (wait > 0) throw tooMany(wait);
    },
    async typedNumber(address) {
      const wait = await consume(numbers, addressKeyOf(address));
      if (wait > 0) throw tooMany(wait);
    },
    async publicLook(address) {
      const wait = await consume(looks, placeOf(address));
      if (wait > 0) throw tooMany(wait);
    },
  };
}
