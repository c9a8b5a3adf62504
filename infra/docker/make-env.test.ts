import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const settingsOf = (text: string) =>
  Object.fromEntries([...text.matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name, value]) => [name, value]));

describe('given the settings of a compose installation', () => {
  let folder: string;
  let file: string;
  const make = (...args: string[]) =>
    spawnSync(process.execPath, [here('make-env.mjs'), ...args, file], { encoding: 'utf8' });
  const written = () => settingsOf(readFileSync(file, 'utf8'));

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'bangfu-env-'));
    file = join(folder, '.env');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('when there are none, then they are written whole, for their owner alone, with every one that compose asks for', () => {
    expect(make()).toMatchObject({ status: 0, stdout: '', stderr: '' });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['.env']);
    const asked = [...readFileSync(here('compose.yaml'), 'utf8').matchAll(/\$\{([A-Z_]+):\?/g)].map(([, name]) => name);
    expect(asked.filter((name) => !written()[name ?? ''])).toEqual([]);
    const secrets = Object.entries(written()).filter(([name]) => /PASSWORD|KEY|SECRET/.test(name));
    expect(new Set(secrets.map(([, value]) => value)).size).toBe(secrets.length);
  });

  it.each(['', 'BANGFU_DATA_KEY=mine\n'])(
    'when they exist (%j), then they are refused and left as they are',
    (text) => {
      writeFileSync(file, text);
      const { status, stderr } = make();
      expect(status).toBe(1);
      expect(stderr).toMatch(/已经存在.*\n.*exists/);
      expect(readFileSync(file, 'utf8')).toBe(text);
      expect(readdirSync(folder)).toEqual(['.env']);
    },
  );

  it('when those of an earlier release are completed, then every line stays and only what is missing is added', () => {
    make();
    const whole = readFileSync(file, 'utf8');
    const earlier = whole.replace(/^(SESSION|BANGFU_SESSION_SECRET|TRAINING_PASSWORD)=.*\n/gm, '');
    writeFileSync(file, earlier);
    expect(make('--complete').status).toBe(0);
    expect(readFileSync(file, 'utf8').startsWith(earlier)).toBe(true);
    expect(Object.keys(written()).sort()).toEqual(Object.keys(settingsOf(whole)).sort());
    const completed = readFileSync(file, 'utf8');
    expect(make('--complete').status).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe(completed);
  });

  it.each(['BANGFU_DATA_KEY', 'BANGFU_TOKEN_PRIVATE_KEY'])(
    'when %s is gone from them, then no other is made',
    (name) => {
      make();
      const damaged = readFileSync(file, 'utf8').replace(new RegExp(`^${name}=.*\n`, 'm'), '');
      writeFileSync(file, damaged);
      expect(make('--complete')).toMatchObject({ status: 1, stderr: expect.stringContaining(name) });
      expect(readFileSync(file, 'utf8')).toBe(damaged);
    },
  );
});
