import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeAtomically } from './atomic-file.ts';
import { WrongSetting } from './options.ts';

/** The secrets of an embedded installation, made on its first start and kept in its data folder. */
export interface Secrets {
  /** Key that sensitive values and files are sealed with: 32 bytes, base64. */
  readonly dataKey: string;
  /** Earlier data keys, newest first, which some values may still be sealed with. */
  readonly oldDataKeys?: readonly string[];
  readonly tokenPrivateKey: string;
  readonly tokenPublicKey: string;
  readonly sessionSecret: string;
  readonly databaseSecret: string;
}

/** A new data key. */
export const makeDataKey = (): string => randomBytes(32).toString('base64');

const fileOf = (folder: string) => join(folder, 'secrets.json');

/** What in a data folder may hold something that only its own secrets open. */
const BELONGINGS = ['installation.json', 'postgres/cluster/PG_VERSION', 'postgres/superuser-password', 'files'];

/**
 * Reads the installation's secrets. They are made only where nothing is there yet that others may have sealed.
 * @throws WrongSetting when they are gone, damaged or unreadable; nothing is written then
 */
export function installationSecrets(folder: string): Secrets {
  return findSecrets(folder) ?? makeSecrets(folder);
}

/** The installation's secrets; null where there are none. @throws WrongSetting when they are damaged or unreadable */
export function findSecrets(folder: string): Secrets | null {
  const file = fileOf(folder);
  if (!existsSync(file)) return null;
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw refused(file, `本程序读得到的文件（${reason}）`, `a file this program may read`);
  }
  const secrets = parsed(text);
  if (!secrets)
    throw refused(
      file,
      '完整的密钥文件（现在的内容残缺或被改动；请停止平台，从备份中取回这一个文件，再启动）',
      'the complete file of keys; it is damaged: put this one file back from a backup, then start',
    );
  return secrets;
}

/** Replaces the installation's secrets in one step. */
export function keepSecrets(folder: string, secrets: Secrets): void {
  writeAtomically(fileOf(folder), `${JSON.stringify(secrets, null, 2)}\n`);
}

function makeSecrets(folder: string): Secrets {
  const found = BELONGINGS.filter((part) => holds(join(folder, part)));
  if (found.length > 0)
    throw refused(
      fileOf(folder),
      `这个数据目录原有的密钥文件：目录里已有数据（${found.join('、')}），没有原密钥，证件号、电话、账号和文件都打不开，` +
        '所以不会另造密钥。请从备份中取回 secrets.json 放回原处再启动；要另起一套，请用 --data 指定一个空目录',
      'the file of keys this data folder had: nothing sealed here opens without it, so no other is made. Put secrets.json ' +
        'back from a backup, or name an empty folder by --data',
    );
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const secrets: Secrets = {
    dataKey: makeDataKey(),
    tokenPrivateKey: JSON.stringify(privateKey.export({ format: 'jwk' })),
    tokenPublicKey: JSON.stringify(publicKey.export({ format: 'jwk' })),
    sessionSecret: randomBytes(32).toString('base64url'),
    databaseSecret: randomBytes(32).toString('base64url'),
  };
  mkdirSync(folder, { recursive: true });
  keepSecrets(folder, secrets);
  return secrets;
}

/** Whether a file is there, or a folder with something in it. */
function holds(path: string): boolean {
  try {
    return readdirSync(path).length > 0;
  } catch {
    return existsSync(path);
  }
}

const isDataKey = (value: unknown) => typeof value === 'string' && Buffer.from(value, 'base64').length === 32;

function parsed(text: string): Secrets | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const { dataKey, oldDataKeys = [], ...others } = value as Record<string, unknown>;
  const texts = ['tokenPrivateKey', 'tokenPublicKey', 'sessionSecret', 'databaseSecret'].map((name) => others[name]);
  const isWhole =
    isDataKey(dataKey) &&
    Array.isArray(oldDataKeys) &&
    oldDataKeys.every(isDataKey) &&
    texts.every((each) => typeof each === 'string' && each !== '');
  return isWhole ? (value as Secrets) : null;
}

const refused = (file: string, expected: string, english: string) =>
  new WrongSetting('secrets.json', file, `${expected} / expected ${english}`);
