import type { Pool } from '@bangfu/service-kit/db/pool';
import { Refusal } from '@bangfu/service-kit/http/refusal';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';

const WINDOW_SECONDS = 15 * 60;
/** Wrong passwords for one name, and from one address, behind which a whole office may sit. */
const FAILURES_OF_NAME = 10;
const FAILURES_FROM_ADDRESS = 100;
/** What the public may submit from one address, in a quarter of an hour. */
const PUBLIC_ACTS = 60;

/** Limits on failed sign-ins and on what the public submits, kept in the database for all instances. */
export interface Limits {
  /** @throws Refusal 429 while the name or the address is locked out */
  beforeSignIn(name: string, address: string): Promise<void>;
  failedSignIn(name: string, address: string): Promise<void>;
  succeededSignIn(name: string): Promise<void>;
  /** @throws Refusal 429 beyond the limit */
  publicAct(address: string): Promise<void>;
}

function tooMany(waitMs: number): Refusal {
  return new Refusal(429, 'TOO_MANY_ATTEMPTS', { params: { minutes: Math.max(1, Math.ceil(waitMs / 60_000)) } });
}

/** Opens the limits on the gateway's database. */
export function openLimits(pool: Pool): Limits {
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
  const names = limiter('name', FAILURES_OF_NAME);
  const addresses = limiter('address', FAILURES_FROM_ADDRESS);
  const acts = limiter('act', PUBLIC_ACTS);
  const lockedFor = async (of: RateLimiterPostgres, key: string, points: number) => {
    const state = await of.get(key);
    return state && state.consumedPoints >= points ? state.msBeforeNext : 0;
  };
  return {
    async beforeSignIn(name, address) {
      const waits = await Promise.all([
        lockedFor(names, name, FAILURES_OF_NAME),
        lockedFor(addresses, address, FAILURES_FROM_ADDRESS),
      ]);
      const wait = Math.max(...waits);
      if (wait > 0) throw tooMany(wait);
    },
    async failedSignIn(name, address) {
      await Promise.all([names.penalty(name), addresses.penalty(address)]);
    },
    async succeededSignIn(name) {
      await names.delete(name);
    },
    async publicAct(address) {
      try {
        await acts.consume(address);
      } catch (error) {
        throw error instanceof RateLimiterRes ? tooMany(error.msBeforeNext) : error;
      }
    },
  };
}
