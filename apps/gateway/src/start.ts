import { createHmac } from 'node:crypto';
import { startConsumer } from '@bangfu/events/inbox/consume';
import { openTransport } from '@bangfu/events/transport';
import type { Clock } from '@bangfu/domain/shared/time';
import { startSealer } from '@bangfu/platform/audit/seal';
import { tokenSigner, tokenVerifier } from '@bangfu/platform/auth/token';
import { ConfigError } from '@bangfu/platform/config/config';
import { newId } from '@bangfu/data/id';
import { asLongWork } from '@bangfu/data/limits';
import { openServicePool } from '@bangfu/data/pool';
import { typedSql } from '@bangfu/data/typed-sql';
import { bulkTransactions } from '@bangfu/platform/db/bulk';
import { upkeep } from '@bangfu/platform/db/upkeep';
import { closeServer, listenOn, portOf } from '@bangfu/platform/http/server';
import { makeLog } from '@bangfu/platform/logging/log';
import { startSchedules } from '@bangfu/platform/schedules/schedules';
import { readDataKeys } from '@bangfu/platform/secrets/data-keys';
import { keyHashes, REQUEST_HASH } from '@bangfu/platform/secrets/keyed-hash';
import { openCipher } from '@bangfu/platform/secrets/open-cipher';
import { startResealing } from '@bangfu/platform/secrets/reseal';
import { gatewayApp, serveGatewayParts } from './app.ts';
import { identityOf } from './auth/guard.ts';
import { csrfTokens, makeIdentities } from './auth/identity.ts';
import { openLimits } from './auth/limits.ts';
import { forgetOldAttempts } from './auth/pace.ts';
import { openSignInLibrary } from './auth/sign-in-library.ts';
import { forgetOldAddresses } from './auth/usual-addresses.ts';
import { frontFolder, type GatewayConfig } from './config.ts';
import { ensureFirstAccount } from './features/accounts/first-accounts.ts';
import type { Gateway } from './gateway.ts';
import type { DB } from './generated/tables.ts';
import { serviceProxy } from './proxy/proxy.ts';
import { openServices } from './services/ask.ts';

/** What the county is called until its divisions have arrived. */
const NAMELESS_COUNTY = '本县';

/** A gateway's parts without its server: what a script needs that acts on the accounts. */
export async function openGateway(
  config: GatewayConfig,
  options: { clock?: Clock } = {},
): Promise<{ gateway: Gateway; close: () => Promise<void> }> {
  const log = makeLog('gateway', config.BANGFU_LOG_LEVEL);
  const clock = options.clock ?? (() => new Date());
  const pool = openServicePool(config.DATABASE_URL_APP);
  const keys = readDataKeys(config.BANGFU_DATA_KEY, config.BANGFU_OLD_DATA_KEYS);
  const cipher = await openCipher(pool, 'gateway', keys);
  const sql = typedSql<DB>(pool);
  // The gateway emits no events and has no jobs.
  const nothing = () => undefined;
  const countyCode = config.BANGFU_COUNTY;
  const sign = await tokenSigner(config.BANGFU_TOKEN_PRIVATE_KEY);
  await checkKeyPair(sign, config.BANGFU_TOKEN_PUBLIC_KEY);
  const library = await openSignInLibrary({
    pool,
    secret: config.BANGFU_SESSION_SECRET,
    countyCode,
    publicUrl: config.BANGFU_PUBLIC_URL ?? `http://127.0.0.1:${config.BANGFU_PORT}`,
    newId: () => newId(new Date()),
  });
  const conceal = (text: string) => createHmac('sha256', config.BANGFU_SESSION_SECRET).update(text).digest('hex');
  const gateway: Gateway = {
    sql,
    pool,
    // Nobody reads here who must read by another role.
    readPool: pool,
    bulk: bulkTransactions(pool, { cipher, afterCommit: nothing }),
    nudgeJobs: nothing,
    newId,
    log,
    clock,
    cipher,
    countyCode,
    countyName: async () => {
      const county = await sql.selectFrom('region').where('code', '=', countyCode).select('name').executeTakeFirst();
      return county?.name ?? NAMELESS_COUNTY;
    },
    library,
    identities: makeIdentities({ sql, library, countyCode, clock, sign }),
    csrf: csrfTokens(config.BANGFU_SESSION_SECRET),
    limits: openLimits(pool, countyCode, conceal),
    services: openServices(config.BANGFU_SERVICE_URLS, log),
    tokenFor: ({ id, name }, grants) => sign({ id, name, countyCode, grants }, new Date()),
    gatewayToken: () => sign({ id: 'gateway', name: '平台', countyCode, grants: [], isGateway: true }, new Date()),
    conceal,
    authenticate: async (request) => identityOf(request)?.account ?? null,
  };
  return {
    gateway,
    close: () => pool.end(),
  };
}

/** Services would refuse every call if the two keys were not a pair; better not to start at all. @throws ConfigError */
async function checkKeyPair(sign: Awaited<ReturnType<typeof tokenSigner>>, publicKey: string): Promise<void> {
  const now = new Date();
  const token = await sign({ id: 'self', name: '', countyCode: '', grants: [] }, now);
  const verify = await tokenVerifier(publicKey);
  if (!(await verify(token, now))) {
    throw new ConfigError([
      'BANGFU_TOKEN_PUBLIC_KEY (set, not shown): expected the public half of BANGFU_TOKEN_PRIVATE_KEY',
    ]);
  }
}

/** A running gateway. */
export interface RunningGateway {
  readonly gateway: Gateway;
  readonly port: number;
  /** The first account's generated password, on the first start only. */
  readonly firstPassword: string | null;
  stop(): Promise<void>;
}

/** Starts the gateway: accounts, read copy, audit sealer, proxy, pages. `clock` is given by test entry points only. */
export async function startGateway(config: GatewayConfig, options: { clock?: Clock } = {}): Promise<RunningGateway> {
  const { gateway, close } = await openGateway(config, options);
  const { log, pool } = gateway;
  const own = serveGatewayParts(gateway);
  const firstPassword = await ensureFirstAccount(gateway, config.BANGFU_ADMIN_PASSWORD);
  const transport = await openTransport({
    kind: config.BANGFU_EVENTS,
    databaseUrl: config.DATABASE_URL_EVENTS,
    brokers: config.KAFKA_BROKERS,
    clientId: 'bangfu-gateway',
    log,
  });
  const { sealer, schedules, resealing, consumer } = await asLongWork(async () => {
    await keyHashes(pool, gateway.cipher, [REQUEST_HASH]);
    return {
      sealer: startSealer(pool, log),
      schedules: await startSchedules({
        pool,
        databaseUrl: config.DATABASE_URL_APP,
        schedules: [upkeep(pool, [forgetOldAttempts, forgetOldAddresses])],
        log,
      }),
      resealing: startResealing({ pool, cipher: gateway.cipher, files: null }, log),
      consumer: await startConsumer({ service: 'gateway', pool, transport, reactions: own.reactions, log }),
    };
  });
  const proxy = serviceProxy(config.BANGFU_SERVICE_URLS, log);
  const app = gatewayApp(gateway, {
    own,
    proxy: proxy.handler,
    frontFolder: (name) => frontFolder(config, name),
    trustedProxies: config.BANGFU_TRUSTED_PROXIES,
    overHttps: config.BANGFU_PUBLIC_URL?.startsWith('https:') ?? false,
  });
  const server = await listenOn(app, { port: config.BANGFU_PORT, host: config.BANGFU_HOST });
  const steps: (() => Promise<unknown>)[] = [
    () => closeServer(server),
    async () => proxy.close(),
    () => consumer.stop(),
    () => sealer.stop(),
    () => schedules.stop(),
    () => resealing.stop(),
    () => transport.close(),
    close,
  ];
  return {
    gateway,
    port: portOf(server),
    firstPassword,
    stop: async () => {
      for (const step of steps) await step();
    },
  };
}
