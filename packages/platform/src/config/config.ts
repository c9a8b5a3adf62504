import { z } from 'zod';

/** The start is stopped by a wrong setting; the message names it, its value and what is expected. */
export class ConfigError extends Error {
  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'ConfigError';
  }
}

/** With this code a process ends that was given a wrong setting. */
export const WRONG_SETTING = 2;

/** Reads settings from the environment by their schema. @throws ConfigError naming every wrong setting. */
export function readConfig<S extends z.ZodRawShape>(shape: S, env: NodeJS.ProcessEnv = process.env) {
  const parsed = z.object(shape).safeParse(env);
  if (parsed.success) return parsed.data;
  throw new ConfigError(
    parsed.error.issues.map((issue) => {
      const name = issue.path.join('.');
      const secret = /KEY|SECRET|PASSWORD|URL/.test(name);
      const value = env[name] === undefined ? 'not set' : secret ? 'set, not shown' : JSON.stringify(env[name]);
      return `${name} (${value}): ${issue.message}`;
    }),
  );
}

/** Settings every service has. */
export const SERVICE_SETTINGS = {
  BANGFU_SERVICE_PORT: z.coerce.number().int().min(0).max(65535),
  /** The application role's address of the service's own database. */
  DATABASE_URL_APP: z.url(),
  /** The read-only role's; calls of evaluators and reports go through it. */
  DATABASE_URL_READ: z.url(),
  BANGFU_EVENTS: z.enum(['embedded', 'kafka']).default('embedded'),
  DATABASE_URL_EVENTS: z.string().default(''),
  KAFKA_BROKERS: z.string().default(''),
  /** Public key (JWK) of the gateway; tokens signed by any other are refused. */
  BANGFU_TOKEN_PUBLIC_KEY: z.string().min(10),
  /** 32 bytes, base64: key of sensitive values and of the file store. */
  BANGFU_DATA_KEY: z.base64(),
  /** Earlier such keys, separated by commas, until nothing is sealed with them any more. */
  BANGFU_OLD_DATA_KEYS: z.string().default(''),
  BANGFU_FILES: z.string().min(1),
  BANGFU_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
};
