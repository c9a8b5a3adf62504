import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign as signBytes,
  verify as verifyBytes,
} from 'node:crypto';
import { packZip, readZip, type ZipEntry } from './zip.ts';

/** What an evaluator signs: the returns of his survey, or the seed he had committed to. */
export const SIGNED_KINDS = ['returns', 'seed'] as const;
export type SignedKind = (typeof SIGNED_KINDS)[number];

const FORMAT = 'bangfu.signed-file.v1';
const SIGNATURE_FILE = 'signature.json';
/** Far more than a statement and its signature take. */
const MAX_SIGNATURE_BYTES = 16 * 1024;
const HEX = /^[0-9a-f]{64}$/;

/** What the signature is over: which file, for which evaluation, as what, when. */
export interface Statement {
  readonly evaluation: string;
  readonly file: string;
  readonly format: typeof FORMAT;
  readonly kind: SignedKind;
  readonly sha256: string;
  /** The signer's own clock, ISO 8601 in UTC. */
  readonly signedAt: string;
  readonly size: number;
}

/** A signed file that was opened and whose signature is right. */
export interface SignedFile {
  readonly statement: Statement;
  /** SHA-256 of the 32 bytes of the signer's public key, in hex: what is registered and compared. */
  readonly fingerprint: string;
  readonly payload: Buffer;
}

/** Why a signed file is refused. */
export type SignedFileFault = 'not-signed' | 'altered';

/** A file that is none of ours, or one that was changed after it was signed. */
export class SignedFileError extends Error {
  readonly fault: SignedFileFault;

  constructor(fault: SignedFileFault, message: string) {
    super(message);
    this.name = 'SignedFileError';
    this.fault = fault;
  }
}

/** SHA-256 in hex. */
export const sha256Hex = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

/** What commits to a seed before the frame is frozen: SHA-256 of its ASCII text, in hex. */
export const seedCommitment = (seed: string): string => sha256Hex(seed);

/** The 32 bytes of an Ed25519 public key, from either half. */
function rawPublicKey(key: KeyObject): Buffer {
  const jwk = (key.type === 'private' ? createPublicKey(key) : key).export({ format: 'jwk' });
  return Buffer.from(jwk.x ?? '', 'base64url');
}

/** The fingerprint of an Ed25519 key by either half: SHA-256 of the public key's 32 bytes, in hex. */
export const fingerprintOf = (key: KeyObject): string => sha256Hex(rawPublicKey(key));

/** Makes an Ed25519 key: the private half as PKCS 8 PEM, and the fingerprint of its public half. */
export function makeKey(): { readonly privatePem: string; readonly fingerprint: string } {
  const { privateKey } = generateKeyPairSync('ed25519');
  return {
    privatePem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    fingerprint: fingerprintOf(privateKey),
  };
}

/** Reads a private key as `makeKey` writes it. @throws Error when it is no Ed25519 key */
export function readPrivateKey(pem: string): KeyObject {
  const key = createPrivateKey(pem);
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('not an Ed25519 key');
  return key;
}

/** The bytes that are signed: RFC 8785 JSON of the statement; it has only texts and one whole number. */
function statementBytes({ evaluation, file, format, kind, sha256, signedAt, size }: Statement): Buffer {
  return Buffer.from(JSON.stringify({ evaluation, file, format, kind, sha256, signedAt, size }));
}

/**
 * Signs a file: one archive with the file as it is and `signature.json`. The statement binds it to one evaluation and
 * one purpose, so that it can be used for no other.
 */
export function signFile(
  key: KeyObject,
  about: { readonly evaluation: string; readonly kind: SignedKind; readonly name: string; readonly signedAt: Date },
  payload: Buffer,
): Buffer {
  const statement: Statement = {
    evaluation: about.evaluation,
    file: about.name,
    format: FORMAT,
    kind: about.kind,
    sha256: sha256Hex(payload),
    signedAt: about.signedAt.toISOString(),
    size: payload.length,
  };
  const signature = {
    statement,
    publicKey: rawPublicKey(key).toString('base64url'),
    signature: signBytes(null, statementBytes(statement), key).toString('base64url'),
  };
  return packZip([
    { name: about.name, bytes: payload },
    { name: SIGNATURE_FILE, bytes: Buffer.from(`${JSON.stringify(signature, null, 2)}\n`) },
  ]);
}

/**
 * Opens a signed file and checks it against itself: the archive's form, the file's hash, the signature. Whether the
 * signer and the evaluation are the right ones is for the caller to compare.
 * @throws SignedFileError `not-signed` when it is no signed file, `altered` when it does not agree with its signature
 */
export function openSigned(archive: Buffer): SignedFile {
  const [payload, signature] = entriesOf(archive);
  const { statement, publicKey, signature: signed } = signatureOf(signature);
  if (statement.file !== payload.name || statement.size !== payload.bytes.length)
    throw new SignedFileError('altered', 'the file is not the one that was signed');
  if (statement.sha256 !== sha256Hex(payload.bytes))
    throw new SignedFileError('altered', 'the file was changed after it was signed');
  const raw = Buffer.from(publicKey, 'base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') }, format: 'jwk' });
  if (!verifyBytes(null, statementBytes(statement), key, Buffer.from(signed, 'base64url')))
    throw new SignedFileError('altered', 'the signature does not agree with the statement');
  return { statement, fingerprint: sha256Hex(raw), payload: payload.bytes };
}

function entriesOf(archive: Buffer): [ZipEntry, ZipEntry] {
  let entries: ZipEntry[];
  try {
    entries = readZip(archive);
  } catch (error) {
    // An archive with our signature in it was ours once; anything else never was.
    const fault = archive.includes(SIGNATURE_FILE) && archive.includes(FORMAT) ? 'altered' : 'not-signed';
    throw new SignedFileError(fault, (error as Error).message);
  }
  const [payload, signature, ...more] = entries;
  if (!payload || !signature || more.length > 0 || signature.name !== SIGNATURE_FILE)
    throw new SignedFileError('not-signed', `an archive of a file and ${SIGNATURE_FILE} is expected`);
  return [payload, signature];
}

interface Signature {
  readonly statement: Statement;
  readonly publicKey: string;
  readonly signature: string;
}

function signatureOf({ bytes }: ZipEntry): Signature {
  let value: unknown;
  if (bytes.length > MAX_SIGNATURE_BYTES) throw new SignedFileError('altered', `${SIGNATURE_FILE} is too long`);
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new SignedFileError('altered', `${SIGNATURE_FILE} is not JSON`);
  }
  if (!isSignature(value)) throw new SignedFileError('altered', `${SIGNATURE_FILE} is not of ${FORMAT}`);
  return value;
}

function isSignature(value: unknown): value is Signature {
  const { statement, publicKey, signature } = (value ?? {}) as Partial<Record<keyof Signature, unknown>>;
  if (typeof publicKey !== 'string' || typeof signature !== 'string') return false;
  if (Buffer.from(publicKey, 'base64url').length !== 32) return false;
  if (typeof statement !== 'object' || statement === null) return false;
  const { evaluation, file, format, kind, sha256, signedAt, size } = statement as Partial<Record<string, unknown>>;
  const texts = [evaluation, file, sha256, signedAt].every((each) => typeof each === 'string');
  return (
    texts &&
    format === FORMAT &&
    SIGNED_KINDS.some((each) => each === kind) &&
    HEX.test(String(sha256)) &&
    Number.isSafeInteger(size) &&
    !Number.isNaN(Date.parse(String(signedAt)))
  );
}
