// Writes the settings of compose.yaml to standard output: example.env with fresh secrets where it has none. Plain
// JavaScript without packages: it runs on whatever Node the machine has.
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
// Single quotes keep the JSON's own double quotes.
const jwk = (key) => `'${JSON.stringify(key.export({ format: 'jwk' }))}'`;
const made = {
  BANGFU_DATA_KEY: () => randomBytes(32).toString('base64'),
  BANGFU_TOKEN_PRIVATE_KEY: () => jwk(privateKey),
  BANGFU_TOKEN_PUBLIC_KEY: () => jwk(publicKey),
};
const example = readFileSync(new URL('./example.env', import.meta.url), 'utf8');
process.stdout.write(
  example.replace(
    /^([A-Z_]+)=$/gm,
    (_line, name) => `${name}=${(made[name] ?? (() => randomBytes(24).toString('hex')))()}`,
  ),
);
