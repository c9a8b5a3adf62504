import type { Cipher } from '@bangfu/service-kit/secrets/cipher';

/** The columns of a phone number: sealed, and as an index that finds an equal one. */
export function sealedPhone(cipher: Cipher, phone: string | null) {
  if (phone === null) return { phoneSealed: null, phoneIndex: null };
  return {
    phoneSealed: Uint8Array.from(cipher.seal(phone)),
    phoneIndex: Uint8Array.from(cipher.index('phone', phone)),
  };
}
