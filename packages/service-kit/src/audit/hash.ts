import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** SHA-256 over RFC 8785 JSON (architecture, decision 7). The value carries its own format version. */
export function canonicalHash(value: unknown): Buffer {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('nothing to hash');
  return createHash('sha256').update(text).digest();
}

/** SHA-256 of bytes; handed to domain rules, which know no runtime. */
export function sha256(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(bytes).digest());
}
