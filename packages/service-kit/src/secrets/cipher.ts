import { createCipheriv, createDecipheriv, createHmac, createSecretKey, hkdfSync, randomBytes } from 'node:crypto';

/** Encrypts sensitive values at rest and makes the blind indexes a search needs (architecture, decision 5). */
export interface Cipher {
  /** Version and key id, nonce, tag and ciphertext in one value. */
  seal(plain: string): Buffer;
  /** @throws Error when the value was altered or another key sealed it. */
  open(sealed: Uint8Array): string;
  /** A keyed digest: equal values have equal indexes, and nothing can be read back. `field` separates the purposes. */
  index(field: 'id' | 'id-last-four' | 'phone' | 'account' | 'objection' | 'network' | 'slip', plain: string): Buffer;
}

const NONCE = 12;
const TAG = 16;
const HEADER = Buffer.from([1, 1]);
const NONCES_DRAWN = 1024;

/** Nonces, each handed out once; drawn many at a time, since a draw costs as much as sealing a value. */
function nonceSource(): () => Buffer {
  let drawn = Buffer.alloc(0);
  let at = 0;
  return () => {
    if (at === drawn.length) {
      drawn = randomBytes(NONCE * NONCES_DRAWN);
      at = 0;
    }
    return drawn.subarray(at, (at += NONCE));
  };
}

/** A cipher from the installation's data key (32 bytes, base64). */
export function makeCipher(dataKey: string): Cipher {
  const master = Buffer.from(dataKey, 'base64');
  if (master.length !== 32) throw new Error('the data key must be 32 bytes in base64');
  // Key objects: raw key bytes are checked and copied anew for every value, which costs four times the work itself.
  const derive = (purpose: string) =>
    createSecretKey(Buffer.from(hkdfSync('sha256', master, Buffer.alloc(0), purpose, 32)));
  const valueKey = derive('bangfu value v1');
  const indexKey = derive('bangfu index v1');
  const nextNonce = nonceSource();
  return {
    seal(plain) {
      const nonce = nextNonce();
      const cipher = createCipheriv('aes-256-gcm', valueKey, nonce);
      const body = cipher.update(plain, 'utf8');
      // In this mode the end gives no more bytes, only the tag.
      cipher.final();
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
