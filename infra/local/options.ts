import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

export const DEMOS = ['none', 'small', 'county'] as const;
export type Demo = (typeof DEMOS)[number];

/** How the platform is started on one machine. */
export interface StartOptions {
  readonly port: number;
  readonly data: string;
  /** Absent: small on an empty data folder, else what is there. */
  readonly demo: Demo | undefined;
  readonly county: string;
  readonly events: 'embedded' | 'kafka';
  /** Brokers of one's own; empty with kafka starts a local one. */
  readonly brokers: string;
}

/** A setting that stops the start: its name, its value, what is expected. */
export class WrongSetting extends Error {
  constructor(name: string, value: string, expected: string) {
    super(`${name} = ${JSON.stringify(value)}：应为${expected}`);
    this.name = 'WrongSetting';
  }
}

/** What a process of ours said of its settings before it ended; shown as it is, like `WrongSetting`. */
export class SettingsRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'WrongSetting';
  }
}

const LINGYUAN = '211382000000';

/** Where the data lie when nobody says: root's must be reachable for the database's own user. */
export function defaultDataFolder(): string {
  const checkout = fileURLToPath(new URL('../../', import.meta.url));
  const mark = createHash('sha256').update(checkout).digest('hex').slice(0, 8);
  if (process.getuid?.() === 0) return join('/var/lib', `bangfu-${mark}`);
  return join(process.env['XDG_STATE_HOME'] ?? join(homedir(), '.local', 'state'), `bangfu-${mark}`);
}

/** The flags of the start command, already split. */
export interface StartFlags {
  readonly port?: string | number;
  readonly data?: string;
  readonly demo?: string;
  readonly county?: string;
  readonly kafka?: boolean;
}

/** Splits the start command's arguments. */
export function parseFlags(args: readonly string[]): StartFlags {
  const { values } = parseArgs({
    // pnpm hands a bare "--" on.
    args: args.filter((arg) => arg !== '--'),
    options: {
      port: { type: 'string' },
      data: { type: 'string' },
      demo: { type: 'string' },
      county: { type: 'string' },
      kafka: { type: 'boolean' },
    },
  });
  return values;
}

/** Settles flags and environment; flags win. @throws WrongSetting */
export function readOptions(flags: StartFlags, env: NodeJS.ProcessEnv = process.env): StartOptions {
  const portText = String(flags.port ?? env['BANGFU_PORT'] ?? '8080');
  const port = Number(portText);
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new WrongSetting('BANGFU_PORT', portText, ' 0 到 65535 的端口号');
  const demo = flags.demo ?? env['BANGFU_DEMO'];
  if (demo !== undefined && !DEMOS.includes(demo as Demo))
    throw new WrongSetting('--demo', demo, ' none、small 或 county');
  const county = (flags.county ?? env['BANGFU_COUNTY'] ?? LINGYUAN).padEnd(12, '0');
  if (!/^\d{6}000000$/.test(county)) throw new WrongSetting('BANGFU_COUNTY', county, ' 6 位县代码或 12 位区划代码');
  const brokers = env['KAFKA_BROKERS'] ?? '';
  const events = flags.kafka || brokers !== '' ? 'kafka' : (env['BANGFU_EVENTS'] ?? 'embedded');
  if (events !== 'embedded' && events !== 'kafka')
    throw new WrongSetting('BANGFU_EVENTS', events, ' embedded 或 kafka');
  const from = env['INIT_CWD'] ?? process.cwd();
  const data = flags.data ?? env['BANGFU_DATA'];
  return {
    port,
    data: data ? resolve(from, data) : defaultDataFolder(),
    demo: demo as Demo | undefined,
    county,
    events,
    brokers,
  };
}

/** The checkout's root. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
