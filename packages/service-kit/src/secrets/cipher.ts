import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** Encrypts sensitive values at rest and makes the blind indexes a search needs (architecture, decision 5). */
export interface Cipher {
  /** Version and key id, nonce, tag and ciphertext in one value. */
  seal(plain: string): Buffer;
  /** @throws Error when the value was altered or another key sealed it. */
  open(sealed: Uint8Array): string;
  /** A keyed digest: equal values have equal indexes, and nothing can be read back. `field` separates the purposes. */
  index(field: 'id' | 'id-last-four' | 'phone' | 'account', plain: string): Buffer;
}

const NONCE = 12;
const TAG = 16;
const HEADER = Buffer.from([1, 1]);

/** A cipher from the installation's data key (32 bytes, base64). */
export function makeCipher(dataKey: string): Cipher {
  const master = Buffer.from(dataKey, 'base64');
  if (master.length !== 32) throw new Error('the data key must be 32 bytes in base64');
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', master, Buffer.alloc(0), purpose, 32));
  const valueKey = derive('bangfu value v1');
  const indexKey = derive('bangfu index v1');
  return {
    seal(plain) {
      const nonce = randomBytes(NONCE);
      const cipher = createCipheriv('aes-256-gcm', valueKey, nonce);
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return Buffer.concat([HEADER, nonce, cipher.getAuthTag(), body]);
    },
    open(sealed) {
      const bytes = Buffer.from(sealed);
      if (bytes[0] !== HEADER[0] || bytes[1] !== HEADER[1]) throw new Error('sealed with an unknown key');
      const at = HEADER.length;
      const decipher = createDecipheriv('aes-256-gcm', valueKey, bytes.subarray(at, at + NONCE));
      decipher.setAuthTag(bytes.subarray(at + NONCE, at + NONCE + TAG));
      return decipher.update(bytes.subarray(at + NONCE + TAG), undefined, 'utf8') + decipher.final('utf8');
    },
    index(field, plain) {
      return createHmac('sha256', indexKey).update(`${field}\0${plain}`).digest().subarray(0, 16);
    },
  };
}
