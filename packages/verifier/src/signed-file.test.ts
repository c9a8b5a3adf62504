import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { run, UsageError } from './commands.ts';
import { makeKey, openSigned, readPrivateKey, seedCommitment, SignedFileError, signFile } from './signed-file.ts';
import { packZip, readZip } from './zip.ts';

const folder = mkdtempSync(join(tmpdir(), 'bangfu-verify-'));
afterAll(() => rmSync(folder, { recursive: true }));

const { privatePem, fingerprint } = makeKey();
const EVALUATION = '0190a0a0-0000-7000-8000-000000000001';
const about = { evaluation: EVALUATION, kind: 'returns', name: '问卷.xlsx', signedAt: new Date(0) } as const;
const payload = Buffer.from('returns of a survey');
const signed = signFile(readPrivateKey(privatePem), about, payload);

const faultOf = (bytes: Buffer): string => {
  try {
    openSigned(bytes);
    return 'accepted';
  } catch (error) {
    if (error instanceof SignedFileError) return error.fault;
    throw error;
  }
};

describe('a signed file', () => {
  it('opens to what was signed, by whom and for what', () => {
    const { statement, ...rest } = openSigned(signed);
    expect(rest).toEqual({ fingerprint, payload });
    expect(statement).toMatchObject({ evaluation: EVALUATION, kind: 'returns', file: '问卷.xlsx', size: 19 });
  });

  it('is refused when any one byte of it is another', () => {
    const taken = Array.from(signed, (_, at) => {
      const bytes = Buffer.from(signed);
      bytes.writeUInt8((bytes[at] ?? 0) ^ 1, at);
      return faultOf(bytes);
    }).filter((fault) => fault === 'accepted');
    expect(taken).toEqual([]);
  });

  it('is refused when it was packed again with another file, another statement or more', () => {
    const [file, signature] = readZip(signed);
    if (!file || !signature) throw new Error('the archive has two files');
    const text = signature.bytes.toString();
    const repacked = [
      [{ ...file, bytes: Buffer.from('returns of a Survey') }, signature],
      [file, { ...signature, bytes: Buffer.from(text.replace(EVALUATION, EVALUATION.replace('1', '2'))) }],
      [file, { ...signature, bytes: Buffer.from(text.replace('"returns"', '"seed"')) }],
      [file, { ...signature, bytes: Buffer.from('{}') }],
      [file, { ...signature, bytes: Buffer.from('no json') }],
      [{ ...file, name: 'another.xlsx' }, signature],
    ].map((entries) => faultOf(packZip(entries)));
    expect(repacked).toEqual(Array(6).fill('altered'));
    expect(faultOf(packZip([file, signature, file]))).toBe('not-signed');
    expect(faultOf(packZip([file]))).toBe('not-signed');
    expect(faultOf(payload)).toBe('not-signed');
    expect(faultOf(Buffer.alloc(0))).toBe('not-signed');
  });

  it('takes Ed25519 keys only', () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    expect(() => readPrivateKey(pem)).toThrow('Ed25519');
  });

  it('is an archive that other programs open', () => {
    const file = join(folder, 'plain.zip');
    writeFileSync(file, packZip([{ name: 'a.txt', bytes: Buffer.from('abc') }]));
    const python = spawnSync('python3', ['-m', 'zipfile', '-t', file]);
    // Where there is no Python the form is still held by the bytes of an archive that one wrote.
    if (!python.error) expect(python.status).toBe(0);
    expect(readFileSync(file).subarray(14, 18).toString('hex')).toBe('c2412435');
  });
});

describe('the commands', () => {
  const at = (name: string) => join(folder, name);

  it('make a key and a seed, sign with the key and check the signature', () => {
    const [made] = run(['keygen', '--out', at('key.pem')]).lines;
    const print = made?.split(': ')[1] ?? '';
    const [committed] = run(['seed', '--out', at('seed.txt')]).lines;
    expect(committed).toBe(`commitment: ${seedCommitment(readFileSync(at('seed.txt'), 'utf8'))}`);
    const common = ['--key', at('key.pem'), '--evaluation', EVALUATION];
    run(['sign', at('seed.txt'), ...common, '--kind', 'seed']);
    const check = (...more: string[]) => run(['check', at('seed.txt.signed.zip'), ...more]).holds;
    expect(check('--fingerprint', print, '--evaluation', EVALUATION)).toBe(true);
    expect(check('--fingerprint', fingerprint)).toBe(false);
    expect(check('--evaluation', 'another')).toBe(false);
    expect(() => run(['keygen', '--out', at('key.pem')])).toThrow('EEXIST');
  });

  it('answer a wrong call with the usage and exit 2, what cannot be read with exit 1', () => {
    for (const args of [[], ['draw'], ['frame'], ['sign', 'a'], ['check', 'a', '--what', 'x']])
      expect(() => run(args)).toThrow(UsageError);
    const main = join(import.meta.dirname, 'main.ts');
    const exit = (...args: string[]) => spawnSync(process.execPath, [main, ...args]).status;
    expect([exit('draw'), exit('frame', main)]).toEqual([2, 1]);
  });
});
