import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { WrongSetting } from './options.ts';
import { installationSecrets, keepSecrets } from './secrets.ts';

const folders: string[] = [];
const dataFolder = (...parts: readonly string[]) => {
  const folder = mkdtempSync(join(tmpdir(), 'bangfu-secrets-'));
  folders.push(folder);
  for (const part of parts) {
    mkdirSync(dirname(join(folder, part)), { recursive: true });
    writeFileSync(join(folder, part), 'x');
  }
  return folder;
};
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** All that lies in a folder, with its content. */
const everything = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => [file, readFileSync(file, 'base64')]);

describe('given a data folder', () => {
  it('when nothing is in it, then secrets are made once, for their owner alone, and are the same ever after', () => {
    const folder = dataFolder();
    const made = installationSecrets(folder);
    expect(installationSecrets(folder)).toEqual(made);
    expect(statSync(join(folder, 'secrets.json')).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['secrets.json']);
  });

  it('when a start was cut off while it wrote them, then they are made whole', () => {
    const folder = dataFolder('secrets.json.part');
    installationSecrets(folder);
    expect(readdirSync(folder)).toEqual(['secrets.json']);
  });

  it.each(['installation.json', 'postgres/cluster/PG_VERSION', 'postgres/superuser-password', 'files/pairing/ab/abc'])(
    'when its secrets are gone and %s is there, then none are made, in words that say what to do',
    (part) => {
      const folder = dataFolder(part);
      const before = everything(folder);
      expect(() => installationSecrets(folder)).toThrow(WrongSetting);
      expect(() => installationSecrets(folder)).toThrow(/备份.*secrets\.json.*backup/s);
      expect(everything(folder)).toEqual(before);
    },
  );

  it('when the file is cut off at any place, is empty or lacks a key, then it is refused and left as it is', () => {
    const folder = dataFolder('installation.json');
    const file = join(folder, 'secrets.json');
    const whole = JSON.stringify(installationSecrets(dataFolder()));
    const { sessionSecret: _lost, ...lacking } = JSON.parse(whole) as Record<string, unknown>;
    const wrong = [
      ...Array.from({ length: whole.length - 1 }, (_, at) => whole.slice(0, at)),
      JSON.stringify(lacking),
      JSON.stringify({ ...lacking, sessionSecret: 'x', dataKey: randomBytes(31).toString('base64') }),
      JSON.stringify({ ...JSON.parse(whole), oldDataKeys: ['short'] }),
      'null',
    ];
    for (const text of wrong) {
      writeFileSync(file, text);
      expect(() => installationSecrets(folder), text).toThrow(/残缺.*damaged/s);
      expect(readFileSync(file, 'utf8')).toBe(text);
    }
    writeFileSync(file, whole);
    expect(installationSecrets(folder)).toEqual(JSON.parse(whole));
  });

  it('when the file may not be read, then that is refused and said', () => {
    const folder = dataFolder();
    installationSecrets(folder);
    chmodSync(join(folder, 'secrets.json'), 0o000);
    // The superuser may read everything: as somebody else, where the test runs as him.
    const isSuperuser = process.getuid?.() === 0;
    if (isSuperuser) chmodSync(folder, 0o755);
    if (isSuperuser) process.seteuid?.(65534);
    try {
      expect(() => installationSecrets(folder)).toThrow(/读得到.*may read/s);
    } finally {
      if (isSuperuser) process.seteuid?.(0);
    }
  });

  it('when they cannot be written, then the earlier ones are kept whole', () => {
    const folder = dataFolder();
    const made = installationSecrets(folder);
    // A folder in the way of what is written beside the file.
    mkdirSync(join(folder, 'secrets.json.part', 'x'), { recursive: true });
    expect(() => keepSecrets(folder, { ...made, dataKey: 'other' })).toThrow();
    expect(installationSecrets(folder)).toEqual(made);
  });
});
