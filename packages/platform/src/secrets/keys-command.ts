import { ConfigError, WRONG_SETTING } from '../config/config.ts';
import { openPool } from '@bangfu/data/pool';
import { diskFileStore } from '../files/store.ts';
import { makeLog } from '../logging/log.ts';
import { readDataKeys } from './data-keys.ts';
import { openCipher } from './open-cipher.ts';
import { countSealed, startResealing } from './reseal.ts';

/** What of a process's settings its keys and what they seal need; the gateway has no files. */
interface KeySettings {
  readonly DATABASE_URL_APP: string;
  readonly BANGFU_DATA_KEY: string;
  readonly BANGFU_OLD_DATA_KEYS: string;
  readonly BANGFU_FILES?: string | undefined;
  readonly BANGFU_LOG_LEVEL: Parameters<typeof makeLog>[1];
}

/**
 * Runs `src/keys.ts status|reseal` of an app, with the settings of its process: writes how many values and files are
 * sealed by which key to standard output as JSON, after sealing all of them with the current key when that is asked for.
 */
export async function runKeysCommand(database: string, readSettings: () => KeySettings): Promise<void> {
  const [, , act] = process.argv;
  if (act !== 'status' && act !== 'reseal') {
    process.stderr.write('usage: keys.ts status|reseal\n');
    process.exit(WRONG_SETTING);
  }
  try {
    const settings = readSettings();
    const keys = readDataKeys(settings.BANGFU_DATA_KEY, settings.BANGFU_OLD_DATA_KEYS);
    const pool = openPool(settings.DATABASE_URL_APP, 2);
    try {
      const files = settings.BANGFU_FILES ? diskFileStore(settings.BANGFU_FILES, keys, database) : null;
      const cipher = await openCipher(pool, database, keys);
      const log = makeLog(database, settings.BANGFU_LOG_LEVEL);
      if (act === 'reseal') await startResealing({ pool, cipher, files }, log).done;
      process.stdout.write(`${JSON.stringify(await countSealed({ pool, files }))}\n`);
    } finally {
      await pool.end();
    }
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = WRONG_SETTING;
  }
}
