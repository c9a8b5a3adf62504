import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The secrets of an embedded installation, made on its first start and kept in its data folder. */
export interface Secrets {
  readonly dataKey: string;
  readonly tokenPrivateKey: string;
  readonly tokenPublicKey: string;
  readonly sessionSecret: string;
  readonly databaseSecret: string;
}

/** Reads the installation's secrets, making them where there are none. */
export function installationSecrets(folder: string): Secrets {
  const file = join(folder, 'secrets.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Secrets;
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const secrets: Secrets = {
    dataKey: randomBytes(32).toString('base64'),
    tokenPrivateKey: JSON.stringify(privateKey.export({ format: 'jwk' })),
    tokenPublicKey: JSON.stringify(publicKey.export({ format: 'jwk' })),
    sessionSecret: randomBytes(32).toString('base64url'),
    databaseSecret: randomBytes(32).toString('base64url'),
  };
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  return secrets;
}
