import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import { SERVICES } from '@bangfu/contracts/core/operation';
import { envelopeText, topicOf } from '@bangfu/events/envelope';
import { openTransport } from '@bangfu/events/transport';
import { type Account, tokenVerifier } from '@bangfu/platform/auth/token';
import express, { type Express, type Request } from 'express';
import { migratedDatabase } from '@bangfu/testkit/migrated-database';
import type {} from '@bangfu/testkit/postgres.setup';
import { inject } from 'vitest';
import { readGatewayConfig } from '../config.ts';
import type { NewAccount } from '../features/accounts/new-account.ts';
import { createMissingAccounts } from '../features/accounts/first-accounts.ts';
import { type RunningGateway, startGateway } from '../start.ts';

export const COUNTY = '522325000000';
export const ADMIN_PASSWORD = 'first-secret-2026';

/** What the stand-in services saw of a call. */
interface Seen {
  readonly account: Account | null;
  readonly headers: Request['headers'];
  readonly url: string;
}

/** A running gateway on a database of its own, with five tiny real services behind it. */
export interface TestPlatform {
  readonly url: string;
  readonly gateway: RunningGateway;
  readonly seen: Seen[];
  /** The Express application all five services share; a test may give it routes. */
  readonly upstream: Express;
  /** Makes accounts as the installation does at its start: by no hand that would have to be confirmed. */
  seed(accounts: readonly NewAccount[]): Promise<void>;
  /** Puts an event of identification onto the log, the first of its key. */
  publish(type: string, data: Readonly<Record<string, unknown>>): Promise<void>;
  /** A second gateway on the same database. @returns its address */
  startTwin(): Promise<string>;
  stopUpstream(): Promise<void>;
  stop(): Promise<void>;
}

async function listen(app: Express): Promise<{ server: Server; url: string }> {
  const server = await new Promise<Server>((resolve) => {
    const listening = app.listen(0, '127.0.0.1', () => resolve(listening));
  });
  const address = server.address();
  return { server, url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}` };
}

/** A database and keys of its own for a gateway: its environment, and what a test needs beside it. */
export async function testInstallation(serviceUrl: string, settings: Readonly<Record<string, string>> = {}) {
  const own = await migratedDatabase(inject('postgresUrl'), 'gateway');
  const events = await migratedDatabase(inject('postgresUrl'), 'events');
  const keys = generateKeyPairSync('ed25519');
  const environment: Record<string, string> = {
    BANGFU_PORT: '0',
    DATABASE_URL_APP: own.app,
    DATABASE_URL_READ: own.read,
    DATABASE_URL_EVENTS: events.app,
    BANGFU_DATA_KEY: randomBytes(32).toString('base64'),
    BANGFU_LOG_LEVEL: 'silent',
    BANGFU_TOKEN_PRIVATE_KEY: JSON.stringify(keys.privateKey.export({ format: 'jwk' })),
    BANGFU_TOKEN_PUBLIC_KEY: JSON.stringify(keys.publicKey.export({ format: 'jwk' })),
    BANGFU_SESSION_SECRET: randomBytes(32).toString('hex'),
    BANGFU_COUNTY: COUNTY,
    BANGFU_SERVICE_URLS: JSON.stringify(Object.fromEntries(SERVICES.map((service) => [service, serviceUrl]))),
    BANGFU_ADMIN_PASSWORD: ADMIN_PASSWORD,
    BANGFU_FRONTENDS: '/nowhere',
    ...settings,
  };
  return { environment, eventsUrl: events.app, publicKey: environment['BANGFU_TOKEN_PUBLIC_KEY'] ?? '' };
}

/** Starts a platform for one test file; `settings` replace the usual ones. */
export async function startTestPlatform(settings: Readonly<Record<string, string>> = {}): Promise<TestPlatform> {
  const upstream = express();
  const { server, url: serviceUrl } = await listen(upstream);
  const { environment, eventsUrl, publicKey } = await testInstallation(serviceUrl, settings);
  const verify = await tokenVerifier(publicKey);
  const seen: Seen[] = [];
  upstream.use(async (request, _response, next) => {
    const token = request.headers.authorization?.replace('Bearer ', '');
    seen.push({ account: await verify(token, new Date()), headers: request.headers, url: request.originalUrl });
    next();
  });
  const gateway = await startGateway(readGatewayConfig(environment));
  const twins: RunningGateway[] = [];
  const stopUpstream = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve()).closeAllConnections();
    });
  return {
    url: `http://127.0.0.1:${gateway.port}`,
    gateway,
    seen,
    upstream,
    seed: (accounts) => createMissingAccounts(gateway.gateway, accounts),
    publish: (type, data) => publishFirst(eventsUrl, gateway, type, data),
    startTwin: async () => {
      const twin = await startGateway(readGatewayConfig(environment));
      twins.push(twin);
      return `http://127.0.0.1:${twin.port}`;
    },
    stopUpstream,
    stop: async () => {
      for (const each of [...twins, gateway]) await each.stop();
      if (server.listening) await stopUpstream();
    },
  };
}

async function publishFirst(
  databaseUrl: string,
  { gateway }: RunningGateway,
  type: string,
  data: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { log, newId } = gateway;
  const transport = await openTransport({ kind: 'embedded', databaseUrl, brokers: '', clientId: 'test', log });
  const key = COUNTY;
  const event = {
    id: newId(new Date()),
    source: '/bangfu/identification',
    type,
    key,
    sequence: 1,
    countyCode: COUNTY,
    occurredAt: new Date(),
  };
  await transport.publish([
    { topic: topicOf(type), key, value: envelopeText({ ...event, data: JSON.stringify(data) }) },
  ]);
  await transport.close();
}

/** An answer as a test reads it; what is not JSON is put under `text`. */
interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Headers;
}

/** A browser with its cookie and the value against forged requests. */
export interface Browser {
  cookie: string;
  csrf: string;
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  signIn(username: string, password: string): Promise<Answer>;
}

/** Opens a browser on a platform. @param address where it sits, as the proxy before the platform says */
export function openBrowser(url: string, address?: string): Browser {
  const browser: Browser = {
    cookie: '',
    csrf: '',
    async call(method, path, body, headers = {}) {
      const answer = await fetch(`${url}${path}`, {
        method,
        redirect: 'manual',
        headers: {
          ...(browser.cookie ? { cookie: browser.cookie } : {}),
          ...(browser.csrf ? { 'x-csrf-token': browser.csrf } : {}),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(address ? { 'x-forwarded-for': address } : {}),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      const isJson = answer.headers.get('content-type')?.includes('json') ?? false;
      return { status: answer.status, body: isJson ? JSON.parse(text) : { text }, headers: answer.headers };
    },
    async signIn(username, password) {
      const answer = await browser.call('POST', '/api/session', { username, password });
      const cookie = answer.headers.getSetCookie().find((each) => each.includes('session_token='));
      if (cookie) browser.cookie = cookie.split(';')[0] ?? '';
      const { csrf } = answer.body as { csrf?: { token: string } };
      if (csrf) browser.csrf = csrf.token;
      return answer;
    },
  };
  return browser;
}
