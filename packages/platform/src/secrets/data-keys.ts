import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { ConfigError } from '../config/config.ts';

const KEY_BYTES = 32;
const NO_SALT = Buffer.alloc(0);

/** One data key of the installation. Nothing is sealed with it directly: every purpose has a key derived from it. */
export interface DataKey {
  /** Fingerprint in eight hexadecimal digits: tells keys apart and gives nothing of them away. */
  readonly id: string;
  /** The key for one purpose (HKDF-SHA-256); the same for the same words. */
  derive(purpose: string): KeyObject;
}

/** The data keys that may have sealed something here. What is sealed now is sealed with the current one. */
export interface DataKeys {
  readonly current: DataKey;
  /** The current one and the earlier ones, newest first. */
  readonly all: readonly DataKey[];
  find(id: string): DataKey | undefined;
}

function dataKey(master: Buffer): DataKey {
  const bytes = (purpose: string, length: number) => Buffer.from(hkdfSync('sha256', master, NO_SALT, purpose, length));
  return {
    id: bytes('bangfu key id v1', 4).toString('hex'),
    // Key objects: raw key bytes are checked and copied for every value, which costs four times the work itself.
    derive: (purpose) => createSecretKey(bytes(purpose, KEY_BYTES)),
  };
}

/**
 * Reads the installation's data keys from its settings.
 * @param current 32 bytes in base64 @param earlier such keys separated by commas, newest first; empty when there are none
 * @throws ConfigError naming the setting that holds something else
 */
export function readDataKeys(current: string, earlier = ''): DataKeys {
  const read = (name: string, text: string) => {
    const master = Buffer.from(text, 'base64');
    if (master.length !== KEY_BYTES)
      throw new ConfigError([
        `${name} (已设置，不显示 / set, not shown)：应为 32 字节的 base64 / expected 32 bytes in base64`,
      ]);
    return dataKey(master);
  };
  const own = read('BANGFU_DATA_KEY', current);
  const texts = earlier.split(',').map((text) => text.trim());
  const others = texts.filter((text) => text !== '').map((text) => read('BANGFU_OLD_DATA_KEYS', text));
  const all = [own, ...others.filter((key) => key.id !== own.id)];
  return { current: own, all, find: (id) => all.find((key) => key.id === id) };
}
