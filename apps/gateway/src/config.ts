import { fileURLToPath } from 'node:url';
import { readConfig, SERVICE_SETTINGS } from '@bangfu/platform/config/config';
import { z } from 'zod';
import { TrustedProxies } from './auth/trusted-proxies.ts';

const {
  DATABASE_URL_APP,
  DATABASE_URL_READ,
  BANGFU_EVENTS,
  DATABASE_URL_EVENTS,
  KAFKA_BROKERS,
  BANGFU_DATA_KEY,
  BANGFU_OLD_DATA_KEYS,
  BANGFU_LOG_LEVEL,
} = SERVICE_SETTINGS;

/** A folder that may be absent: the fronts are looked for when they are asked for. */
const APPS = fileURLToPath(new URL('../../', import.meta.url));

function parsedJson(text: string, context: z.RefinementCtx): unknown {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'expected JSON' });
    return z.NEVER;
  }
}

/** The gateway's settings. */
const GATEWAY_SETTINGS = {
  BANGFU_PORT: z.coerce.number().int().min(0).max(65535).default(8080),
  BANGFU_HOST: z.string().min(1).default('127.0.0.1'),
  DATABASE_URL_APP,
  DATABASE_URL_READ,
  BANGFU_EVENTS,
  DATABASE_URL_EVENTS,
  KAFKA_BROKERS,
  BANGFU_DATA_KEY,
  BANGFU_OLD_DATA_KEYS,
  BANGFU_LOG_LEVEL,
  /** Ed25519 key pair (JWK): the gateway signs tokens, services check them with the public half. */
  BANGFU_TOKEN_PRIVATE_KEY: z.string().min(10),
  BANGFU_TOKEN_PUBLIC_KEY: z.string().min(10),
  /** Signs session cookies and the values against forged requests. */
  BANGFU_SESSION_SECRET: z.string().min(32),
  BANGFU_COUNTY: z.string().regex(/^\d{6}0{6}$/, 'expected the 12-digit code of a county'),
  BANGFU_SERVICE_URLS: z
    .string()
    .transform(parsedJson)
    .pipe(
      z.object({
        identification: z.url(),
        pairing: z.url(),
        industry: z.url(),
        training: z.url(),
        evaluation: z.url(),
      }),
    ),
  /** Folder with the built fronts by name (portal, identification …); by default each app's own. */
  BANGFU_FRONTENDS: z.string().optional(),
  BANGFU_ADMIN_PASSWORD: z.string().min(8, 'expected at least 8 characters').max(128).optional(),
  /** Proxies whose word on where a request comes from is taken. */
  BANGFU_TRUSTED_PROXIES: TrustedProxies,
  /** Where people reach the platform; https makes the cookie Secure. */
  BANGFU_PUBLIC_URL: z.url().optional(),
};

export type GatewayConfig = ReturnType<typeof readGatewayConfig>;
/** The gateway's settings from its environment. @throws ConfigError naming each wrong one */
export const readGatewayConfig = (env?: NodeJS.ProcessEnv) => readConfig(GATEWAY_SETTINGS, env);

/** Where a built front lies. */
export function frontFolder(config: Pick<GatewayConfig, 'BANGFU_FRONTENDS'>, name: string): string {
  if (config.BANGFU_FRONTENDS) return `${config.BANGFU_FRONTENDS}/${name}`;
  return `${APPS}${name === 'portal' ? 'portal' : `${name}-admin`}/dist`;
}
