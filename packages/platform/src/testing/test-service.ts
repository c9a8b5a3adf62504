import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Connection } from '@bangfu/contracts/core/client';
import type { ServiceName } from '@bangfu/contracts/core/operation';
import type { Grant } from '@bangfu/domain/shared/roles';
import type { Clock } from '@bangfu/domain/shared/time';
import type { DatabaseUrls } from '@bangfu/infra/postgres/migrate';
import { migratedDatabase } from '@bangfu/testkit/migrated-database';
import { expect } from 'vitest';
import { type Account, tokenSigner } from '../auth/token.ts';
import {
  type RunningService,
  type ServedPolicies,
  type ServiceKit,
  type ServiceParts,
  startService,
} from '../service.ts';
import { verdictFaults } from './verdict-faults.ts';

const COUNTY = '211382000000';

/** A service running on a database of its own with the embedded event log, and accounts of any kind to call it as. */
export interface TestService {
  readonly service: RunningService;
  readonly urls: DatabaseUrls;
  readonly eventsUrl: string;
  readonly baseUrl: string;
  /** A connection that speaks as an account with these grants. */
  as(name: string, ...grants: readonly Grant[]): Connection;
  /** A connection that speaks as the gateway for itself. */
  readonly gateway: Connection;
  /** A connection without an account. */
  readonly anonymous: Connection;
  /** How many files its store has. */
  storedFiles(): Promise<number>;
  /** Sets the business clock. */
  setNow(now: Date | null): void;
  /**
   * Stops it, and checks that each row which was decided by a policy leads to the version in force on its day.
   * @param former columns `table.policy_id` of rows that the test itself put there, as former years left them
   */
  stop(former?: readonly string[]): Promise<void>;
}

/** Every grant in the test county, by region. */
export const grant = (role: Grant['role'], code = COUNTY): Grant => ({ role, scope: { kind: 'region', code } });

/**
 * Starts a service in this process on a fresh database of the test server.
 * @param serverUrl the superuser's address that the test run provides
 * @param before puts what an earlier release left there into the database, before the service starts
 */
export async function testService(
  serverUrl: string,
  name: ServiceName,
  build: (kit: ServiceKit) => ServiceParts | Promise<ServiceParts>,
  before: (urls: DatabaseUrls) => Promise<void> = async () => {},
): Promise<TestService> {
  const urls = await migratedDatabase(serverUrl, name);
  await before(urls);
  const events = await migratedDatabase(serverUrl, 'events');
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const sign = await tokenSigner(JSON.stringify(privateKey.export({ format: 'jwk' })));
  const files = await mkdtemp(join(tmpdir(), 'bangfu-files-'));
  let now: Date | null = null;
  const clock: Clock = () => now ?? new Date();
  let policies: ServedPolicies | undefined;
  const building = async (kit: ServiceKit) => {
    const parts = await build(kit);
    policies = parts.policies;
    return parts;
  };
  const service = await startService(name, building, {
    clock,
    config: {
      BANGFU_SERVICE_PORT: 0,
      DATABASE_URL_APP: urls.app,
      DATABASE_URL_READ: urls.read,
      BANGFU_EVENTS: 'embedded',
      DATABASE_URL_EVENTS: events.app,
      KAFKA_BROKERS: '',
      BANGFU_TOKEN_PUBLIC_KEY: JSON.stringify(publicKey.export({ format: 'jwk' })),
      BANGFU_DATA_KEY: randomBytes(32).toString('base64'),
      BANGFU_OLD_DATA_KEYS: '',
      BANGFU_FILES: files,
      BANGFU_LOG_LEVEL: 'error',
    },
  });
  const baseUrl = `http://127.0.0.1:${service.port}`;
  // Tokens live five minutes; a test is done by then.
  const tokens = new Map<string, string>();
  const speakingAs = (account: Account): Connection => ({
    baseUrl,
    fetch: async (input, init) => {
      const token = tokens.get(account.id) ?? (await sign(account, new Date()));
      tokens.set(account.id, token);
      const headers = new Headers(init?.headers);
      headers.set('authorization', `Bearer ${token}`);
      return fetch(input, { ...init, headers });
    },
  });
  return {
    service,
    urls,
    eventsUrl: events.app,
    baseUrl,
    anonymous: { baseUrl },
    gateway: speakingAs({ id: 'gateway', name: 'gateway', countyCode: COUNTY, grants: [], isGateway: true }),
    as: (name, ...grants) => speakingAs({ id: `test-${name}`, name, countyCode: COUNTY, grants }),
    async storedFiles() {
      const entries = await readdir(files, { recursive: true, withFileTypes: true });
      return entries.filter((entry) => entry.isFile()).length;
    },
    setNow(at) {
      now = at;
    },
    async stop(former = []) {
      await service.stop();
      await rm(files, { recursive: true, force: true });
      if (policies) expect(await verdictFaults(urls.read, policies, former)).toEqual([]);
    },
  };
}

/** Somebody without an account who calls from an address, as the gateway passes it on. */
export const from = ({ baseUrl }: Pick<TestService, 'baseUrl'>, address: string): Connection => ({
  baseUrl,
  headers: () => ({ 'x-forwarded-for': address }),
});

/** Waits until a condition holds, by asking; never by a fixed time. @throws Error after the deadline */
export async function until<T>(
  what: string,
  ask: () => Promise<T | null | undefined | false>,
  withinMs = 20_000,
): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > deadline) throw new Error(`not within ${withinMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
