import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { establishDatabase, migrateDatabase } from '@bangfu/infra/postgres/migrate';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { openPool } from '@bangfu/data/pool';
import { readDataKeys } from './data-keys.ts';
import { openCipher } from './open-cipher.ts';

const files = mkdtempSync(join(tmpdir(), 'pairing-'));
afterAll(() => rmSync(files, { recursive: true, force: true }));
/** Any service will do. */
const MAIN = fileURLToPath(new URL('../../../../apps/pairing-service/src/main.ts', import.meta.url));
const newKey = () => randomBytes(32).toString('base64');

describe('given the process of a service', () => {
  it('when its data key is another database’s, then it ends before it listens, in words that say what to do', async () => {
    const urls = await establishDatabase(inject('postgresUrl'), `pairing_${randomBytes(4).toString('hex')}`, 'test');
    await migrateDatabase('pairing', urls);
    const pool = openPool(urls.app, 1);
    await openCipher(pool, 'pairing', readDataKeys(newKey()));
    await pool.end();
    const { publicKey } = generateKeyPairSync('ed25519');
    const child = spawn(process.execPath, ['--conditions=SOURCE', MAIN], {
      env: {
        BANGFU_SERVICE_PORT: '0',
        DATABASE_URL_APP: urls.app,
        DATABASE_URL_READ: urls.read,
        BANGFU_TOKEN_PUBLIC_KEY: JSON.stringify(publicKey.export({ format: 'jwk' })),
        BANGFU_DATA_KEY: newKey(),
        BANGFU_FILES: files,
      },
      stdio: ['ignore', 'ignore', 'pipe'],
      // One that listens all the same is not left behind.
      timeout: 20_000,
      killSignal: 'SIGKILL',
    });
    const [words, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
    expect(code).toBe(2);
    expect(words).toMatch(/打不开数据库 pairing .*放回原来的密钥[^]*Put the earlier key back/);
    expect(words).not.toContain('    at ');
  });
});
